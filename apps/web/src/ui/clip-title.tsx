import { cx } from './class-names.ts'
import { LongName } from './long-name.tsx'
import { useClipName } from './use-clip-name.ts'

interface ClipTitleProps {
  /** Its whole name. */
  readonly name: string
  readonly projectId: string | null
  /** What is made of it. Below its name where there is no room beside it. */
  readonly about?: string
}

/** What a clip is called, with its project behind it as far as there is room. */
export function ClipTitle({ name, projectId, about }: ClipTitleProps) {
  const { short, project } = useClipName(name, projectId)
  return (
    <span
      className={cx('flex min-w-0 items-baseline gap-x-2', about !== undefined && 'flex-wrap sm:flex-nowrap')}
    >
      {/* A name of its own gives way; a number does not. */}
      <LongName name={short} className={cx('font-medium', short !== name && 'shrink-0')} />
      {about !== undefined && (
        <span className="min-w-0 text-[13px] font-normal text-soft sm:shrink-0">{about}</span>
      )}
      {project !== '' && (
        <span
          className={cx(
            'min-w-0 truncate text-[13px] font-normal text-soft',
            about !== undefined && '-ml-1 max-sm:hidden',
          )}
        >
          {about !== undefined && <span aria-hidden>· </span>}
          {project}
        </span>
      )}
    </span>
  )
}
