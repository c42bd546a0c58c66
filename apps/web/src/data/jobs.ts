import { queryOptions } from '@tanstack/react-query'
import { type Api, ask, type Schemas } from '../api/client.ts'
import { type FilterOf, pagesQuery } from './pages.ts'

export type Job = Schemas['Job']

/** When it ended, milliseconds since 1970; 0 where it has not. */
export const endOf = ({ finishedAt }: Pick<Job, 'finishedAt'>): number =>
  finishedAt === null ? 0 : Date.parse(finishedAt)

/** Whether it has not ended yet. */
export const isActive = ({ state }: Pick<Job, 'state'>): boolean =>
  ['waiting', 'running', 'retrying'].includes(state)

export const jobQuery = (api: Api, id: string) =>
  queryOptions({
    queryKey: ['job', id],
    queryFn: ({ signal }) => ask(api.GET('/jobs/{id}', { params: { path: { id } }, signal })),
  })

export const jobsQuery = (api: Api, filter: FilterOf<'/jobs'> = {}) =>
  pagesQuery<Job>(['jobs', filter], (place, signal) =>
    ask(api.GET('/jobs', { params: { query: { ...filter, ...place } }, signal })),
  )
