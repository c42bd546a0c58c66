import { queryOptions } from '@tanstack/react-query'
import { type Api, ask, type Schemas } from '../api/client.ts'
import type { Studio } from '../app/studio.tsx'
import { type FilterOf, pagesQuery } from './pages.ts'

export type Clip = Schemas['Clip']

/**
 * The address of the picture that stands for a clip; `null` where there is none. While the preview of an edit is being made, it is the picture
 * of before, which must not be kept for the one to come.
 */
export const clipPicture = (
  file: Studio['file'],
  { id, version, previewReady, thumbnailReady }: Clip,
): string | null =>
  thumbnailReady ? file(`/clips/${id}/thumbnail`, { v: previewReady ? version : `${version}.before` }) : null

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
