import { type Draft, unsaved } from './draft.ts'

/** Drafts of this tab, kept over a reload: what was edited, saved or not, and what can be undone. */
const keyOf = (profileId: string, clipId: string): string => `cutroom:draft:${profileId}:${clipId}`

export function readDraft(profileId: string, clipId: string): Draft | null {
  try {
    const text = sessionStorage.getItem(keyOf(profileId, clipId))
    return text === null ? null : (JSON.parse(text) as Draft)
  } catch {
    return null
  }
}

/** So many steps are kept; on the page there is no limit. */
const MOST_STEPS = 200

/** A browser that has no room keeps what is unsaved and forgets what could be undone. */
export function keepDraft(profileId: string, clipId: string, draft: Draft): void {
  const key = keyOf(profileId, clipId)
  const past = draft.history.past.slice(-MOST_STEPS)
  const future = draft.history.future.slice(-MOST_STEPS)
  if (unsaved(draft).length + past.length + future.length === 0) drop(key)
  else if (!write(key, { ...draft, history: { past, future } }))
    write(key, { ...draft, history: { past: [], future: [] } })
}

function write(key: string, draft: Draft): boolean {
  try {
    sessionStorage.setItem(key, JSON.stringify(draft))
    return true
  } catch {
    return false
  }
}

function drop(key: string): void {
  try {
    sessionStorage.removeItem(key)
  } catch {
    // There is nothing to remove where nothing may be kept.
  }
}
