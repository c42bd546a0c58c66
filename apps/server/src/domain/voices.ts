import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { type Cue, CutroomError, cueSchema } from '@cutroom/contracts'
import { decodeSound, probeFile } from '@cutroom/media'
import {
  alignScript,
  encodeWav,
  makeVoiceover,
  type PhraseCache,
  type Quote,
  quoteVoiceover,
  type ResolvedVoice,
  resolveVoice,
  VOICEOVER_VERSION,
} from '@cutroom/speech'
import { z } from 'zod'
import { recipeHash } from '../storage/recipe.ts'
import type { Entry, EntryKey } from '../storage/storage.ts'
import { hashFile } from './hash-file.ts'
import { inFolder, type Job, type Studio } from './job.ts'
import { checkVoiceLength, type SoundTrack } from './render/content.ts'
import { runStage } from './stage.ts'

/** A voice that a clip is fitted to: synthetic or recorded. */
export interface ClipVoice extends SoundTrack {
  readonly durationSeconds: number
  readonly cues: readonly Cue[]
}

/** A voice that was made of a script, with the entry that keeps it. */
export interface SpokenVoice extends ClipVoice {
  readonly entry: Entry
  /** False where it was found. */
  readonly made: boolean
}

/** Who pays for speech. */
export interface Purse {
  /**
   * Runs work that will cost up to `quote`, in millionths of a US dollar; it tells of every bit that it has spent. Throws
   * `quota-exceeded`, before anything is bought, where that is too much or there is no room for what is bought.
   */
  pay<T>(provider: string, quote: number, work: (spent: (micros: number) => void) => Promise<T>): Promise<T>
}

/** Pays whatever it costs: whoever owns the machine. */
export const OPEN_PURSE: Purse = { pay: (_provider, _quote, work) => work(() => undefined) }

export const VOICE_FILE = 'voice.wav'
export const voiceoverMetaSchema = z.object({
  durationSeconds: z.number().positive(),
  cues: z.array(cueSchema),
})

const MICROS = 1e6
/** Rate at which a recording is listened to for its pauses, Hz. */
const LISTEN_RATE = 16_000

/**
 * Has a script spoken, or finds the voiceover that was made of the same words by the same voice before.
 * Throws `script-empty`, `script-too-long`, `voice-unknown`, `quota-exceeded`, `speech-failed`.
 */
export async function speakScript(
  job: Job,
  script: string,
  voiceId: string,
  purse: Purse = OPEN_PURSE,
): Promise<SpokenVoice> {
  const { speech, artifacts } = job.studio
  const voice = await resolveVoice(voiceId, speech)
  const engine = await voice.provider.engine()
  const recipe = {
    version: VOICEOVER_VERSION,
    provider: voice.provider.id,
    engine,
    voice: voice.voice.id,
    script,
  }
  const about = { profile: job.profile.name, stage: 'voice', subject: voiceId } as const
  return runStage(job.report, about, async (onProgress) => {
    const speak = async (folder: string) => {
      const cache = phraseCache(job, folder)
      const quote = await quoteVoiceover({ script, voice }, cache)
      const spoken = await purse.pay(voice.provider.id, Math.ceil(quote.cost * MICROS), (spent) =>
        makeVoiceover({ script, voice: metered(voice, spent) }, { cache, signal: job.signal, onProgress }),
      )
      const file = path.join(folder, VOICE_FILE)
      await writeFile(file, encodeWav(spoken.pcm, spoken.sampleRate))
      const { durationSeconds, cues, bought } = spoken
      return { files: { [VOICE_FILE]: file }, meta: { durationSeconds, cues, bought } }
    }
    const artifact = await inFolder(job, 'voice', (folder) =>
      artifacts.ensure(job.profile.id, 'voiceover', recipe, () => speak(folder), job.signal),
    )
    const { durationSeconds, cues } = voiceoverMetaSchema.parse(artifact.meta)
    checkVoiceLength(durationSeconds, 'spoken')
    const sha256 = artifact.files[VOICE_FILE]?.sha256 ?? ''
    const track = { path: artifact.path(VOICE_FILE), audioIndex: 0, sha256 }
    const { key, files, meta } = artifact
    const value = { ...track, durationSeconds, cues, entry: { key, files, meta }, made: artifact.made }
    return { value, found: !artifact.made, detail: `${durationSeconds.toFixed(1)} s` }
  })
}

