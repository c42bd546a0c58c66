import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type Api, ask } from '../../api/client.ts'
import type { Problem } from '../../api/problem.ts'
import { type Pair, requestsFor, type Wish } from './pairs.ts'

/** What came of ordering one file: a job, a file that was there already, or why there is neither. */
export interface Ordered {
  readonly clipId: string
  readonly presetId: string
  readonly jobId: string | null
  readonly exportId: string | null
  readonly problem: Problem | null
}

/** Of an export that is there as it would be made, nothing is ordered. */
type Wanted = Wish & Partial<Pick<Pair, 'state' | 'exportId'>>

async function orderFiles(api: Api, wanted: readonly Wanted[]): Promise<Ordered[]> {
  const orderedOf = new Map<string, Ordered>()
  for (const body of requestsFor(wanted.filter(({ state }) => state !== 'made'))) {
    const { items } = await ask(api.POST('/clips/render', { body }))
    for (const item of items) orderedOf.set(`${item.clipId} ${item.presetId}`, { ...item, exportId: null })
  }
  return wanted.map(
    ({ clipId, presetId, exportId = null }) =>
      orderedOf.get(`${clipId} ${presetId}`) ?? { clipId, presetId, jobId: null, exportId, problem: null },
  )
}

/** Orders files, many at once. */
export function useOrder(api: Api) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (wanted: readonly Wanted[]) => orderFiles(api, wanted),
    onSettled: () => queries.invalidateQueries({ queryKey: ['jobs'] }),
  })
}
