import { useId } from 'react'

interface OptionListProps<T extends string> {
  readonly label: string
  readonly value: T
  readonly onChange: (value: T) => void
  readonly options: readonly { readonly value: T; readonly label: string; readonly hint: string }[]
}

/** One of a few, all of them in sight with what they mean. */
export function OptionList<T extends string>({ label, value, onChange, options }: OptionListProps<T>) {
  const name = useId()
  return (
    <fieldset>
      <legend className="mb-1 text-[13px] font-medium">{label}</legend>
      <div className="divide-y divide-line rounded-lg border border-line">
        {options.map((option) => (
          <label key={option.value} className="flex items-start gap-2.5 px-3 py-2">
            <input
              type="radio"
              name={name}
              className="mt-0.5 size-4 shrink-0 accent-accent"
              checked={option.value === value}
              onChange={() => onChange(option.value)}
            />
            <span>
              <span className="font-medium">{option.label}</span>
              <span className="block text-[13px] text-soft">{option.hint}</span>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
