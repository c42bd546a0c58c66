import { useInfiniteQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { pagesQuery } from './pages.ts'

/** A list that is wanted whole: its pages are read one after another. `isWhole` once all of them are here. */
export function useWholeList<T>(options: ReturnType<typeof pagesQuery<T>>) {
  const { data, error, hasNextPage, isFetching, isError, fetchNextPage, refetch } = useInfiniteQuery(options)
  useEffect(() => {
    if (hasNextPage && !isFetching && !isError) void fetchNextPage()
  }, [hasNextPage, isFetching, isError, fetchNextPage])
  return { items: data, isWhole: data !== undefined && !hasNextPage, error, refetch }
}
