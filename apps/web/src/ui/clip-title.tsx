import { useClipName } from '../data/clip-names.ts'
import { LongName } from './long-name.tsx'

interface ClipTitleProps {
  /** Its whole name. */
  readonly name: string
  readonly projectId: string | null
}

/** What a clip is called, with its project beside it as far as there is room. */
export function ClipTitle({ name, projectId }: ClipTitleProps) {
  const { short, project } = useClipName(name, projectId)
  return (
    <span className="flex min-w-0 items-baseline gap-2">
      {/* A name of its own gives way too; a number does not. */}
      <LongName name={short} className={short === name ? 'font-medium' : 'shrink-0 font-medium'} />
      {project !== '' && <span className="truncate text-[13px] font-normal text-soft">{project}</span>}
    </span>
  )
}
