import { queryOptions } from '@tanstack/react-query'
import { type Api, ask, type Schemas } from '../api/client.ts'
import { type FilterOf, pagesQuery } from './pages.ts'

export type Export = Schemas['Export']

export const exportQuery = (api: Api, id: string) =>
  queryOptions({
    queryKey: ['export', id],
    queryFn: ({ signal }) => ask(api.GET('/exports/{id}', { params: { path: { id } }, signal })),
  })

export const exportsQuery = (api: Api, filter: FilterOf<'/exports'> = {}) =>
  pagesQuery<Export>(['exports', filter], (place, signal) =>
    ask(api.GET('/exports', { params: { query: { ...filter, ...place } }, signal })),
  )
