import { cx } from './class-names.ts'

interface LongNameProps {
  readonly name: string
  readonly className?: string
}

/** A name on one line. Where it is too long, the number at its end, which tells clips apart, stays in sight. */
export function LongName({ name, className }: LongNameProps) {
  const end = name.match(/ \d+$/)?.[0] ?? ''
  return (
    <span className={cx('flex min-w-0', className)} title={name}>
      <span className="truncate">{name.slice(0, name.length - end.length)}</span>
      <span className="shrink-0 whitespace-pre">{end}</span>
    </span>
  )
}
