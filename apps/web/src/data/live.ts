import type { InfiniteData, QueryClient } from '@tanstack/react-query'
import { useSyncExternalStore } from 'react'

/**
 * Keeps the answers of a profile true by its event stream. Queries follow one rule, so that no page has to listen itself:
 * `[noun, id]` holds one thing, `[nouns, …]` a list of them (as pages with `items`, or as pages of an infinite query).
 */
const NOUNS = ['job', 'source', 'segment', 'project', 'clip', 'export'] as const
type Noun = (typeof NOUNS)[number]

interface Thing {
  readonly id: string
  readonly deleted?: true
  /** Of clips: an answer to an edit may be newer than an event that was under way. */
  readonly version?: number
}
interface Items {
  readonly items: readonly Thing[]
}

/** Lists that may have got or lost something are read anew at most so often, however many events come. */
const RELOAD_MS = 400
/** A stream that is not back by then is told of: a blink is not. */
const LOST_MS = 2500

type Connection = 'live' | 'lost'
let connection: Connection = 'live'
const listeners = new Set<() => void>()

function tell(now: Connection): void {
  if (connection === now) return
  connection = now
  for (const listener of listeners) listener()
}

/** Whether the page hears of changes. */
export function useConnection(): Connection {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => connection,
  )
}

/** Follows the events of a profile until the returned function is called. */
export function followEvents(
  profileId: string,
  queries: QueryClient,
  { onProfile }: { readonly onProfile: () => void },
): () => void {
  const lists = createReloader(queries)
  let stream: EventSource
  let lostTimer: ReturnType<typeof setTimeout> | undefined
  let retryTimer: ReturnType<typeof setTimeout> | undefined
  let wasLost = false

  const lost = () => {
    wasLost = true
    lostTimer ??= setTimeout(() => tell('lost'), LOST_MS)
    // A browser gives up for good on an answer that is none of a stream, such as that of a proxy whose server restarts.
    if (stream.readyState === EventSource.CLOSED) retryTimer = setTimeout(open, LOST_MS)
  }
  const found = () => {
    clearTimeout(lostTimer)
    lostTimer = undefined
    tell('live')
    if (!wasLost) return
    wasLost = false
    // A stream that was opened anew does not know what was missed.
    void queries.invalidateQueries()
    onProfile()
  }
  function open(): void {
    stream = new EventSource(`/api/v1/events?profileId=${encodeURIComponent(profileId)}`)
    stream.addEventListener('open', found)
    stream.addEventListener('error', lost)
    stream.addEventListener('reset', () => void queries.invalidateQueries())
    stream.addEventListener('profile', onProfile)
    for (const noun of NOUNS)
      stream.addEventListener(noun, ({ data }) => take(queries, lists, noun, JSON.parse(data) as Thing))
  }
  open()
  return () => {
    clearTimeout(lostTimer)
    clearTimeout(retryTimer)
    lists.stop()
    stream.close()
    tell('live')
  }
}

type Reloader = ReturnType<typeof createReloader>

/** Reads lists of a noun anew, together for many events. */
function createReloader(queries: QueryClient) {
  const due = new Set<Noun>()
  let timer: ReturnType<typeof setTimeout> | undefined
  return {
    reload(noun: Noun): void {
      due.add(noun)
      timer ??= setTimeout(() => {
        timer = undefined
        for (const name of due) void queries.invalidateQueries({ queryKey: [`${name}s`] })
        due.clear()
      }, RELOAD_MS)
    },
    stop: () => clearTimeout(timer),
  }
}

/** Puts a thing as it is now where it is shown. */
function take(queries: QueryClient, lists: Reloader, noun: Noun, thing: Thing): void {
  if (thing.deleted) {
    queries.removeQueries({ queryKey: [noun, thing.id], exact: true, type: 'inactive' })
    void queries.invalidateQueries({ queryKey: [noun, thing.id] })
    lists.reload(noun)
    return
  }
  const key = [noun, thing.id]
  const known = queries.getQueryData<Thing>(key)
  if (isOlder(thing, known)) return
  // What a page was told of a thing may hold more than an event says.
  if (known !== undefined) queries.setQueryData(key, { ...known, ...thing })
  let listed = false
  const swap = <T extends Items>(page: T): T => {
    const index = page.items.findIndex(({ id }) => id === thing.id)
    if (index < 0) return page
    listed = true
    const old = page.items[index]
    return { ...page, items: page.items.with(index, isOlder(thing, old) && old ? old : thing) }
  }
  queries.setQueriesData<InfiniteData<Items> | Items>({ queryKey: [`${noun}s`] }, (list) => {
    if (list === undefined) return list
    return 'pages' in list ? { ...list, pages: list.pages.map(swap) } : swap(list)
  })
  if (!listed) lists.reload(noun)
}

const isOlder = (thing: Thing, known: Thing | undefined): boolean =>
  thing.version !== undefined && known?.version !== undefined && thing.version < known.version
