import type { Changes, Part } from './content.ts'
import {
  acknowledged,
  type Conflict,
  changed,
  conflictOf,
  type Draft,
  ELSEWHERE,
  met,
  moved,
  nextChange,
  resolved,
  type Theirs,
  unsaved,
} from './draft.ts'

/** What a saver needs of the world. */
export interface Place {
  readonly read: () => Promise<Theirs>
  /** Returns the version that the change made. Throws what `isConflict` knows where it was based on an old version. */
  readonly write: (changes: Changes, version: number) => Promise<number>
  readonly isConflict: (error: unknown) => boolean
  /** Whether trying again later may help. */
  readonly isPassing: (error: unknown) => boolean
  /** Keeps what a reload would lose. */
  readonly keep: (draft: Draft) => void
  /** Tells of parts that were changed elsewhere and are shown now. */
  readonly onAdopted: (parts: readonly Part[]) => void
  readonly now: () => number
}

export interface SaverState {
  readonly draft: Draft
  readonly status: 'saved' | 'saving' | 'failed' | 'conflict'
  /** Why saving failed. */
  readonly error: unknown
  readonly conflict: Conflict | null
  /** Whether the server is changing the clip; edits wait for it. */
  readonly isRunning: boolean
}

/** Changes that follow each other closely are sent together. */
const QUIET_MS = 250
const RETRY_MS = 4000

interface Errand {
  readonly label: string
  readonly run: (version: number) => Promise<unknown>
  readonly done: () => void
  readonly failed: (error: unknown) => void
}

export type Saver = ReturnType<typeof createSaver>

/**
 * Saves a draft: one request at a time, each on the version of the last answer; what is changed meanwhile waits, and only its last
 * state is sent. What others change is taken in where it touches nothing unsaved, and is a conflict otherwise.
 */
export function createSaver(place: Place, draft: Draft) {
  let state: SaverState = {
    draft,
    status: unsaved(draft).length === 0 ? 'saved' : 'saving',
    error: null,
    conflict: null,
    isRunning: false,
  }
  /** The newest version that was heard of. */
  let heard = draft.version
  let isWorking = false
  let timer: ReturnType<typeof setTimeout> | undefined
  const errands: Errand[] = []
  const listeners = new Set<() => void>()

  function set(changes: Partial<SaverState>): void {
    const before = state
    state = { ...state, ...changes }
    if (state.draft !== before.draft) place.keep(state.draft)
    for (const listener of listeners) listener()
  }

  /** Works soon, unless it does already. */
  function wake(delay: number): void {
    if (isWorking || state.conflict !== null) return
    clearTimeout(timer)
    timer = setTimeout(() => void work(), delay)
  }

  async function work(): Promise<void> {
    if (isWorking) return
    clearTimeout(timer)
    isWorking = true
    try {
      while (state.conflict === null && (await takeOne())) {
        // One after the other.
      }
    } catch (error) {
      fail(error)
    } finally {
      isWorking = false
    }
  }

  /** Does the next thing that is to be done; false where there is none. */
  async function takeOne(): Promise<boolean> {
    const isUnsure = Object.keys(state.draft.sent).length > 0
    if (heard > state.draft.version || isUnsure) {
      // What is heard of while it is read counts anew.
      heard = 0
      meet(await place.read(), ELSEWHERE)
      return true
    }
    const changes = nextChange(state.draft)
    if (changes !== null) {
      set({ status: 'saving', error: null, draft: { ...state.draft, sent: changes } })
      await send(changes)
      return true
    }
    const errand = errands.shift()
    if (errand === undefined) {
      set({ status: 'saved', error: null })
      return false
    }
    set({ status: 'saving', isRunning: true })
    await go(errand).finally(() => set({ isRunning: false }))
    return true
  }

  async function send(changes: Changes): Promise<void> {
    try {
      const version = await place.write(changes, state.draft.version)
      heard = Math.max(heard, version)
      set({ draft: acknowledged(state.draft, changes, version) })
    } catch (error) {
      if (!place.isPassing(error)) set({ draft: { ...state.draft, sent: {} } })
      if (!place.isConflict(error)) throw error
      meet(await place.read(), ELSEWHERE)
    }
  }

  async function go({ run, label, done, failed }: Errand): Promise<void> {
    try {
      await run(state.draft.version)
      meet(await place.read(), label)
      done()
    } catch (error) {
      if (place.isConflict(error)) meet(await place.read(), ELSEWHERE)
      failed(error)
    }
  }

  function meet(theirs: Theirs, label: string): void {
    heard = Math.max(heard, theirs.version)
    const conflict = conflictOf(state.draft, theirs)
    if (conflict !== null) {
      set({ conflict, status: 'conflict', error: null })
      return
    }
    const { history } = state.draft
    const next = met(state.draft, theirs, { label, now: place.now() })
    set({ draft: next })
    const step = next.history.past.at(-1)
    if (label === ELSEWHERE && next.history !== history && step)
      place.onAdopted(Object.keys(step.after) as Part[])
  }

  function fail(error: unknown): void {
    set({ status: 'failed', error })
    for (const errand of errands.splice(0)) errand.failed(error)
    if (place.isPassing(error)) timer = setTimeout(() => void work(), RETRY_MS)
  }

  /** Shows a draft, and saves it. */
  function put(next: Draft): void {
    if (next === state.draft) return
    set({ draft: next, ...(state.conflict === null && { status: 'saving', error: null }) })
    wake(QUIET_MS)
  }

  return {
    /** Saves what an earlier page could not. */
    start: (): void => wake(0),
    state: (): SaverState => state,
    subscribe(listener: () => void): () => void {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    change: (changes: Changes, label: string, merge?: string): void =>
      put(changed(state.draft, changes, { label, merge, now: place.now() })),
    undo: (): void => put(moved(state.draft, 'undo')),
    redo: (): void => put(moved(state.draft, 'redo')),
    /** Another version of the clip was heard of. */
    heard(version: number): void {
      heard = Math.max(heard, version)
      if (heard > state.draft.version) wake(0)
    },
    retry: (): void => void work(),
    resolve(keep: 'mine' | 'theirs'): void {
      if (state.conflict === null) return
      const next = resolved(state.draft, state.conflict, { keep, now: place.now() })
      set({ draft: next, conflict: null, status: 'saving' })
      wake(0)
    },
    /** Has the server do something once all is saved; what it made of the clip is one step. Throws what it threw. */
    run: (label: string, run: (version: number) => Promise<unknown>): Promise<void> =>
      new Promise((done, failed) => {
        errands.push({ label, run, done, failed })
        wake(0)
      }),
  }
}
