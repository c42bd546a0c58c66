import type { ReactNode } from 'react'
import { cx } from '../../ui/class-names.ts'
import { Field, inputClass } from '../../ui/field.tsx'

interface UnitFieldProps {
  readonly label: string
  readonly unit: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly hint?: ReactNode
  readonly error?: string | undefined
  readonly placeholder?: string
  readonly disabled?: boolean
  readonly className?: string
}

/** A number with its unit. Its text stays as it was typed; whoever uses it reads it. */
export function UnitField({ label, unit, value, onChange, hint, error, className, ...rest }: UnitFieldProps) {
  return (
    <Field label={label} hint={hint} error={error} {...(className !== undefined && { className })}>
      {(ids) => (
        <div className="relative">
          <input
            {...ids}
            {...rest}
            inputMode="decimal"
            autoComplete="off"
            className={cx(inputClass, 'h-9', unit.length > 4 ? 'pr-20' : 'pr-15')}
            value={value}
            onChange={({ target }) => onChange(target.value)}
          />
          <span className="pointer-events-none absolute inset-y-0 right-3 flex items-center text-[13px] text-soft">
            {unit}
          </span>
        </div>
      )}
    </Field>
  )
}
