import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { type Cue, CutroomError, cueSchema } from '@cutroom/contracts'
import { decodeSound, probeFile } from '@cutroom/media'
import {
  alignScript,
  encodeWav,
  makeVoiceover,
  type PhraseCache,
  type ResolvedVoice,
  resolveVoice,
  VOICEOVER_VERSION,
} from '@cutroom/speech'
import { z } from 'zod'
import { recipeHash } from '../storage/recipe.ts'
import { hashFile } from './hash-file.ts'
import { inFolder, type Job } from './job.ts'
import { runStage } from './stage.ts'

/** A voice that a clip is fitted to: synthetic or recorded. */
export interface ClipVoice {
  readonly path: string
  /** Index of its audio stream. */
  readonly audioIndex: number
  readonly sha256: string
  readonly durationSeconds: number
  readonly cues: readonly Cue[]
}

const voiceoverMetaSchema = z.object({ durationSeconds: z.number().positive(), cues: z.array(cueSchema) })

/** Rate at which a recording is listened to for its pauses, Hz. */
const LISTEN_RATE = 16_000

/** Has a script spoken, or finds the voiceover that was made of the same words by the same voice before. */
export async function speakScript(job: Job, script: string, voiceId: string): Promise<ClipVoice> {
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
      const spoken = await makeVoiceover({ script, voice }, { cache, signal: job.signal, onProgress })
      const file = path.join(folder, 'voice.wav')
      await writeFile(file, encodeWav(spoken.pcm, spoken.sampleRate))
      const { durationSeconds, cues, bought } = spoken
      return { files: { 'voice.wav': file }, meta: { durationSeconds, cues, bought } }
    }
    const artifact = await inFolder(job, 'voice', (folder) =>
      artifacts.ensure(job.profile.id, 'voiceover', recipe, () => speak(folder), job.signal),
    )
    const { durationSeconds, cues } = voiceoverMetaSchema.parse(artifact.meta)
    const sha256 = artifact.files['voice.wav']?.sha256 ?? ''
    const value = { path: artifact.path('voice.wav'), audioIndex: 0, sha256, durationSeconds, cues }
    return { value, found: !artifact.made, detail: `${durationSeconds.toFixed(1)} s` }
  })
}

/** Takes a recorded voice; with the script that was read, its words are laid over the recording. */
export async function useRecording(
  job: Job,
  file: string,
  script: string | null,
  voiceId: string,
): Promise<ClipVoice> {
  const about = { profile: job.profile.name, stage: 'voice', subject: path.basename(file) } as const
  return runStage(job.report, about, async () => {
    const { tools, speech } = job.studio
    const folder = await job.scratch.folder('recording')
    const probe = await probeFile(tools, file, { scratchDir: folder, signal: job.signal })
    const sha256 = await hashFile(file, job.signal)
    const place = { folder, signal: job.signal }
    const pcm = await decodeSound(tools, file, probe, LISTEN_RATE, place)
    const durationSeconds = pcm.length / LISTEN_RATE
    if (durationSeconds === 0)
      throw new CutroomError('media-broken', 'The recording has no sound that can be decoded.', {
        field: 'audio',
      })
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

/** Spoken phrases, kept in the profile's own storage: what was bought once is never bought again. */
function phraseCache(job: Job, folder: string): PhraseCache {
  const { storage } = job.studio
  const keyOf = (recipe: unknown) =>
    ({ profileId: job.profile.id, kind: 'speech-phrase', hash: recipeHash(recipe) }) as const
  return {
    async get(recipe) {
      const key = keyOf(recipe)
      const entry = await storage.find(key)
      return entry && readFile(storage.localPath(key, 'phrase.bin'))
    },
    async put(recipe, bytes) {
      const key = keyOf(recipe)
      const file = path.join(folder, `${key.hash}.bin`)
      await writeFile(file, bytes)
      await storage.publish(key, { files: { 'phrase.bin': file }, meta: recipe })
    },
  }
}
