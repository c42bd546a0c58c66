import { queryOptions } from '@tanstack/react-query'
import { type Api, ask } from '../api/client.ts'

/** The segments that a project is made of, in its order. */
export const projectSegmentsQuery = (api: Api, projectId: string) =>
  queryOptions({
    queryKey: ['segments', { ofProject: projectId }],
    queryFn: ({ signal }) =>
      ask(api.GET('/projects/{id}/segments', { params: { path: { id: projectId } }, signal })),
  })
