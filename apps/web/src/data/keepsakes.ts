/**
 * What this browser keeps, under keys that begin with `cutroom:`. A browser may refuse to keep anything, or have no room: then nothing is
 * found, and a page works without what it would have kept. What belongs to a person's work, such as drafts, the next person in front of it
 * must not find.
 */
const PREFIX = 'cutroom:'
/** Whose it is. */
const PERSON = `${PREFIX}person`
/** About the screen and the loudspeakers, whoever sits in front of them. */
const ANYBODYS = [`${PREFIX}theme`, `${PREFIX}player`]
/** What the same person finds again after they signed out: ids alone. */
const HARMLESS = [PERSON, `${PREFIX}profile`, `${PREFIX}first-steps:`]

/** For how long something is kept: `browser`, over days and in all tabs; `tab`, over reloads of this one. */
type Place = 'browser' | 'tab'

const STORAGES: Readonly<Record<Place, () => Storage>> = {
  browser: () => localStorage,
  tab: () => sessionStorage,
}

/** What storage gives; `refused` where the browser lets nothing be kept, or has no room. */
function attempt<T>(place: Place, use: (storage: Storage) => T, refused: T): T {
  try {
    return use(STORAGES[place]())
  } catch {
    return refused
  }
}

/** What is kept under a key; `null` for nothing. */
export const keptText = (key: string, place: Place = 'browser'): string | null =>
  attempt(place, (storage) => storage.getItem(key), null)

/** The same of what `keepJson` kept. */
export const keptJson = <T>(key: string, place: Place = 'browser'): T | null =>
  attempt(place, (storage) => JSON.parse(storage.getItem(key) ?? 'null') as T | null, null)

/** Whether the person of this page has signed out: what still ends on it, such as a save, keeps nothing any more. */
let isLeft = false

/** Keeps a text; says whether it could. */
export const keepText = (key: string, text: string, place: Place = 'browser'): boolean =>
  !isLeft &&
  attempt(
    place,
    (storage) => {
      storage.setItem(key, text)
      return true
    },
    false,
  )

export const keepJson = (key: string, value: unknown, place: Place = 'browser'): boolean =>
  keepText(key, JSON.stringify(value), place)

export const dropKept = (key: string, place: Place = 'browser'): void =>
  attempt(place, (storage) => storage.removeItem(key), undefined)

/** The keys that begin so. */
export const keptKeys = (start: string): string[] =>
  attempt('browser', (storage) => Object.keys(storage).filter((key) => key.startsWith(start)), [])

function forgetAllBut(place: Place, spared: readonly string[]): void {
  attempt(
    place,
    (storage) => {
      for (const key of Object.keys(storage))
        if (key.startsWith(PREFIX) && !spared.some((start) => key.startsWith(start))) storage.removeItem(key)
    },
    undefined,
  )
}

const PLACES: readonly Place[] = ['browser', 'tab']

/** Files that could be opened again. */
const forgetHandles = (): void =>
  attempt('browser', () => void indexedDB.deleteDatabase('cutroom-uploads'), undefined)

/** Keeps from now on for this person; what was kept for another one is gone. */
export function keepFor(personId: string): void {
  for (const place of PLACES) {
    const before = keptText(PERSON, place)
    if (before === personId) continue
    if (before !== null) {
      forgetAllBut(place, ANYBODYS)
      forgetHandles()
    }
    keepText(PERSON, personId, place)
  }
}

/** Calls back when another person took this browser over in another tab of it. */
export const onTakenOver = (listener: () => void): void =>
  addEventListener('storage', ({ key, oldValue, newValue }) => {
    if (key === PERSON && oldValue !== null && newValue !== oldValue) listener()
  })

/** Forgets what a person who signs out has worked on, and keeps nothing more until there is a new page. */
export function forgetWork(): void {
  isLeft = true
  for (const place of PLACES) forgetAllBut(place, [...ANYBODYS, ...HARMLESS])
  forgetHandles()
}
