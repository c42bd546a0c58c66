import { Search } from 'lucide-react'
import { cx } from './class-names.ts'
import { inputClass } from './field.tsx'

interface SearchFieldProps {
  /** What is searched: `Search sources`. */
  readonly label: string
  /** Default: the label. */
  readonly placeholder?: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly className?: string
}

export function SearchField({ label, placeholder = label, value, onChange, className }: SearchFieldProps) {
  return (
    <div className={cx('relative', className)}>
      <Search className="absolute top-2.5 left-3 size-4 text-soft" aria-hidden />
      <input
        type="search"
        aria-label={label}
        placeholder={placeholder}
        value={value}
        onChange={({ target }) => onChange(target.value)}
        className={cx(inputClass, 'h-9 pl-9')}
      />
    </div>
  )
}
