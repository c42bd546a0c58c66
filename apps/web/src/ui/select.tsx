import { Check, ChevronDown } from 'lucide-react'
import { Select as Radix } from 'radix-ui'
import { cx } from './class-names.ts'
import { inputClass } from './field.tsx'

export interface Choice {
  readonly value: string
  readonly label: string
  /** Under the label. */
  readonly hint?: string
}

interface SelectProps {
  readonly value: string
  readonly onChange: (value: string) => void
  readonly choices: readonly Choice[]
  /** For screen readers, where no label stands above. */
  readonly 'aria-label'?: string
  readonly id?: string
  readonly disabled?: boolean
  readonly className?: string
  readonly placeholder?: string
}

/** One of several. `value` must not be empty. */
export function Select({ value, onChange, choices, className, placeholder, disabled, ...ids }: SelectProps) {
  return (
    <Radix.Root value={value} onValueChange={onChange} disabled={disabled === true}>
      <Radix.Trigger
        {...ids}
        className={cx(inputClass, 'flex h-9 items-center justify-between gap-2 text-left', className)}
      >
        <span className="truncate">
          <Radix.Value placeholder={placeholder} />
        </span>
        <ChevronDown className="size-4 shrink-0 text-soft" aria-hidden />
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          position="popper"
          sideOffset={4}
          collisionPadding={8}
          className="z-50 max-h-(--radix-select-content-available-height) min-w-(--radix-select-trigger-width) overflow-hidden rounded-xl border border-line bg-surface p-1 shadow-xl"
        >
          <Radix.Viewport>
            {choices.map(({ value, label, hint }) => (
              <Radix.Item
                key={value}
                value={value}
                className="flex items-center gap-2 rounded-md py-1.5 pr-3 pl-2 outline-none data-highlighted:bg-hover"
              >
                <Radix.ItemIndicator className="order-last ml-auto">
                  <Check className="size-4 text-accent" aria-hidden />
                </Radix.ItemIndicator>
                <span>
                  <Radix.ItemText>{label}</Radix.ItemText>
                  {hint !== undefined && <span className="block text-[12px] text-soft">{hint}</span>}
                </span>
              </Radix.Item>
            ))}
          </Radix.Viewport>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
