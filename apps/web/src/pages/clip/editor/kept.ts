import { dropKept, keepJson, keptJson } from '../../../data/keepsakes.ts'
import { type Draft, unsaved } from './draft.ts'

/** Drafts of this tab, kept over a reload: what was edited, saved or not, and what can be undone. */
const keyOf = (profileId: string, clipId: string): string => `cutroom:draft:${profileId}:${clipId}`

export const readDraft = (profileId: string, clipId: string): Draft | null =>
  keptJson(keyOf(profileId, clipId), 'tab')

/** So many steps are kept; on the page there is no limit. */
const MOST_STEPS = 200

/** A browser that has no room keeps what is unsaved and forgets what could be undone. */
export function keepDraft(profileId: string, clipId: string, draft: Draft): void {
  const key = keyOf(profileId, clipId)
  const past = draft.history.past.slice(-MOST_STEPS)
  const future = draft.history.future.slice(-MOST_STEPS)
  if (unsaved(draft).length + past.length + future.length === 0) dropKept(key, 'tab')
  else if (!keepJson(key, { ...draft, history: { past, future } }, 'tab'))
    keepJson(key, { ...draft, history: { past: [], future: [] } }, 'tab')
}
