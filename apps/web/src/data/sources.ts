import { queryOptions } from '@tanstack/react-query'
import type { Schemas } from '../api/client.ts'
import { type Api, ask } from '../api/client.ts'
import type { paths } from '../api/schema.d.ts'
import { pagesQuery } from './pages.ts'

export type Source = Schemas['Source']

export const sourceQuery = (api: Api, id: string) =>
  queryOptions({
    queryKey: ['source', id],
    queryFn: ({ signal }) => ask(api.GET('/sources/{id}', { params: { path: { id } }, signal })),
  })

type Filter = Omit<NonNullable<paths['/sources']['get']['parameters']['query']>, 'cursor' | 'limit'>

export const sourcesQuery = (api: Api, filter: Filter = {}) =>
  pagesQuery<Source>(['sources', filter], (cursor, signal) =>
    ask(
      api.GET('/sources', {
        params: { query: { ...filter, limit: 100, ...(cursor && { cursor }) } },
        signal,
      }),
    ),
  )
