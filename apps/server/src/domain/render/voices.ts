import { type Clip, CutroomError, toCutroomError, type Voice, type VoiceQuote } from '@cutroom/contracts'
import {
  fullVoiceId,
  type ResolvedVoice,
  resolveVoice,
  sampleSentence,
  listVoices as voicesOf,
} from '@cutroom/speech'
import { changeContent } from '../clips/change.ts'
import { checkVersion, lockClip } from '../clips/rows.ts'
import { inRequest } from '../in-request.ts'
import { recordArtifact } from '../library/artifacts.ts'
import type { EntryFile } from '../library/entry-file.ts'
import { admitKept, VOICE_BYTES } from '../library/room.ts'
import type { Service } from '../service.ts'
import { OPEN_PURSE, type Purse, quoteScript, speakScript, VOICE_FILE } from '../voices.ts'

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
 * What it would cost the profile now to have a text spoken, and how long that would take; a blank one is nothing. Throws
 * `voice-unknown`, `script-empty`, `script-too-long`.
 */
export async function quoteVoice(
  { studio }: Service,
  profileId: string,
  { text, voice }: { readonly text: string; readonly voice: string },
): Promise<VoiceQuote> {
  if (text.trim() === '') {
    await resolveVoice(voice, studio.speech)
    return { characters: 0, boughtAlready: 0, words: 0, seconds: 0, costMicros: 0 }
  }
  const { characters, keptCharacters, words, seconds, cost } = await quoteScript(
    studio,
    profileId,
    text,
    voice,
  )
  return {
    characters: characters + keptCharacters,
    boughtAlready: keptCharacters,
    words,
    seconds,
    costMicros: Math.ceil(cost * MICROS),
  }
}

/**
 * A short sentence spoken by a voice in its language; made on demand, and kept like every voiceover that no clip names. Throws
 * `not-found`, `quota-exceeded`, and `conflict` for a voice that costs money: no sample is bought.
 */
export async function voiceSample(service: Service, profileId: string, voiceId: string): Promise<EntryFile> {
  const { studio, db } = service
  const resolved = await voiceOfPath(service, voiceId)
  const { provider, voice } = resolved
  if (provider.capabilities.price.perCharacter > 0)
    throw new CutroomError(
      'conflict',
      `${voice.name} costs money, and ${provider.name} gives no sample of it.`,
      {
        remedy: 'Have a short script spoken; what it costs is told before.',
      },
    )
  const sentence = sampleSentence(voice.languages[0] ?? 'und')
  const purse: Purse = {
    async pay(...price) {
      await admitKept(service, profileId, VOICE_BYTES)
      return OPEN_PURSE.pay(...price)
    },
  }
  const { entry, made } = await inRequest(studio, profileId, (job) =>
    speakScript(job, sentence, fullVoiceId(resolved), purse),
  )
  if (made) await db.ofProfile(profileId, (tx) => recordArtifact(tx, profileId, entry))
  return { key: entry.key, name: VOICE_FILE, contentType: 'audio/wav' }
}

/** The voice of a path: an unknown one is missing like any other thing. */
const voiceOfPath = ({ studio }: Service, id: string): Promise<ResolvedVoice> =>
  resolveVoice(id, studio.speech).catch((thrown: unknown) => {
    const error = toCutroomError(thrown)
    throw error.code === 'voice-unknown' ? new CutroomError('not-found', error.message) : error
  })

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
      voiceoverSeconds: null,
    } as const
    const captions = row.captions?.origin === 'voice' ? null : row.captions
    return (await changeContent(tx, row, { ...none, captions })).answer
  })
