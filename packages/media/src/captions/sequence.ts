import type { Cue } from '@cutroom/contracts'

/** Seconds under which two cues count as starting together; a shorter cue could not be read anyway. */
const TOGETHER = 0.1

/**
 * Cues sorted by start, never two at a time: a cue ends where the next one begins. Cues that start together become one,
 * with their lines below each other, and its end is the later one.
 */
export function sequential(cues: readonly Cue[]): Cue[] {
  const result: Cue[] = []
  for (const cue of cues.toSorted((a, b) => a.start - b.start)) {
    const last = result.at(-1)
    if (last !== undefined && cue.start < last.end) {
      result.pop()
      if (cue.start - last.start < TOGETHER) {
        result.push(joined(last, cue))
        continue
      }
      result.push(endingAt(last, cue.start))
    }
    result.push(cue)
  }
  return result
}

function joined(first: Cue, second: Cue): Cue {
  const end = Math.max(first.end, second.end)
  if (first.text === second.text) return { ...first, end }
  return { start: first.start, end, text: `${first.text}\n${second.text}`, words: [] }
}

/** Word times that would leave nothing of a word are dropped, all of them: the text stays whole. */
function endingAt(cue: Cue, end: number): Cue {
  const keeps = cue.words.every((word) => word.start < end)
  const words = keeps ? cue.words.map((word) => ({ ...word, end: Math.min(word.end, end) })) : []
  return { ...cue, end, words }
}
