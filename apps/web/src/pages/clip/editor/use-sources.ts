import { useQueries } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useStudio } from '../../../app/studio.tsx'
import { type Source, sourceQuery } from '../../../data/sources.ts'

/** Sources by their ids, as far as they are here already. */
export function useSources(ids: readonly string[]): ReadonlyMap<string, Source> {
  const { api } = useStudio()
  const found = useQueries({
    queries: ids.map((id) => sourceQuery(api, id)),
    combine: (results) => results.flatMap(({ data }) => data ?? []),
  })
  return useMemo(() => new Map(found.map((source) => [source.id, source])), [found])
}