/** A voice that tells of what each of its answers has cost. */
function metered({ provider, voice }: ResolvedVoice, spent: (micros: number) => void): ResolvedVoice {
  const { perCharacter } = provider.capabilities.price
  const speak: typeof provider.speak = async (request) => {
    const audio = await provider.speak(request)
    spent(Math.ceil(Array.from(request.text).length * perCharacter * MICROS))
    return audio
  }
  const { id, name, capabilities } = provider
  const voices = () => provider.voices()
  const engine = () => provider.engine()
  return { provider: { id, name, capabilities, voices, engine, speak }, voice }
}

/** A recording that was read aloud. */
export interface Recording {
  readonly path: string
  /** For people. */
  readonly name: string
  /** Where it is known already. */
  readonly sha256?: string
}

/**
 * Takes a recorded voice; with the script that was read, its words are laid over the recording.
 * Throws `media-no-audio`, `media-broken`, `media-too-large`.
 */
export async function useRecording(
  job: Job,
  recording: Recording,
  script: string | null,
  voiceId: string,
): Promise<ClipVoice> {
  const about = { profile: job.profile.name, stage: 'voice', subject: recording.name } as const
  return runStage(job.report, about, async () => {
    const { tools, speech } = job.studio
    const { path: file } = recording
    const folder = await job.scratch.folder('recording')
    const probe = await probeFile(tools, file, { scratchDir: folder, signal: job.signal })
    const sha256 = recording.sha256 ?? (await hashFile(file, job.signal))
    const place = { folder, signal: job.signal }
    const pcm = await decodeSound(tools, file, probe, LISTEN_RATE, place)
    const durationSeconds = pcm.length / LISTEN_RATE
    if (durationSeconds === 0)
      throw new CutroomError('media-broken', 'The recording has no sound that can be decoded.', {
        field: 'audio',
      })
    checkVoiceLength(durationSeconds, 'recorded')
    const language = async () => languageOf(await resolveVoice(voiceId, speech))
    const cues =
      script === null ? [] : alignScript({ script, language: await language(), pcm, sampleRate: LISTEN_RATE })
    const audioIndex = probe.audio?.index ?? 0
    return {
      value: { path: file, audioIndex, sha256, durationSeconds, cues },
      detail: `${durationSeconds.toFixed(1)} s`,
    }
  })
}

const languageOf = ({ voice }: ResolvedVoice): string => voice.languages[0] ?? 'und'

/** What it would cost a profile now to have a script spoken, and how long that would take. Throws like `speakScript`; nothing is bought. */
export async function quoteScript(
  studio: Studio,
  profileId: string,
  script: string,
  voiceId: string,
): Promise<Quote> {
  const voice = await resolveVoice(voiceId, studio.speech)
  return quoteVoiceover({ script, voice }, keptPhrases(studio, profileId))
}

const phraseKey = (profileId: string, recipe: unknown): EntryKey => ({
  profileId,
  kind: 'speech-phrase',
  hash: recipeHash(recipe),
})

/** Spoken phrases, kept in the profile's own storage: what was bought once is never bought again. */
const keptPhrases = ({ storage }: Studio, profileId: string): Pick<PhraseCache, 'get'> => ({
  async get(recipe) {
    const key = phraseKey(profileId, recipe)
    const entry = await storage.find(key)
    return entry && readFile(storage.localPath(key, 'phrase.bin'))
  },
})

function phraseCache({ studio, profile }: Job, folder: string): PhraseCache {
  const { storage } = studio
  return {
    ...keptPhrases(studio, profile.id),
    async put(recipe, bytes) {
      const key = phraseKey(profile.id, recipe)
      const file = path.join(folder, `${key.hash}.bin`)
      await writeFile(file, bytes)
      await storage.publish(key, { files: { 'phrase.bin': file }, meta: recipe })
    },
  }
}
