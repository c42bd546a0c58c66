import { queryOptions } from '@tanstack/react-query'
import type { Schemas } from '../api/client.ts'
import { type Api, ask } from '../api/client.ts'
import type { paths } from '../api/schema.d.ts'
import { pagesQuery } from './pages.ts'

export type Segment = Schemas['Segment']

export const segmentQuery = (api: Api, id: string) =>
  queryOptions({
    queryKey: ['segment', id],
    queryFn: ({ signal }) => ask(api.GET('/segments/{id}', { params: { path: { id } }, signal })),
  })

type Filter = Omit<NonNullable<paths['/segments']['get']['parameters']['query']>, 'cursor' | 'limit'>

export const segmentsQuery = (api: Api, filter: Filter = {}) =>
  pagesQuery<Segment>(['segments', filter], (cursor, signal) =>
    ask(
      api.GET('/segments', {
        params: { query: { ...filter, limit: 100, ...(cursor && { cursor }) } },
        signal,
      }),
    ),
  )
