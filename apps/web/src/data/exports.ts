import { queryOptions } from '@tanstack/react-query'
import type { Schemas } from '../api/client.ts'
import { type Api, ask } from '../api/client.ts'
import type { paths } from '../api/schema.d.ts'
import { pagesQuery } from './pages.ts'

export type Export = Schemas['Export']

export const exportQuery = (api: Api, id: string) =>
  queryOptions({
    queryKey: ['export', id],
    queryFn: ({ signal }) => ask(api.GET('/exports/{id}', { params: { path: { id } }, signal })),
  })

type Filter = Omit<NonNullable<paths['/exports']['get']['parameters']['query']>, 'cursor' | 'limit'>

export const exportsQuery = (api: Api, filter: Filter = {}) =>
  pagesQuery<Export>(['exports', filter], (cursor, signal) =>
    ask(
      api.GET('/exports', {
        params: { query: { ...filter, limit: 100, ...(cursor && { cursor }) } },
        signal,
      }),
    ),
  )
