import { hashKey, type QueryClient, type QueryKey } from '@tanstack/react-query'
import { followStream } from './event-stream.ts'
import { isOlder, type List, type Thing, takeInto, withReason } from './live-list.ts'

/**
 * Keeps the answers of a profile true by its event stream. Queries follow one rule, so that no page has to listen itself:
 * `[noun, id]` holds one thing, `[nouns, …]` a list of them (as pages with `items`, or as pages of an infinite query).
 */
const NOUNS = ['job', 'source', 'segment', 'project', 'clip', 'export'] as const
type Noun = (typeof NOUNS)[number]

/** Lists of which an event does not tell how they look now are read anew at most so often, however many events come. */
const RELOAD_MS = 400

/** Follows the events of a profile until the returned function is called. */
export function followEvents(
  profileId: string,
  queries: QueryClient,
  { onProfile }: { readonly onProfile: () => void },
): () => void {
  const lists = createReloader(queries)
  const take = (noun: Noun) => (data: string) =>
    putThing(queries, noun, JSON.parse(data) as Thing, lists.reload)
  const stop = followStream(`/api/v1/events?profileId=${encodeURIComponent(profileId)}`, {
    on: {
      ...Object.fromEntries(NOUNS.map((noun) => [noun, take(noun)])),
      preset: () => {
        lists.reload(['presets'])
        // What was made for it as it was is outdated now.
        lists.reload(['exports'])
      },
      reset: () => void queries.invalidateQueries(),
      profile: () => {
        onProfile()
        // Limits decide what waits and why.
        lists.reload(['jobs'])
      },
    },
    onBack: () => {
      void queries.invalidateQueries()
      onProfile()
    },
    onRefused: onProfile,
  })
  return () => {
    lists.stop()
    stop()
  }
}

/** Reads lists anew, once for many events. */
function createReloader(queries: QueryClient) {
  const due = new Map<string, QueryKey>()
  let timer: ReturnType<typeof setTimeout> | undefined
  return {
    reload(queryKey: QueryKey): void {
      due.set(hashKey(queryKey), queryKey)
      timer ??= setTimeout(() => {
        timer = undefined
        for (const key of due.values())
          void queries.invalidateQueries({ queryKey: key, exact: key.length > 1 })
        due.clear()
      }, RELOAD_MS)
    },
    stop: () => clearTimeout(timer),
  }
}

/**
 * Puts a thing as it is now where it is shown: as an event tells of it, or as the answer to a change does.
 * A thing that is gone is `{ id, deleted: true }`.
 */
export function putThing(
  queries: QueryClient,
  noun: Noun,
  thing: Thing,
  reload: (list: QueryKey) => void = (queryKey) => void queries.invalidateQueries({ queryKey, exact: true }),
): void {
  const key = [noun, thing.id]
  if (thing.deleted) {
    queries.removeQueries({ queryKey: key, exact: true, type: 'inactive' })
    void queries.invalidateQueries({ queryKey: key })
  } else {
    const known = queries.getQueryData<Thing>(key)
    if (isOlder(thing, known)) return
    // What a page was told of a thing may hold more than an event says.
    if (known !== undefined) queries.setQueryData(key, { ...known, ...withReason(thing, known) })
    // An answer that is under way may have left before this happened.
    if (queries.getQueryState(key)?.fetchStatus === 'fetching') reload(key)
  }
  for (const query of queries.getQueryCache().findAll({ queryKey: [`${noun}s`] })) {
    const list = query.state.data as List | undefined
    const taken = list === undefined ? 'unsure' : takeInto(list, query.queryKey[1], thing)
    if (taken === 'unsure' || query.state.fetchStatus === 'fetching') reload(query.queryKey)
    if (taken !== 'unsure' && taken !== list) queries.setQueryData(query.queryKey, taken)
  }
  if (noun === 'clip') reloadExportsOf(queries, thing.id, reload)
}

/** Whether an export is outdated follows from its clip: no event of its own tells of it. */
function reloadExportsOf(queries: QueryClient, clipId: string, reload: (query: QueryKey) => void): void {
  const isOf = (made: unknown) => (made as { readonly clipId?: string } | undefined)?.clipId === clipId
  const cache = queries.getQueryCache()
  for (const { queryKey, state } of cache.findAll({ queryKey: ['export'] }))
    if (isOf(state.data)) reload(queryKey)
  for (const { queryKey, state } of cache.findAll({ queryKey: ['exports'] })) {
    const list = state.data as List | undefined
    const pages = list === undefined ? [] : 'pages' in list ? list.pages : [list]
    if (pages.some(({ items }) => items.some(isOf))) reload(queryKey)
  }
}
