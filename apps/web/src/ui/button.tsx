import { LoaderCircle } from 'lucide-react'
import type { ComponentProps, ReactNode } from 'react'
import { cx } from './class-names.ts'
import { Tip } from './tip.tsx'

const LOOKS = {
  primary: 'bg-accent text-on-accent hover:bg-accent-strong font-medium',
  plain: 'bg-surface text-ink border border-line hover:bg-hover shadow-xs font-medium',
  quiet: 'text-soft hover:bg-hover hover:text-ink font-medium',
  danger: 'bg-surface text-bad border border-line hover:bg-bad-wash font-medium',
} as const
export type ButtonLook = keyof typeof LOOKS

const SIZES = {
  small: 'h-7 px-2 text-[13px] gap-1.5 rounded-md',
  medium: 'h-9 px-3 gap-2 rounded-lg',
} as const

const COMMON =
  'inline-flex items-center justify-center whitespace-nowrap transition-colors select-none disabled:opacity-50 aria-disabled:opacity-50'

interface ButtonProps extends ComponentProps<'button'> {
  readonly look?: ButtonLook
  readonly size?: keyof typeof SIZES
  readonly icon?: ReactNode
  /** Shows that it is at work, and cannot be pressed again meanwhile. */
  readonly busy?: boolean
}

/** For links that look like buttons: `<Link className={buttonClass('primary')}>`. */
export const buttonClass = (look: ButtonLook = 'plain', size: keyof typeof SIZES = 'medium'): string =>
  cx(COMMON, LOOKS[look], SIZES[size])

export function Button({
  look = 'plain',
  size = 'medium',
  icon,
  busy = false,
  className,
  children,
  disabled,
  ...rest
}: ButtonProps) {
  return (
    <button
      type="button"
      className={cx(buttonClass(look, size), className)}
      disabled={disabled === true || busy}
      aria-busy={busy}
      {...rest}
    >
      {busy ? <LoaderCircle className="size-4 animate-spin" aria-hidden /> : icon}
      {children}
    </button>
  )
}

interface IconButtonProps extends Omit<ComponentProps<'button'>, 'aria-label'> {
  /** What it does: read by screen readers, and shown beside it after a moment. */
  readonly label: string
  readonly icon: ReactNode
  /** The key that does the same, for the tip. */
  readonly shortcut?: string
  readonly look?: ButtonLook
  readonly size?: keyof typeof SIZES
}

export function IconButton({
  label,
  icon,
  shortcut,
  look = 'quiet',
  size = 'medium',
  className,
  ...rest
}: IconButtonProps) {
  return (
    <Tip text={label} {...(shortcut !== undefined && { shortcut })}>
      <button
        type="button"
        aria-label={label}
        className={cx(
          COMMON,
          LOOKS[look],
          size === 'small' ? 'size-7 rounded-md' : 'size-9 rounded-lg',
          className,
        )}
        {...rest}
      >
        {icon}
      </button>
    </Tip>
  )
}
