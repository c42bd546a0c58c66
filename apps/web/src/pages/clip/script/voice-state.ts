import type { Clip } from '../../../data/clips.ts'
import type { Content } from '../editor/content.ts'

/** `making`: another one is on its way, whatever the clip has; `outdated`: it says other words, or another voice does. */
export type VoiceState = 'none' | 'making' | 'outdated' | 'current'

/** What there is of a voice for the words that stand on the page, which the server may not have yet. Pure. */
export function voiceStateOf(
  { voiceover, script, voice }: Pick<Clip, 'voiceover' | 'script' | 'voice'>,
  content: Pick<Content, 'script' | 'voice'>,
  isMaking: boolean,
): VoiceState {
  if (isMaking) return 'making'
  if (voiceover === null) return 'none'
  const isSaved = script === content.script && voice === content.voice
  return voiceover.stale || !isSaved ? 'outdated' : 'current'
}
