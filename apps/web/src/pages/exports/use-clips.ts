import { useQueries, useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useStudio } from '../../app/studio.tsx'
import { type Clip, clipQuery } from '../../data/clips.ts'

type Listed = { readonly items?: Clip[]; readonly pages?: readonly { readonly items: Clip[] }[] }

/** Clips by their ids, in that order. Those that a list of the page holds are not asked for again. */
export function useClips(ids: readonly string[]) {
  const { api } = useStudio()
  const queries = useQueryClient()
  const listed = useMemo(() => {
    const lists = queries.getQueriesData<Listed>({ queryKey: ['clips'] })
    const clips = lists.flatMap(([, list]) => list?.pages?.flatMap(({ items }) => items) ?? list?.items ?? [])
    return new Map(clips.map((clip) => [clip.id, clip]))
  }, [queries])
  return useQueries({
    queries: ids.map((id) => {
      const known = listed.get(id)
      return { ...clipQuery(api, id), ...(known && { initialData: known }) }
    }),
    combine: (results) => ({
      clips: results.flatMap(({ data }) => (data ? [data] : [])),
      isLoading: results.some(({ isPending }) => isPending),
      error: results.find(({ error }) => error !== null)?.error ?? null,
    }),
  })
}
