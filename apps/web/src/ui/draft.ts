/** What was edited and differs from what is saved. */
export function changesOf<T extends object>(saved: T, edits: Partial<T>): Partial<T> {
  const names = Object.keys(edits) as (keyof T)[]
  return Object.fromEntries(
    names.filter((name) => !Object.is(edits[name], saved[name])).map((name) => [name, edits[name]]),
  ) as Partial<T>
}
