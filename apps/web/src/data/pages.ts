import { type InfiniteData, infiniteQueryOptions } from '@tanstack/react-query'
import type { paths } from '../api/schema.d.ts'

export interface PageOf<T> {
  readonly items: T[]
  readonly nextCursor: string | null
}

type QueryOf<Place extends keyof paths> = paths[Place] extends {
  get: { parameters: { query?: infer Query } }
}
  ? NonNullable<Query>
  : never
/** What a list of the API can be narrowed by. */
export type FilterOf<Place extends keyof paths> = Omit<QueryOf<Place>, 'cursor' | 'limit'>

/** Which page of a list is meant. */
interface Place {
  readonly limit: number
  readonly cursor?: string
}

const PAGE_LENGTH = 100

/** A list that is read page by page. `key` begins with the noun in plural (see live.ts). */
export function pagesQuery<T>(
  key: readonly [string, ...unknown[]],
  read: (place: Place, signal: AbortSignal) => Promise<PageOf<T>>,
) {
  return infiniteQueryOptions({
    queryKey: key,
    queryFn: ({ pageParam, signal }) =>
      read({ limit: PAGE_LENGTH, ...(pageParam !== undefined && { cursor: pageParam }) }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
    select: (data: InfiniteData<PageOf<T>>) => data.pages.flatMap(({ items }) => items),
  })
}
