import { queryOptions } from '@tanstack/react-query'
import type { Schemas } from '../api/client.ts'
import { type Api, ask } from '../api/client.ts'
import type { paths } from '../api/schema.d.ts'
import { pagesQuery } from './pages.ts'

export type Job = Schemas['Job']

/** Whether it has not ended yet. */
export const isActive = ({ state }: Job): boolean => ['waiting', 'running', 'retrying'].includes(state)

export const jobQuery = (api: Api, id: string) =>
  queryOptions({
    queryKey: ['job', id],
    queryFn: ({ signal }) => ask(api.GET('/jobs/{id}', { params: { path: { id } }, signal })),
  })

type Filter = Omit<NonNullable<paths['/jobs']['get']['parameters']['query']>, 'cursor' | 'limit'>

export const jobsQuery = (api: Api, filter: Filter = {}) =>
  pagesQuery<Job>(['jobs', filter], (cursor, signal) =>
    ask(
      api.GET('/jobs', { params: { query: { ...filter, limit: 100, ...(cursor && { cursor }) } }, signal }),
    ),
  )
