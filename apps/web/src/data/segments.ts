import { type Api, ask, type Schemas } from '../api/client.ts'
import { type FilterOf, pagesQuery } from './pages.ts'

export type Segment = Schemas['Segment']

export const segmentsQuery = (api: Api, filter: FilterOf<'/segments'> = {}) =>
  pagesQuery<Segment>(['segments', filter], (place, signal) =>
    ask(api.GET('/segments', { params: { query: { ...filter, ...place } }, signal })),
  )
