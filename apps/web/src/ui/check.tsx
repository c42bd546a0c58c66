import { Check as CheckIcon } from 'lucide-react'
import { Checkbox, Switch as RadixSwitch } from 'radix-ui'
import { type ReactNode, useId } from 'react'

interface CheckProps {
  readonly checked: boolean
  readonly onChange: (checked: boolean) => void
  readonly disabled?: boolean
}

/** A box to tick, without a visible label. */
export function CheckBox({ checked, onChange, label, disabled }: CheckProps & { readonly label: string }) {
  return (
    <Checkbox.Root
      aria-label={label}
      checked={checked}
      onCheckedChange={(state) => onChange(state === true)}
      disabled={disabled === true}
      className="grid size-5 shrink-0 place-items-center rounded-md border border-edge bg-surface data-[state=checked]:border-accent data-[state=checked]:bg-accent"
    >
      <Checkbox.Indicator>
        <CheckIcon className="size-3.5 text-on-accent" strokeWidth={3} aria-hidden />
      </Checkbox.Indicator>
    </Checkbox.Root>
  )
}

/** On or off, with its label before it. */
export function Switch({
  checked,
  onChange,
  disabled,
  children,
  hint,
}: CheckProps & { readonly children: ReactNode; readonly hint?: ReactNode }) {
  const id = useId()
  return (
    <div className="flex items-start justify-between gap-4">
      <label htmlFor={id}>
        <span className="font-medium">{children}</span>
        {hint !== undefined && <span className="block text-[13px] text-soft">{hint}</span>}
      </label>
      <RadixSwitch.Root
        id={id}
        checked={checked}
        onCheckedChange={onChange}
        disabled={disabled === true}
        className="relative h-5 w-9 shrink-0 rounded-full bg-edge transition-colors data-[state=checked]:bg-accent disabled:opacity-50"
      >
        <RadixSwitch.Thumb className="block size-4 translate-x-0.5 rounded-full bg-white shadow transition-transform data-[state=checked]:translate-x-4.5 dark:data-[state=checked]:bg-on-accent" />
      </RadixSwitch.Root>
    </div>
  )
}
