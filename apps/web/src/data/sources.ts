import { queryOptions } from '@tanstack/react-query'
import { type Api, ask, type Schemas } from '../api/client.ts'
import { type FilterOf, pagesQuery } from './pages.ts'

export type Source = Schemas['Source']

export const sourceQuery = (api: Api, id: string) =>
  queryOptions({
    queryKey: ['source', id],
    queryFn: ({ signal }) => ask(api.GET('/sources/{id}', { params: { path: { id } }, signal })),
  })

export const sourcesQuery = (api: Api, filter: FilterOf<'/sources'> = {}) =>
  pagesQuery<Source>(['sources', filter], (place, signal) =>
    ask(api.GET('/sources', { params: { query: { ...filter, ...place } }, signal })),
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
