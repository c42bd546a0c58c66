import { queryOptions } from '@tanstack/react-query'
import { type Api, ask, type Schemas } from '../api/client.ts'
import { type FilterOf, pagesQuery } from './pages.ts'

export type Clip = Schemas['Clip']

export const clipQuery = (api: Api, id: string) =>
  queryOptions({
    queryKey: ['clip', id],
    queryFn: ({ signal }) => ask(api.GET('/clips/{id}', { params: { path: { id } }, signal })),
  })

export const clipsQuery = (api: Api, filter: FilterOf<'/clips'> = {}) =>
  pagesQuery<Clip>(['clips', filter], (place, signal) =>
    ask(api.GET('/clips', { params: { query: { ...filter, ...place } }, signal })),
  )

/** The newest clips of a project, a few. */
export const firstClipsQuery = (api: Api, projectId: string, limit: number) =>
  queryOptions({
    queryKey: ['clips', { projectId, first: limit }],
    queryFn: ({ signal }) => ask(api.GET('/clips', { params: { query: { projectId, limit } }, signal })),
  })
