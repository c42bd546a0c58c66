/** What was done and undone, as changes of parts: undoing one thing leaves parts alone that others have changed meanwhile. */

export interface Step<T> {
  /** What was done, for people: `Trim a cut`. */
  readonly label: string
  readonly before: Partial<T>
  readonly after: Partial<T>
  /** When it was done last, milliseconds. */
  readonly at: number
  /** Steps of the same name that follow each other closely, as when one types, are one. */
  readonly merge?: string | undefined
}

export interface History<T> {
  /** The newest last. */
  readonly past: readonly Step<T>[]
  /** What can be done again, the next one last. */
  readonly future: readonly Step<T>[]
}

/** Keys that are pressed within so many milliseconds are one step. */
export const MERGED_MS = 1000

export const emptyHistory = <T>(): History<T> => ({ past: [], future: [] })

/** The history after one more step; what was undone cannot be done again. */
export function record<T>({ past }: History<T>, step: Step<T>): History<T> {
  const last = past.at(-1)
  if (last === undefined || !belongTogether(last, step)) return { past: [...past, step], future: [] }
  const merged = {
    ...step,
    before: { ...step.before, ...last.before },
    after: { ...last.after, ...step.after },
  }
  return { past: [...past.slice(0, -1), merged], future: [] }
}

/** The history after a step that came from elsewhere: what was undone before can still be done again. */
export const adopt = <T>({ past, future }: History<T>, step: Step<T>): History<T> => ({
  past: [...past, step],
  future,
})

const belongTogether = (last: Step<unknown>, { merge, at }: Step<unknown>): boolean =>
  merge !== undefined && merge === last.merge && at - last.at <= MERGED_MS

interface Moved<T> {
  readonly history: History<T>
  readonly changes: Partial<T>
}

/** One step back; `null` at the beginning. Others may have changed the same since: `now` is what doing it again brings back. */
export function undo<T>({ past, future }: History<T>, now: T): Moved<T> | null {
  const step = past.at(-1)
  if (step === undefined) return null
  const undone = { ...step, after: partsOf(now, step.before) }
  return { history: { past: past.slice(0, -1), future: [...future, undone] }, changes: step.before }
}

/** One step forward again; `null` where nothing was undone. `now` is what undoing it once more brings back. */
export function redo<T>({ past, future }: History<T>, now: T): Moved<T> | null {
  const step = future.at(-1)
  if (step === undefined) return null
  // What is typed now is a step of its own.
  const { merge: _, ...rest } = step
  const done = { ...rest, before: partsOf(now, step.after) }
  return { history: { past: [...past, done], future: future.slice(0, -1) }, changes: step.after }
}

/** The same parts of something else. */
const partsOf = <T>(whole: T, parts: Partial<T>): Partial<T> =>
  Object.fromEntries(Object.keys(parts).map((part) => [part, whole[part as keyof T]])) as Partial<T>
