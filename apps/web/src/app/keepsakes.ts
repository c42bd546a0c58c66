/**
 * What this browser keeps of a person's work, such as drafts, under keys that begin with `cutroom:`. The next person in front of it
 * must not find it.
 */
const PREFIX = 'cutroom:'
/** Whose it is. */
const PERSON = `${PREFIX}person`
/** About the screen and the loudspeakers, whoever sits in front of them. */
const ANYBODYS = [`${PREFIX}theme`, `${PREFIX}player`]
/** What the same person finds again after they signed out: ids alone. */
const HARMLESS = [PERSON, `${PREFIX}profile`, `${PREFIX}first-steps:`]

function remove(storage: Storage, spared: readonly string[]): void {
  for (const key of Object.keys(storage))
    if (key.startsWith(PREFIX) && !spared.some((start) => key.startsWith(start))) storage.removeItem(key)
}

/** Files that could be opened again. */
const forgetHandles = (): void => void indexedDB.deleteDatabase('cutroom-uploads')

/** Keeps from now on for this person; what was kept for another one is gone. */
export function keepFor(personId: string): void {
  try {
    for (const storage of [localStorage, sessionStorage]) {
      const before = storage.getItem(PERSON)
      if (before === personId) continue
      if (before !== null) {
        remove(storage, ANYBODYS)
        forgetHandles()
      }
      storage.setItem(PERSON, personId)
    }
  } catch {
    // A browser that keeps nothing for us has nothing to forget.
  }
}

/** Calls back when another person took this browser over in another tab of it. */
export const onTakenOver = (listener: () => void): void =>
  addEventListener('storage', ({ key, oldValue, newValue }) => {
    if (key === PERSON && oldValue !== null && newValue !== oldValue) listener()
  })

/** Forgets what a person who signs out has worked on. */
export function forgetWork(): void {
  try {
    for (const storage of [localStorage, sessionStorage]) remove(storage, [...ANYBODYS, ...HARMLESS])
    forgetHandles()
  } catch {
    // The same.
  }
}
