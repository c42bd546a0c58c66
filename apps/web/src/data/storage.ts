import { queryOptions } from '@tanstack/react-query'
import { type Api, ask, type Schemas } from '../api/client.ts'

export type StorageDay = Schemas['StorageHistory']['items'][number]

/** What the brand takes of the disk. No event tells of it: it is read anew whenever it is looked at. */
export const storageQuery = (api: Api) =>
  queryOptions({
    queryKey: ['storage', 'now'],
    staleTime: 0,
    queryFn: ({ signal }) => ask(api.GET('/storage', { signal })),
  })

/** The last so many days, today included, the oldest first. */
export const storageHistoryQuery = (api: Api, days: number) =>
  queryOptions({
    queryKey: ['storage', 'history', days],
    staleTime: 0,
    queryFn: async ({ signal }) =>
      (await ask(api.GET('/storage/history', { params: { query: { days } }, signal }))).items,
  })
