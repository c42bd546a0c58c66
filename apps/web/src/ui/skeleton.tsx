import { cx } from './class-names.ts'

/** Holds the place of what is on its way. */
export const Skeleton = ({ className }: { readonly className?: string }) => (
  <div className={cx('animate-pulse rounded-lg bg-line/60', className)} aria-hidden />
)

/** Says to screen readers that something is on its way, around skeletons. */
export const Loading = ({
  what,
  children,
}: {
  readonly what: string
  readonly children: React.ReactNode
}) => (
  <div aria-busy="true">
    <p className="sr-only" role="status">
      {what}
    </p>
    {children}
  </div>
)
