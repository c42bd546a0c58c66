import { useStudio } from '../../app/studio.tsx'
import type { Job } from '../../data/jobs.ts'
import { orderClips, type Project } from '../../data/projects.ts'
import { useWork } from '../../ui/use-work.ts'
import { type Draft, useDraft } from './use-draft.ts'

export type Making = ReturnType<typeof useMaking>

/** The draft of the next variants of a project, and the order that makes them. */
export function useMaking(project: Project, onStarted: (job: Job, count: number) => void) {
  const { api } = useStudio()
  const [draft, change] = useDraft(project.id)
  const { busy, error, run } = useWork()
  const { segments, sources } = project.counts
  const from = segments === 0 ? 'sources' : sources === 0 ? 'segments' : draft.from

  /** Resolves to whether it was taken. */
  const order = async (wanted: Draft): Promise<boolean> => {
    let isTaken = false
    await run(async () => {
      const job = await orderClips(api, project.id, {
        ...{ count: wanted.count, from, order: wanted.order, bestEffort: wanted.bestEffort },
        ...(wanted.script.trim() !== '' && { script: wanted.script }),
        ...(wanted.voice !== null && { voice: wanted.voice }),
        ...(wanted.captionStyle !== 'brand' && { captionStyle: wanted.captionStyle }),
      })
      onStarted(job, wanted.count)
      isTaken = true
    })
    return isTaken
  }
  return {
    ...{ draft, change, from, busy, error },
    make: () => order(draft),
    /** Makes them even where the footage does not last; `null` where that is allowed already. */
    makeShorter: draft.bestEffort
      ? null
      : () => {
          change({ bestEffort: true })
          return order({ ...draft, bestEffort: true })
        },
  }
}
