import { type Cue, CutroomError } from '@cutroom/contracts'
import { readCaptions } from '@cutroom/media'

/** As many as a clip of ten minutes can have. */
const MOST_CUES = 2000

/** The cues of an SRT or WebVTT file that came in a field of a request. Throws `captions-unreadable`, `field-invalid`. */
export function cuesOfFile(file: string | Uint8Array, field: string): Cue[] {
  const cues = readCaptions(file)
  if (cues.length <= MOST_CUES) return cues
  throw new CutroomError(
    'field-invalid',
    `The captions have ${cues.length} cues; at most ${MOST_CUES} are allowed.`,
    { field, details: { value: cues.length, limit: MOST_CUES } },
  )
}
