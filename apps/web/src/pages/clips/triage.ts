import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useMemo, useSyncExternalStore } from 'react'
import { type Api, ask } from '../../api/client.ts'
import { type Studio, useStudio } from '../../app/studio.tsx'
import { type Clip, clipsQuery } from '../../data/clips.ts'
import { putThing } from '../../data/live.ts'
import { toastDone, toastFailed } from '../../ui/toasts.tsx'
import { createPicks, onceTold, type Wishes } from './picks.ts'

/** How long a deletion can be taken back, milliseconds: a little longer than its message is shown. */
const GRACE_MS = 6000
/** Clips of one request at most. */
const MOST = 200

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
  /** Takes the message away that tells of it. */
  readonly untell: () => void
}

const chunks = <T>(items: readonly T[]): T[][] =>
  Array.from({ length: Math.ceil(items.length / MOST) }, (_, index) =>
    items.slice(index * MOST, (index + 1) * MOST),
  )

/** Picks and deletions of one profile, shown at once and done a moment later. */
function createTriage({ lasting: api, isOpen }: Studio, queries: QueryClient) {
  let ahead: Ahead = { picks: new Map(), gone: new Set() }
  const listeners = new Set<() => void>()
  const removals: Removal[] = []

  const set = (changed: Partial<Ahead>): void => {
    ahead = { ...ahead, ...changed }
    for (const listener of listeners) listener()
  }
  const without = (ids: readonly string[]): ReadonlySet<string> => ahead.gone.difference(new Set(ids))

  /** Says what failed, to whom it is about. */
  function tellFailed(error: unknown): void {
    if (isOpen()) toastFailed(error)
  }

  const pick = createPicks({
    queries,
    async send(ids, selected) {
      for (const clipIds of chunks(ids)) await ask(api.POST('/clips/select', { body: { clipIds, selected } }))
    },
    onAhead: (picks) => set({ picks }),
    onFailed: tellFailed,
  })

  async function removeNow(ids: readonly string[], keepalive = false): Promise<void> {
    try {
      for (const clipIds of chunks(ids)) {
        await ask(api.POST('/clips/delete', { body: { clipIds }, keepalive }))
        for (const id of clipIds) putThing(queries, 'clip', { id, deleted: true })
      }
    } catch (error) {
      tellFailed(error)
    }
    onceTold(() => set({ gone: without(ids) }))
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
    removal.untell()
    set({ gone: without(removal.ids) })
    return true
  }

  return {
    subscribe(listener: () => void): () => void {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    ahead: () => ahead,
    pick,
    /** Deletes clips after a while in which it can be undone; `what` they are is said. */
    remove(clips: readonly Clip[], what: string): void {
      const ids = clips.map(({ id }) => id)
      if (ids.length === 0) return
      const timer = setTimeout(() => {
        take(ids)
        void removeNow(ids)
      }, GRACE_MS)
      const untell = toastDone(`Deleted ${what}`, { label: 'Undo', onClick: () => undo(ids) })
      removals.push({ ids, timer, untell })
      window.addEventListener('pagehide', removeAll)
      set({ gone: new Set([...ahead.gone, ...ids]) })
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
