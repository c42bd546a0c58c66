import type { Cue } from '../editor/content.ts'

/** So far into a word or a caption, its frame shows it at any frame rate. Seconds. */
export const INTO_SAID = 0.05

/** Index of the word that is said at a second of the clip: it stays until the next one begins. -1 before the first. */
export const wordAt = (words: Cue['words'], seconds: number): number =>
  words.findLastIndex(({ start }) => start <= seconds)

/** Index of the cue that is shown at a second of the clip; -1 for none. */
export const cueAt = (cues: readonly Cue[], seconds: number): number =>
  cues.findIndex(({ start, end }) => start <= seconds && seconds < end)
