import type { CaptionStyleId, Cue } from '@cutroom/contracts'
import { charactersWithoutGlyph } from '@cutroom/media'
import type { Job } from './job.ts'

/** A length that is changed by more than this for a voice is worth a note. */
export const NOTABLE_SECONDS = 0.5

/** Tells the person something that nothing failed of. */
export const note = (job: Job, message: string): void =>
  job.report({ type: 'note', profile: job.profile.name, message })

/** What was done to a clip for its voice; the shape of what `fitTimeline` gives. */
interface Fit {
  readonly steps: readonly { readonly seconds: number }[]
  readonly sentence: string
}

/** Says how a clip was fitted to its voice, where that changed much of it. */
export function noteFit(job: Job, clipName: string, { steps, sentence }: Fit): void {
  const moved = steps.reduce((sum, step) => sum + step.seconds, 0)
  if (moved > NOTABLE_SECONDS) note(job, `${clipName}: ${sentence}`)
}

/** Says which characters of its captions a clip will leave out. */
export function noteGlyphs(job: Job, captionStyle: CaptionStyleId | null, cues: readonly Cue[]): void {
  if (captionStyle === null) return
  const missing = charactersWithoutGlyph(cues.map(({ text }) => text).join('\n'))
  if (missing.length > 0) note(job, `the captions leave out ${missing.join(' ')}, which no caption font has`)
}
