import { formatClock } from '../format.ts'
import type { Clip } from './clips.ts'

export interface ClipState {
  readonly about: 'voice' | 'captions' | 'export'
  readonly label: string
  /** Whether it no longer fits the clip. */
  readonly isStale: boolean
}

/** What a clip has, and whether it still fits. */
export function statesOf({ voiceover, captions, exports }: Pick<Clip, 'voiceover' | 'captions' | 'exports'>) {
  const states: ClipState[] = []
  if (voiceover)
    states.push({
      about: 'voice',
      label: voiceover.stale ? 'Voice is outdated' : 'Has a voice',
      isStale: voiceover.stale,
    })
  if (captions) states.push({ about: 'captions', label: 'Has captions', isStale: false })
  const isStale = exports.some(({ stale }) => stale)
  if (exports.length > 0)
    states.push({ about: 'export', label: isStale ? 'Export is outdated' : 'Exported', isStale })
  return states
}

/** A clip that is fitted to a voice goes on for so many seconds after it, so that it does not break off. */
export const VOICE_TAIL = 0.3

/** What is lost of a voice at its end is not heard, or not missed, where it is less: a frame or so. */
const UNHEARD = 0.05

/** Seconds of its voice that cuts of so many seconds leave no room for; 0 where all of it is heard, or where its length is not known. */
export function cutOff(voiceover: Clip['voiceover'], clipSeconds: number): number {
  const over = (voiceover?.seconds ?? 0) - clipSeconds
  return over > UNHEARD ? over : 0
}

/** A clip in words, for who does not see its card. */
export function describeClip(clip: Clip, title: string): string {
  const states = statesOf(clip).map(({ label }) => label.toLowerCase())
  const parts = [title, formatClock(clip.lengthSeconds), ...(clip.selected ? ['picked'] : []), ...states]
  return parts.join(', ')
}
