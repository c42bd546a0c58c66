import { CutroomError } from '@cutroom/contracts'
import type { ClipRow } from '../clips/rows.ts'

/** What of a clip's row says whether its script is spoken. */
export type Spoken = Pick<
  ClipRow,
  'script' | 'voice' | 'voiceoverHash' | 'voiceoverScript' | 'voiceoverVoice'
>

/** Whether a clip has words to say that its voiceover, if it has any, does not say. */
export function isUnspoken({
  script,
  voice,
  voiceoverHash,
  voiceoverScript,
  voiceoverVoice,
}: Spoken): boolean {
  // A recording over which no words were laid says none of a script either.
  if (voiceoverHash === null || voiceoverScript === null) return script.trim() !== ''
  const otherScript = voiceoverScript !== script
  const otherVoice = voiceoverVoice !== null && voiceoverVoice !== voice
  return otherScript || otherVoice
}

/** Throws `conflict` for a clip whose script was not spoken as it is: its export would not say what the person reads. */
export function refuseUnspoken(clip: Spoken): void {
  if (!isUnspoken(clip)) return
  throw new CutroomError(
    'conflict',
    clip.voiceoverHash === null
      ? 'The script of the clip has not been spoken yet.'
      : 'Script or voice of the clip were changed since its voiceover was made.',
    { remedy: 'Make its voiceover first, or remove the script.' },
  )
}
