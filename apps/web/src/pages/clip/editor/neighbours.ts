import { useStudio } from '../../../app/studio.tsx'
import { type Clip, clipsQuery } from '../../../data/clips.ts'
import { useWholeList } from '../../../data/whole-list.ts'

/** The clips of the same project in their order, and those before and after one. */
export function useNeighbours({ id, projectId }: Pick<Clip, 'id' | 'projectId'>) {
  const { api } = useStudio()
  const { items = [] } = useWholeList(clipsQuery(api, { projectId }))
  const clips = items.toSorted((a, b) => a.number - b.number)
  const index = clips.findIndex((clip) => clip.id === id)
  return { clips, index, previous: clips[index - 1], next: index < 0 ? undefined : clips[index + 1] }
}
