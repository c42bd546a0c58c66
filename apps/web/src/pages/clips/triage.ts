import { type InfiniteData, type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useMemo, useSyncExternalStore } from 'react'
import { type Api, ask } from '../../api/client.ts'
import { type Studio, useStudio } from '../../app/studio.tsx'
import { type Clip, clipsQuery } from '../../data/clips.ts'
import { putThing } from '../../data/live.ts'
import type { PageOf } from '../../data/pages.ts'
import { count } from '../../format.ts'
import { toastDone, toastFailed } from '../../ui/toasts.tsx'

/** How long a deletion can be taken back, milliseconds: a little longer than its message is shown. */
const GRACE_MS = 6000
/** Clips of one request at most. */
const MOST = 200

/** A pick or its opposite. Each is a thing of its own: an answer to an earlier one does not end it. */
interface Wish {
  readonly selected: boolean
}
type Wishes = ReadonlyMap<string, Wish>

/** What is shown ahead of the server. */
interface Ahead {
  /** Picks that the lists may not tell of yet. */
  readonly picks: Wishes
  /** Clips that are deleted, or will be in a moment. */
  readonly gone: ReadonlySet<string>
}

/** A deletion that can still be taken back. */
interface Removal {
  readonly ids: readonly string[]
  readonly timer: ReturnType<typeof setTimeout>
}

const chunks = <T>(items: readonly T[]): T[][] =>
  Array.from({ length: Math.ceil(items.length / MOST) }, (_, index) =>
    items.slice(index * MOST, (index + 1) * MOST),
  )

