import { Eye, EyeOff } from 'lucide-react'
import { type ComponentProps, useState } from 'react'
import { IconButton } from './button.tsx'
import { cx } from './class-names.ts'
import { Field, inputClass } from './field.tsx'

const PASSWORD_LEAST = 10

/** What is wrong with a password that is chosen. */
export const passwordFault = (password: string): string | undefined =>
  password.length < PASSWORD_LEAST ? `It needs at least ${PASSWORD_LEAST} characters.` : undefined

interface PasswordFieldProps extends ComponentProps<'input'> {
  readonly label: string
  readonly error?: string | undefined
  readonly autoComplete: 'current-password' | 'new-password'
}

/** A password, which can be looked at. Who chooses one is told how long it must be. */
export function PasswordField({ label, error, className, ...rest }: PasswordFieldProps) {
  const [seen, setSeen] = useState(false)
  const Icon = seen ? EyeOff : Eye
  const hint = rest.autoComplete === 'new-password' ? `At least ${PASSWORD_LEAST} characters.` : undefined
  return (
    <Field label={label} hint={hint} error={error} {...(className !== undefined && { className })}>
      {(ids) => (
        <div className="relative">
          <input
            {...ids}
            {...rest}
            type={seen ? 'text' : 'password'}
            autoCapitalize="none"
            spellCheck={false}
            className={cx(inputClass, 'h-9 pr-10')}
          />
          <IconButton
            label={seen ? 'Hide the password' : 'Show the password'}
            size="small"
            icon={<Icon className="size-4" />}
            className="absolute top-1 right-1"
            onClick={() => setSeen(!seen)}
          />
        </div>
      )}
    </Field>
  )
}
