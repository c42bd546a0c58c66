import type { StorageDay } from '../../data/storage.ts'

type Groups = StorageDay['groups']

/** What is stored, as people tell it apart. `tone` gives bar and legend their colour, as the colour of their text. */
export const STORAGE_GROUPS = [
  { key: 'sources', label: 'Sources', tone: 'text-blue-700 dark:text-blue-400' },
  { key: 'previews', label: 'Previews', tone: 'text-teal-600 dark:text-teal-300' },
  { key: 'voices', label: 'Voices', tone: 'text-amber-600 dark:text-amber-300' },
  { key: 'exports', label: 'Exports', tone: 'text-fuchsia-800 dark:text-fuchsia-400' },
  { key: 'other', label: 'Other', tone: 'text-stone-500 dark:text-stone-400' },
] as const satisfies readonly { key: keyof Groups; label: string; tone: string }[]

export interface Part {
  readonly key: keyof Groups
  readonly label: string
  readonly tone: string
  readonly bytes: number
}

/** The groups that hold something, the lowest of a stack first. */
export const partsOf = (groups: Groups): Part[] =>
  STORAGE_GROUPS.map((group) => ({ ...group, bytes: groups[group.key] })).filter(({ bytes }) => bytes > 0)