/** Picks and deletions of one profile, shown at once and done a moment later. */
function createTriage({ lasting: api, isOpen }: Studio, queries: QueryClient) {
  let ahead: Ahead = { picks: new Map(), gone: new Set() }
  let unsent: Wishes = new Map()
  const listeners = new Set<() => void>()
  const removals: Removal[] = []
  let isSending = false

  const set = (changed: Partial<Ahead>): void => {
    ahead = { ...ahead, ...changed }
    for (const listener of listeners) listener()
  }
  const without = (ids: readonly string[]): ReadonlySet<string> => ahead.gone.difference(new Set(ids))

  /** Those of some wishes that nobody has changed since. */
  const stillWished = (wishes: Wishes): Wishes =>
    new Map([...wishes].filter(([id, wish]) => ahead.picks.get(id) === wish))
  function drop(wishes: Wishes): void {
    const done = stillWished(wishes)
    if (done.size > 0) set({ picks: new Map([...ahead.picks].filter(([id]) => !done.has(id))) })
  }
  /** Says what failed, to whom it is about. */
  function tellFailed(error: unknown): void {
    if (isOpen()) toastFailed(error)
  }

  /** Puts picks into all lists at once, since there may be thousands. */
  function putPicks(wishes: Wishes): void {
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
    putPicks(stillWished(wishes))
    const lists = queries.getQueryCache().findAll({ queryKey: ['clips'] })
    for (const { queryKey } of lists)
      if ((queryKey[1] as { readonly selected?: string } | undefined)?.selected !== undefined)
        void queries.invalidateQueries({ queryKey, exact: true })
    const underWay = lists.filter(({ state }) => state.fetchStatus === 'fetching')
    await Promise.allSettled(underWay.map(({ promise }) => promise))
    putPicks(stillWished(wishes))
    drop(wishes)
  }

  /** One request after another, so that the last wish stands. */
  async function sendPicks(): Promise<void> {
    if (isSending) return
    isSending = true
    let asked: Wishes = new Map()
    try {
      while (unsent.size > 0) {
        asked = unsent
        unsent = new Map()
        for (const selected of [true, false]) {
          const ids = [...asked].filter(([, wish]) => wish.selected === selected).map(([id]) => id)
          for (const clipIds of chunks(ids))
            await ask(api.POST('/clips/select', { body: { clipIds, selected } }))
        }
        void settle(asked)
      }
    } catch (error) {
      drop(asked)
      drop(unsent)
      unsent = new Map()
      tellFailed(error)
    } finally {
      isSending = false
    }
  }

  async function removeNow(ids: readonly string[], keepalive = false): Promise<void> {
    try {
      for (const clipIds of chunks(ids)) {
        await ask(api.POST('/clips/delete', { body: { clipIds }, keepalive }))
        for (const id of clipIds) putThing(queries, 'clip', { id, deleted: true })
      }
    } catch (error) {
      tellFailed(error)
    }
    set({ gone: without(ids) })
  }

  /** Who closes the page has decided. */
  function removeAll(): void {
    for (const { ids, timer } of removals.splice(0)) {
      clearTimeout(timer)
      void removeNow(ids, true)
    }
  }

  /** Takes a deletion off those that wait. */
  function take(ids: readonly string[] | undefined): Removal | undefined {
    const index = removals.findIndex((removal) => removal.ids === ids)
    const [removal] = index < 0 ? [] : removals.splice(index, 1)
    if (removals.length === 0) window.removeEventListener('pagehide', removeAll)
    return removal
  }

  function undo(ids: readonly string[] | undefined = removals.at(-1)?.ids): boolean {
    const removal = take(ids)
    if (removal === undefined) return false
    clearTimeout(removal.timer)
    set({ gone: without(removal.ids) })
    return true
  }

  return {
    subscribe(listener: () => void): () => void {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    ahead: () => ahead,
    pick(ids: readonly string[], selected: boolean): void {
      if (ids.length === 0) return
      const wishes: Wishes = new Map(ids.map((id) => [id, { selected }]))
      unsent = new Map([...unsent, ...wishes])
      set({ picks: new Map([...ahead.picks, ...wishes]) })
      void sendPicks()
    },
    /** Deletes clips after a while in which it can be undone. */
    remove(clips: readonly Clip[]): void {
      const ids = clips.map(({ id }) => id)
      if (ids.length === 0) return
      const timer = setTimeout(() => {
        take(ids)
        void removeNow(ids)
      }, GRACE_MS)
      removals.push({ ids, timer })
      window.addEventListener('pagehide', removeAll)
      set({ gone: new Set([...ahead.gone, ...ids]) })
      const [only] = clips
      const what = ids.length === 1 && only ? `“${only.name}”` : count(ids.length, 'clip')
      toastDone(`Deleted ${what}`, { label: 'Undo', onClick: () => undo(ids) })
    },
    /** Takes the last deletion back. `false` where there is none. */
    undo,
  }
}

type Triage = ReturnType<typeof createTriage>

/** Each profile has a cache of its own, and goes with it. */
const triages = new WeakMap<QueryClient, Triage>()

/** Picks and deletions, and clips as they are with those that are under way. */
export function useTriage() {
  const studio = useStudio()
  const queries = useQueryClient()
  let triage = triages.get(queries)
  if (triage === undefined) {
    triage = createTriage(studio, queries)
    triages.set(queries, triage)
  }
  const { picks, gone } = useSyncExternalStore(triage.subscribe, triage.ahead)
  return useMemo(
    () => ({
      ...triage,
      /** The clips as they shall be. */
      shown(clips: readonly Clip[]): readonly Clip[] {
        if (picks.size === 0 && gone.size === 0) return clips
        return clips
          .filter(({ id }) => !gone.has(id))
          .map((clip) => {
            const { selected } = picks.get(clip.id) ?? clip
            return selected === clip.selected ? clip : { ...clip, selected }
          })
      },
    }),
    [triage, picks, gone],
  )
}

/** All picked clips of the profile, or of one of its projects. */
export const pickedQuery = (api: Api, projectId?: string) =>
  clipsQuery(api, { selected: 'true', ...(projectId !== undefined && { projectId }) })
