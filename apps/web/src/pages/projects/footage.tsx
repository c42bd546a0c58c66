import { useQueries } from '@tanstack/react-query'
import { useStudio } from '../../app/studio.tsx'
import type { Project } from '../../data/projects.ts'
import { sourceQuery } from '../../data/sources.ts'
import { count } from '../../format.ts'
import { buttonClass } from '../../ui/button.tsx'
import { cx } from '../../ui/class-names.ts'
import { SourceFrame } from '../../ui/source-frame.tsx'

const PICTURES = 3

/** The footage of a project at a glance; it opens to be changed. */
export function Footage({ project, onOpen }: { readonly project: Project; readonly onOpen: () => void }) {
  const { api } = useStudio()
  const shown = project.sourceIds.slice(0, PICTURES)
  const answers = useQueries({ queries: shown.map((id) => sourceQuery(api, id)) })
  const { sources, segments } = project.counts
  const words = [
    ...(sources > 0 ? [count(sources, 'source')] : []),
    ...(segments > 0 ? [count(segments, 'segment')] : []),
  ]
  return (
    <button type="button" className={cx(buttonClass('plain'), 'pl-1.5')} onClick={onOpen}>
      <span className="flex -space-x-2" aria-hidden>
        {shown.map((id, index) => (
          <SourceFrame
            key={id}
            source={answers[index]?.data}
            aspect={1}
            className="w-6 rounded-md ring-2 ring-surface"
          />
        ))}
      </span>
      {words.join(', ')}
      <span className="sr-only">: change the footage</span>
    </button>
  )
}
