import { type Changes, type Content, differing, PARTS, type Part, pick, same } from './content.ts'
import { adopt, emptyHistory, type History, record, redo, undo } from './history.ts'

/** A clip's content as it is here and as the server has it. Plain data: it is kept over a reload as it is. */
export interface Draft {
  readonly content: Content
  /** What the server has, at `version`. */
  readonly saved: Content
  readonly version: number
  /** What was sent and not answered: the server may have it or not. */
  readonly sent: Changes
  readonly history: History<Content>
}

/** What the server has by now. */
export interface Theirs {
  readonly content: Content
  readonly version: number
}

/** Two people, or two tabs, have changed the same parts. */
export interface Conflict {
  readonly theirs: Theirs
  readonly parts: readonly Part[]
}

/** The label of what others have changed. */
export const ELSEWHERE = 'Changes made meanwhile'

export const newDraft = ({ content, version }: Theirs): Draft => ({
  content,
  saved: content,
  version,
  sent: {},
  history: emptyHistory(),
})

/** The parts that the server does not have yet. */
export const unsaved = ({ content, saved }: Draft): Part[] => differing(content, saved)

/** A change by the person here: one step, unless it continues the last one. Nothing happens where nothing changes. */
export function changed(
  draft: Draft,
  changes: Changes,
  {
    label,
    now,
    merge,
  }: { readonly label: string; readonly now: number; readonly merge?: string | undefined },
): Draft {
  const content = { ...draft.content, ...changes }
  const parts = differing(draft.content, content)
  if (parts.length === 0) return draft
  const step = { label, before: pick(draft.content, parts), after: pick(content, parts), at: now, merge }
  return { ...draft, content, history: record(draft.history, step) }
}

/** One step back or forward; the same draft where there is none. */
export function moved(draft: Draft, direction: 'undo' | 'redo'): Draft {
  const found = (direction === 'undo' ? undo : redo)(draft.history, draft.content)
  if (found === null) return draft
  return { ...draft, content: { ...draft.content, ...found.changes }, history: found.history }
}

/** After the server took a change. */
export const acknowledged = (draft: Draft, changes: Changes, version: number): Draft => ({
  ...draft,
  saved: { ...draft.saved, ...changes },
  version,
  sent: {},
})

/** What others have changed since. */
const foreign = ({ saved, sent }: Draft, { content }: Theirs): Part[] =>
  differing(content, saved).filter((part) => !(part in sent && same(sent[part], content[part])))

/** The parts that were changed here and there, and not into the same. */
export function conflictOf(draft: Draft, theirs: Theirs): Conflict | null {
  const mine = unsaved(draft)
  const parts = foreign(draft, theirs).filter(
    (part) => mine.includes(part) && !same(draft.content[part], theirs.content[part]),
  )
  return parts.length === 0 ? null : { theirs, parts }
}

/**
 * The draft on top of what the server has by now: unsaved parts stay, the others become what they are there. That is one step, so that
 * nothing of before is lost; `label` names it. Captions that come with a voice from elsewhere are none: they go with it.
 */
export function met(draft: Draft, theirs: Theirs, { label, now }: { label: string; now: number }): Draft {
  const mine = unsaved(draft)
  const adopted = foreign(draft, theirs).filter((part) => !mine.includes(part))
  const content = { ...theirs.content, ...pick(draft.content, mine) }
  const follows = (part: Part) => part === 'captions' && content.captions?.origin === 'voice'
  const told = adopted.filter((part) => label !== ELSEWHERE || !follows(part))
  const step = { label, before: pick(draft.content, told), after: pick(content, told), at: now }
  return {
    content,
    saved: theirs.content,
    version: theirs.version,
    sent: {},
    history: told.length === 0 ? draft.history : adopt(draft.history, step),
  }
}

/** The end of a conflict. Either version can be had back by undoing. */
export function resolved(
  draft: Draft,
  { theirs, parts }: Conflict,
  { keep, now }: { readonly keep: 'mine' | 'theirs'; readonly now: number },
): Draft {
  const [mine, other] = [pick(draft.content, parts), pick(theirs.content, parts)]
  const rest = met({ ...draft, content: { ...draft.content, ...other } }, theirs, { label: ELSEWHERE, now })
  const [before, after] = keep === 'mine' ? [other, mine] : [mine, other]
  const label = keep === 'mine' ? 'Keep my version' : 'Take the other version'
  return {
    ...rest,
    content: { ...rest.content, ...after },
    history: adopt(rest.history, { label, before, after, at: now }),
  }
}

/** What is sent next: of the unsaved parts those that go in one request. `null` where all is saved. */
export function nextChange(draft: Draft): Changes | null {
  const parts = unsaved(draft)
  const alone = PARTS.find((part) => (part === 'timeline' || part === 'captions') && parts.includes(part))
  if (alone !== undefined) return pick(draft.content, [alone])
  return parts.length === 0 ? null : pick(draft.content, parts)
}
