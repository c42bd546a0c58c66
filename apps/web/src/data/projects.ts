import { queryOptions } from '@tanstack/react-query'
import { type Api, ask, type Schemas } from '../api/client.ts'
import type { paths } from '../api/schema.d.ts'
import { type FilterOf, pagesQuery } from './pages.ts'

export type Project = Schemas['Project']

export const projectQuery = (api: Api, id: string) =>
  queryOptions({
    queryKey: ['project', id],
    queryFn: ({ signal }) => ask(api.GET('/projects/{id}', { params: { path: { id } }, signal })),
  })

export const projectsQuery = (api: Api, filter: FilterOf<'/projects'> = {}) =>
  pagesQuery<Project>(['projects', filter], (place, signal) =>
    ask(api.GET('/projects', { params: { query: { ...filter, ...place } }, signal })),
  )

type Order = paths['/projects/{id}/generate']['post']['requestBody']['content']['application/json']

/** Has clips made of a project. Returns the job that does it. */
export const orderClips = (api: Api, projectId: string, order: Partial<Order>) =>
  ask(
    api.POST('/projects/{id}/generate', {
      params: { path: { id: projectId } },
      body: { count: 3, from: 'sources', order: 'in-order', bestEffort: false, ...order },
    }),
  )
