import { checkedScript, resolveVoice } from '@cutroom/speech'
import type { Studio } from '../job.ts'

/** Throws `voice-unknown`, and `script-empty` or `script-too-long` for a script that the voice cannot say. Blank is no script. */
export async function checkSpeech(studio: Studio, voice: string, script: string): Promise<void> {
  const { provider } = await resolveVoice(voice, studio.speech)
  if (script.trim() !== '') checkedScript(script, provider.capabilities.limits.charactersPerScript)
}
