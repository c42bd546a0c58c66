import { type InfiniteData, useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo } from 'react'
import { ask, type Schemas } from '../../api/client.ts'
import { useStudio } from '../../app/studio.tsx'
import type { PageOf } from '../../data/pages.ts'
import { type Segment, segmentsQuery } from '../../data/segments.ts'
import { toastFailed } from '../../ui/toasts.tsx'

/** All segments of a source by their time, and what can be done with them: shown at once, taken back where it fails. */
export function useSegments(sourceId: string) {
  const { api } = useStudio()
  const queries = useQueryClient()
  const query = segmentsQuery(api, { sourceId })
  const { queryKey } = query
  const list = useInfiniteQuery(query)
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage, isFetchNextPageError } = list
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && !isFetchNextPageError) void fetchNextPage()
  }, [hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage])
  const segments = useMemo(() => data?.toSorted((a, b) => a.start - b.start || a.end - b.end), [data])

  const edit = (change: (items: Segment[]) => Segment[]) =>
    queries.setQueryData(
      queryKey,
      (known: Pages | undefined) =>
        known && { ...known, pages: known.pages.map((page) => ({ ...page, items: change(page.items) })) },
    )
  const put = (segment: Segment) =>
    edit((items) => items.map((item) => (item.id === segment.id ? segment : item)))

  return {
    list,
    segments,
    add: async (start: number, end: number): Promise<Segment | null> => {
      try {
        const added = await ask(api.POST('/segments', { body: { sourceId, start, end } }))
        queries.setQueryData(queryKey, (known: Pages | undefined) => known && withNew(known, added))
        return added
      } catch (error) {
        toastFailed(error)
        return null
      }
    },
    change: async (segment: Segment, body: Schemas['SegmentChange']): Promise<void> => {
      put({ ...segment, ...body } as Segment)
      try {
        put(await ask(api.PATCH('/segments/{id}', { params: { path: { id: segment.id } }, body })))
      } catch (error) {
        put(segment)
        toastFailed(error)
      }
    },
    remove: async ({ id }: Segment): Promise<void> => {
      await ask(api.DELETE('/segments/{id}', { params: { path: { id } } }))
      edit((items) => items.filter((item) => item.id !== id))
    },
  }
}

type Pages = InfiniteData<PageOf<Segment>>

/** With a new segment, unless its event came first. */
function withNew(known: Pages, added: Segment): Pages {
  const [first, ...rest] = known.pages
  if (first === undefined || known.pages.some(({ items }) => items.some(({ id }) => id === added.id)))
    return known
  return { ...known, pages: [{ ...first, items: [added, ...first.items] }, ...rest] }
}
