import type { Clip, Voice } from '@cutroom/contracts'
import { fullVoiceId, listVoices as voicesOf } from '@cutroom/speech'
import { changeContent } from '../clips/change.ts'
import { checkVersion, lockClip } from '../clips/rows.ts'
import type { Service } from '../service.ts'

const MICROS = 1e6

/** Every voice that can speak a script. */
export async function listVoices({ studio }: Service): Promise<Voice[]> {
  return (await voicesOf(studio.speech)).map((resolved) => {
    const { provider, voice } = resolved
    return {
      id: fullVoiceId(resolved),
      name: voice.name,
      provider: provider.name,
      languages: [...voice.languages],
      gender: voice.gender,
      micros1000: Math.round(provider.capabilities.price.perCharacter * 1000 * MICROS),
    }
  })
}

/**
 * Takes the voice out of a clip, and the captions that came with it. The timeline stays. Throws `not-found`, `version-conflict`.
 */
export const removeVoiceover = (
  service: Service,
  profileId: string,
  clipId: string,
  version: number,
): Promise<Clip> =>
  service.db.ofProfile(profileId, async (tx) => {
    const row = await lockClip(tx, profileId, clipId)
    checkVersion(row, version)
    const none = {
      voiceoverHash: null,
      voiceoverKind: null,
      voiceoverScript: null,
      voiceoverVoice: null,
    } as const
    const captions = row.captions?.origin === 'voice' ? null : row.captions
    return (await changeContent(tx, row, { ...none, captions })).answer
  })
