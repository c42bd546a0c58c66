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

/** What was measured of a source. */
export const featuresQuery = (api: Api, id: string) =>
  queryOptions({
    queryKey: ['source-features', id],
    queryFn: ({ signal }) => ask(api.GET('/sources/{id}/features', { params: { path: { id } }, signal })),
    refetchOnWindowFocus: false,
  })

/** The sound of a source: the lowest and the highest value of each peak in turn, -127 to 127. */
export const waveformQuery = (api: Api, id: string) =>
  queryOptions({
    queryKey: ['source-waveform', id],
    queryFn: async ({ signal }) => {
      const params = { path: { id } }
      const bytes = ask(api.GET('/sources/{id}/waveform', { params, signal, parseAs: 'arrayBuffer' }))
      return new Int8Array(await bytes)
    },
    refetchOnWindowFocus: false,
  })
