import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import { type Api, ask } from '../../../api/client.ts'
import { ApiError } from '../../../api/problem.ts'
import { useStudio } from '../../../app/studio.tsx'
import type { Clip } from '../../../data/clips.ts'
import { toastDone } from '../../../ui/toasts.tsx'
import {
  type Captions,
  type Changes,
  type Content,
  type Cue,
  type Cut,
  contentOf,
  namesOf,
} from './content.ts'
import { type Conflict, ELSEWHERE, newDraft, unsaved } from './draft.ts'
import { keepDraft, readDraft } from './kept.ts'
import { createSaver, type Place, type Saver } from './saver.ts'

/** What is edited of a clip, how it is changed, and whether it is saved. */
export interface ClipEdits {
  /** As it is here: shown at once, saved soon. */
  readonly content: Content
  readonly status: 'saved' | 'saving' | 'failed' | 'conflict'
  readonly saving: boolean
  /** Why saving failed. */
  readonly error: unknown
  readonly conflict: Conflict | null
  /** Whether the server is changing the clip, as `run` asked it to: what is shown is older than what comes. */
  readonly isRunning: boolean
  /** Each of these is one step that can be undone; `label` says what was done: `Trim a cut`. Those with the same `merge` within a second are one. */
  set(changes: Omit<Changes, 'timeline' | 'captions'>, label: string, merge?: string): void
  setCaptions(cues: readonly Cue[] | null, label: string, merge?: string): void
  setTimeline(cuts: readonly Cut[], label: string, merge?: string): void
  undo(): void
  redo(): void
  readonly canUndo: boolean
  readonly canRedo: boolean
  /** What would be undone, and done again. */
  readonly undoLabel: string | undefined
  readonly redoLabel: string | undefined
  /** Has the server change the clip, once all edits are saved; what comes of it is one step. Throws what `work` threw. */
  run(label: string, work: (version: number) => Promise<unknown>): Promise<void>
  /** Resolves once all edits are saved; throws why they cannot be. */
  save(): Promise<void>
  retry(): void
  resolve(keep: 'mine' | 'theirs'): void
}

/** The captions of a clip; `null` where it has none. */
export async function readCaptions(api: Api, id: string, signal?: AbortSignal): Promise<Captions | null> {
  try {
    const request = api.GET('/clips/{id}/captions', { params: { path: { id } }, ...(signal && { signal }) })
    return (await ask(request)) as Captions
  } catch (error) {
    if (error instanceof ApiError && error.code === 'not-found') return null
    throw error
  }
}

/** The one draft of a clip on this page; who leaves it with other cuts has their preview made. `clip` and `captions` are as the server had them when the page was opened. */
export function useClipEdits(clip: Clip, captions: Captions | null): ClipEdits {
  const { lasting, isOpen, profile } = useStudio()
  const queries = useQueryClient()
  const { id } = clip
  const [saver] = useState(() => {
    const theirs = { content: contentOf(clip, captions), version: clip.version }
    const kept = readDraft(profile.id, id)
    const draft = kept !== null && kept.version <= clip.version ? kept : newDraft(theirs)
    const place: Place = {
      ...clipOnServer(lasting, id, (answer) => queries.setQueryData(['clip', id], answer)),
      keep: (changed) => keepDraft(profile.id, id, changed),
      onAdopted: (parts) => {
        if (isOpen()) toastDone(`Changed meanwhile: ${namesOf(parts)}. You can undo that.`)
      },
      now: Date.now,
    }
    return createSaver(place, draft)
  })
  useEffect(() => saver.start(), [saver])
  useEffect(() => saver.heard(clip.version), [saver, clip.version])
  useEffect(() => {
    const online = () => saver.retry()
    const leaving = (event: BeforeUnloadEvent) => {
      if (unsaved(saver.state().draft).length > 0) event.preventDefault()
    }
    window.addEventListener('online', online)
    window.addEventListener('beforeunload', leaving)
    return () => {
      window.removeEventListener('online', online)
      window.removeEventListener('beforeunload', leaving)
    }
  }, [saver])
  useEffect(
    () => () => {
      const orderPreview = async () => {
        await allSaved(saver)
        const left = queries.getQueryData<Clip>(['clip', id])
        if (left?.previewReady === false)
          await ask(lasting.POST('/clips/{id}/preview', { params: { path: { id } } }))
      }
      // Who has left is not told: the picture of before stays, and the preview is made when somebody plays it.
      orderPreview().catch(() => undefined)
    },
    [saver, queries, lasting, id],
  )
  const state = useSyncExternalStore(saver.subscribe, saver.state)
  return useMemo(() => editsOf(saver, state), [saver, state])
}

/** A clip at the server. Every answer goes to the cache. */
function clipOnServer(
  api: Api,
  id: string,
  cache: (clip: Clip) => void,
): Pick<Place, 'read' | 'write' | 'isConflict' | 'isPassing'> {
  const path = { id }
  const write = (changes: Changes, version: number): Promise<Clip> => {
    const { timeline, captions, ...fields } = changes
    if (timeline)
      return ask(
        api.PUT('/clips/{id}/timeline', { params: { path }, body: { version, cuts: [...timeline] } }),
      )
    if (captions)
      return ask(api.PUT('/clips/{id}/captions', { params: { path }, body: { version, ...captions } }))
    if (captions === null)
      return ask(api.DELETE('/clips/{id}/captions', { params: { path, query: { version } } }))
    return ask(api.PATCH('/clips/{id}', { params: { path }, body: { version, ...fields } }))
  }
  return {
    async read() {
      const clip = await ask(api.GET('/clips/{id}', { params: { path } }))
      const captions = clip.captions === null ? null : await readCaptions(api, id)
      cache(clip)
      return { content: contentOf(clip, captions), version: clip.version }
    },
    async write(changes, version) {
      const clip = await write(changes, version)
      cache(clip)
      return clip.version
    },
    isConflict: (error) => error instanceof ApiError && error.code === 'version-conflict',
    isPassing: (error) => error instanceof ApiError && error.isPassing,
  }
}

function editsOf(saver: Saver, state: ReturnType<Saver['state']>): ClipEdits {
  const { draft, status, error, conflict, isRunning } = state
  const { past, future } = draft.history
  const { content } = draft
  return {
    content,
    status,
    saving: status === 'saving',
    error,
    conflict,
    isRunning,
    set: saver.change,
    setCaptions: (cues, label, merge) =>
      saver.change({ captions: cues && { origin: 'person', cues: [...cues] } }, label, merge),
    setTimeline: (cuts, label, merge) => saver.change({ timeline: cuts }, label, merge),
    undo: saver.undo,
    redo: saver.redo,
    canUndo: past.length > 0,
    canRedo: future.length > 0,
    undoLabel: past.at(-1)?.label,
    redoLabel: future.at(-1)?.label,
    run: saver.run,
    save: () => allSaved(saver),
    retry: saver.retry,
    resolve: saver.resolve,
  }
}

/** Resolves once all edits are saved; throws why they cannot be. */
const allSaved = (saver: Saver): Promise<void> =>
  saver.state().status === 'saved' ? Promise.resolve() : saver.run(ELSEWHERE, () => Promise.resolve())
