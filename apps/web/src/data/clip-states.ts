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

/** A clip in words, for who does not see its card. */
export function describeClip(clip: Clip, title: string): string {
  const states = statesOf(clip).map(({ label }) => label.toLowerCase())
  const parts = [title, formatClock(clip.lengthSeconds), ...(clip.selected ? ['picked'] : []), ...states]
  return parts.join(', ')
}
