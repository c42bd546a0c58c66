import type { Schemas } from '../../../api/client.ts'
import type { Clip } from '../../../data/clips.ts'

/** A cut as it is edited: without its place in the clip, which follows from those before it. */
export type Cut = Omit<Clip['timeline'][number], 'at'>
export type Captions = Schemas['Captions']
export type Cue = Captions['cues'][number]

/** What a person edits of a clip. */
export interface Content {
  readonly timeline: readonly Cut[]
  readonly script: string
  readonly voice: string
  readonly captionStyle: Clip['captionStyle']
  readonly sourceSound: boolean
  readonly musicSourceId: string | null
  readonly captions: Captions | null
}

export type Part = keyof Content
export type Changes = Partial<Content>

/** The parts as people call them. */
const PART_NAMES: Readonly<Record<Part, string>> = {
  timeline: 'timeline',
  script: 'script',
  voice: 'voice',
  captionStyle: 'style of the captions',
  sourceSound: 'sound of the sources',
  musicSourceId: 'music',
  captions: 'captions',
}
export const PARTS = Object.keys(PART_NAMES) as Part[]

const list = new Intl.ListFormat('en', { type: 'conjunction' })

/** `timeline and captions`. */
export const namesOf = (parts: readonly Part[]): string => list.format(parts.map((part) => PART_NAMES[part]))

export function contentOf(clip: Clip, captions: Captions | null): Content {
  const { script, voice, captionStyle, sourceSound, musicSourceId } = clip
  const timeline = clip.timeline.map(({ at: _, ...cut }) => cut)
  return { timeline, script, voice, captionStyle, sourceSound, musicSourceId, captions }
}

/** Whether two values of plain data say the same. */
export function same(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  const [left, right] = [Object.entries(a), b as Record<string, unknown>]
  return (
    Array.isArray(a) === Array.isArray(b) &&
    left.length === Object.keys(right).length &&
    left.every(([key, value]) => same(value, right[key]))
  )
}

/** The parts in which two contents differ. */
export const differing = (a: Content, b: Content): Part[] => PARTS.filter((part) => !same(a[part], b[part]))

/** Some parts of a content. */
export const pick = (content: Content, parts: readonly Part[]): Changes =>
  Object.fromEntries(parts.map((part) => [part, content[part]]))
