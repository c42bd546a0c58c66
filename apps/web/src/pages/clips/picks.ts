import { type InfiniteData, notifyManager, type QueryClient } from '@tanstack/react-query'
import type { Clip } from '../../data/clips.ts'
import type { PageOf } from '../../data/pages.ts'

/** A pick or its opposite. Each is a thing of its own: an answer to an earlier one does not end it. */
interface Wish {
  readonly selected: boolean
}
export type Wishes = ReadonlyMap<string, Wish>

interface PicksOptions {
  readonly queries: QueryClient
  /** Has the server pick clips, or unpick them. */
  readonly send: (clipIds: readonly string[], selected: boolean) => Promise<unknown>
  /** Picks that the lists may not tell of yet: they are shown ahead. */
  readonly onAhead: (ahead: Wishes) => void
  readonly onFailed: (error: unknown) => void
}

/** Does something once pages have heard what the lists say by now: they are told in a task of its own, and would show neither until then. */
export const onceTold = (then: () => void): void => notifyManager.schedule(then)

/** Picks of clips, shown at once and sent one request after another, so that the last wish stands. Returns what picks. */
export function createPicks({ queries, send, onAhead, onFailed }: PicksOptions) {
  let ahead: Wishes = new Map()
  let unsent: Wishes = new Map()
  let isSending = false

  function show(picks: Wishes): void {
    ahead = picks
    onAhead(ahead)
  }
  /** Those of some wishes that nobody has changed since. */
  const stillWished = (wishes: Wishes): Wishes =>
    new Map([...wishes].filter(([id, wish]) => ahead.get(id) === wish))
  function drop(wishes: Wishes): void {
    const done = stillWished(wishes)
    if (done.size > 0) show(new Map([...ahead].filter(([id]) => !done.has(id))))
  }

  /** Puts picks into all lists at once, since there may be thousands. */
  function put(wishes: Wishes): void {
    const picked = (clip: Clip): Clip => {
      const { selected = clip.selected } = wishes.get(clip.id) ?? {}
      return clip.selected === selected ? clip : { ...clip, selected }
    }
    const change = (page: PageOf<Clip>): PageOf<Clip> => ({ ...page, items: page.items.map(picked) })
    for (const { queryKey } of queries.getQueryCache().findAll({ queryKey: ['clips'] }))
      queries.setQueryData<PageOf<Clip> | InfiniteData<PageOf<Clip>>>(queryKey, (list) => {
        if (list === undefined) return list
        return 'pages' in list ? { ...list, pages: list.pages.map(change) } : change(list)
      })
    for (const id of wishes.keys()) queries.setQueryData<Clip>(['clip', id], (clip) => clip && picked(clip))
  }

  /** Has the lists tell of picks that the server has; those are shown ahead until no answer is under way that left before. */
  async function settle(wishes: Wishes): Promise<void> {
    put(stillWished(wishes))
    const lists = queries.getQueryCache().findAll({ queryKey: ['clips'] })
    for (const { queryKey } of lists)
      if ((queryKey[1] as { readonly selected?: string } | undefined)?.selected !== undefined)
        void queries.invalidateQueries({ queryKey, exact: true })
    const underWay = lists.filter(({ state }) => state.fetchStatus === 'fetching')
    await Promise.allSettled(underWay.map(({ promise }) => promise))
    put(stillWished(wishes))
    onceTold(() => drop(wishes))
  }

  async function sendAll(): Promise<void> {
    if (isSending) return
    isSending = true
    let asked: Wishes = new Map()
    try {
      while (unsent.size > 0) {
        asked = unsent
        unsent = new Map()
        for (const selected of [true, false]) {
          const ids = [...asked].filter(([, wish]) => wish.selected === selected).map(([id]) => id)
          if (ids.length > 0) await send(ids, selected)
        }
        void settle(asked)
      }
    } catch (error) {
      drop(asked)
      drop(unsent)
      unsent = new Map()
      onFailed(error)
    } finally {
      isSending = false
    }
  }

  return function pick(ids: readonly string[], selected: boolean): void {
    if (ids.length === 0) return
    const wishes: Wishes = new Map(ids.map((id) => [id, { selected }]))
    unsent = new Map([...unsent, ...wishes])
    show(new Map([...ahead, ...wishes]))
    void sendAll()
  }
}
