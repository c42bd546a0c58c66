import { type InfiniteData, infiniteQueryOptions } from '@tanstack/react-query'

export interface PageOf<T> {
  readonly items: T[]
  readonly nextCursor: string | null
}

/** A list that is read page by page. `key` begins with the noun in plural (see live.ts). */
export function pagesQuery<T>(
  key: readonly [string, ...unknown[]],
  read: (cursor: string | undefined, signal: AbortSignal) => Promise<PageOf<T>>,
) {
  return infiniteQueryOptions({
    queryKey: key,
    queryFn: ({ pageParam, signal }) => read(pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
    select: (data: InfiniteData<PageOf<T>>) => data.pages.flatMap(({ items }) => items),
  })
}
