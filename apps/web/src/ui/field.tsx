import { type ComponentProps, type ReactNode, useId } from 'react'
import { cx } from './class-names.ts'

export const inputClass =
  'w-full rounded-lg border border-edge/60 bg-surface px-3 text-ink placeholder:text-soft/80 ' +
  'focus-visible:outline-offset-0 aria-invalid:border-bad disabled:opacity-60'

interface FieldProps {
  readonly label: string
  /** Under the field, until it is wrong. */
  readonly hint?: ReactNode
  /** What is wrong with it. */
  readonly error?: string | undefined
  readonly className?: string
  /** The control. It gets the ids that tie it to its words. */
  readonly children: (ids: {
    readonly id: string
    readonly 'aria-describedby': string | undefined
    readonly 'aria-invalid': boolean
  }) => ReactNode
}

/** A control with its label, a hint, and what is wrong with it. */
export function Field({ label, hint, error, className, children }: FieldProps) {
  const id = useId()
  const told = error ?? hint
  const describedBy = told === undefined ? undefined : `${id}-told`
  return (
    <div className={className}>
      <label htmlFor={id} className="mb-1 block text-[13px] font-medium">
        {label}
      </label>
      {children({ id, 'aria-describedby': describedBy, 'aria-invalid': error !== undefined })}
      {told !== undefined && (
        <p
          id={describedBy}
          className={cx('mt-1 text-[13px]', error === undefined ? 'text-soft' : 'text-bad')}
        >
          {told}
        </p>
      )}
    </div>
  )
}

type Words = Pick<FieldProps, 'label' | 'hint' | 'error'>

export function TextField({ label, hint, error, className, ...rest }: Words & ComponentProps<'input'>) {
  return (
    <Field label={label} hint={hint} error={error} {...(className !== undefined && { className })}>
      {(ids) => <input {...ids} className={cx(inputClass, 'h-9')} {...rest} />}
    </Field>
  )
}

export function TextArea({ label, hint, error, className, ...rest }: Words & ComponentProps<'textarea'>) {
  return (
    <Field label={label} hint={hint} error={error} {...(className !== undefined && { className })}>
      {(ids) => <textarea {...ids} className={cx(inputClass, 'resize-y py-2')} rows={3} {...rest} />}
    </Field>
  )
}
