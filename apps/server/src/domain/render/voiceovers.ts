import {
  CutroomError,
  type ErrorCode,
  problemOf,
  timelineSeconds,
  toCutroomError,
  type VoiceoverOutcomes,
} from '@cutroom/contracts'
import { fitTimeline } from '@cutroom/media'
import type { Entry } from '../../storage/storage.ts'
import { changeContent } from '../clips/change.ts'
import { segmentsForClip } from '../clips/extend.ts'
import { type ClipRow, lockClip } from '../clips/rows.ts'
import { keptCuts, scoredCuts, spareCuts } from '../clips/scored-cuts.ts'
import { recordArtifact } from '../library/artifacts.ts'
import { lastingSources } from '../library/source-rows.ts'
import { noteFit, noteGlyphs } from '../notes.ts'
import type { QueuedJob } from '../queued-job.ts'
import { type ClipVoice, speakScript, useRecording } from '../voices.ts'
import { cuesUntil, secondsForVoice } from './content.ts'
import { readClip, recordedTrack } from './load.ts'
import { ensurePreview } from './previews.ts'
import { purseOf } from './purse.ts'

/** A script and the id of the voice that says it. */
export interface Words {
  readonly script: string
  readonly voice: string
}

/** A voice for a clip, and what its row says of it. */
interface ForClip {
  readonly voice: ClipVoice
  readonly marks: Pick<ClipRow, 'voiceoverKind' | 'voiceoverHash' | 'voiceoverScript' | 'voiceoverVoice'>
  /** Of a voice that was made. */
  readonly entry: Entry | null
}

/** What the next clip would fail of as well, and another attempt may not. */
const OF_THE_MACHINE: readonly ErrorCode[] = ['database-unavailable', 'disk-full']

/** Has the script of a clip spoken, and the clip fitted to it. Throws `conflict` where its script or voice is changed meanwhile. */
export async function makeVoiceover(job: QueuedJob, clipId: string): Promise<ClipRow> {
  job.expect({ voice: 1, preview: 1 })
  return speakFor(job, await readClip(job, clipId), {})
}

/** Fits a clip to a recorded voice; its script, where it has one, is laid over the recording. Throws `conflict` like `makeVoiceover`. */
export async function takeRecording(job: QueuedJob, clipId: string, sourceId: string): Promise<ClipRow> {
  job.expect({ voice: 1, preview: 1 })
  const row = await readClip(job, clipId)
  const script = row.script.trim() === '' ? null : row.script
  const { path, name } = await recordedTrack(job, sourceId)
  const voice = await useRecording(job, { path, name, sha256: sourceId }, script, row.voice)
  const marks = { voiceoverKind: 'source', voiceoverHash: sourceId, voiceoverScript: script } as const
  return giveVoice(job, row, { voice, marks: { ...marks, voiceoverVoice: null }, entry: null }, {})
}

/**
 * Gives many clips their voice, each by itself: one that fails does not stop the others. `words` replace those of each clip where
 * they are given. Throws what stops the job itself, and after the last clip the first failure that another attempt may get past: it
 * finds the voices of the others.
 */
export async function makeVoiceovers(
  job: QueuedJob,
  clipIds: readonly string[],
  words: Partial<Words>,
): Promise<VoiceoverOutcomes> {
  const unique = [...new Set(clipIds)]
  job.expect({ voice: unique.length, preview: unique.length })
  const items: VoiceoverOutcomes['items'] = []
  let passing: CutroomError | null = null
  for (const clipId of unique) {
    try {
      const row = await readClip(job, clipId)
      if (job.attempt > 1 && isTakenBack(row, words)) throw wordsChanged()
      await speakFor(job, row, words)
      items.push({ clipId, problem: null })
    } catch (thrown) {
      const error = toCutroomError(thrown)
      if (job.signal.aborted || OF_THE_MACHINE.includes(error.code)) throw thrown
      items.push({ clipId, problem: problemOf(error) })
      if (job.triesAgain(error)) passing ??= error
    }
  }
  if (passing !== null) throw passing
  return { items }
}

/** Whether a clip was given words before, and a person has replaced them since: they are not given once more. */
const isTakenBack = (row: ClipRow, { script, voice }: Partial<Words>): boolean =>
  (script !== undefined && row.voiceoverScript === script && row.script !== script) ||
  (voice !== undefined && row.voiceoverVoice === voice && row.voice !== voice)

/** `words`: those that the clip gets; what is not among them is its own, and must stay until it is spoken. */
async function speakFor(job: QueuedJob, row: ClipRow, words: Partial<Words>): Promise<ClipRow> {
  const { script, voice: voiceId } = { ...row, ...words }
  const spoken = await speakScript(job, script, voiceId, purseOf(job))
  const { entry } = spoken
  const marks = {
    voiceoverKind: 'voiceover',
    voiceoverHash: entry.key.hash,
    voiceoverScript: script,
    voiceoverVoice: voiceId,
  } as const
  return giveVoice(job, row, { voice: spoken, marks, entry }, words)
}

/** Writes a voice into a clip: the timeline is fitted to it, and captions follow it unless a person wrote them. */
async function giveVoice(
  job: QueuedJob,
  row: ClipRow,
  { voice, marks, entry }: ForClip,
  words: Partial<Words>,
): Promise<ClipRow> {
  const { id: profileId } = job.profile
  const seconds = secondsForVoice(voice.durationSeconds)
  const given = await job.service.db.ofProfile(profileId, async (tx) => {
    if (entry !== null) await recordArtifact(tx, profileId, entry)
    const now = await lockClip(tx, profileId, row.id)
    const recording = marks.voiceoverKind === 'source' ? [marks.voiceoverHash ?? ''] : []
    if ((await lastingSources(tx, profileId, recording)).size < recording.length)
      throw new CutroomError('not-found', 'The recording was deleted meanwhile.')
    const [asked, wanted] = [
      { ...row, ...words },
      { ...now, ...words },
    ]
    if (wanted.script !== asked.script || wanted.voice !== asked.voice) return null
    const segments = await segmentsForClip(tx, now)
    const fit = fitTimeline(scoredCuts(now.timeline, segments), seconds, { unused: spareCuts(segments) })
    const timeline = keptCuts(fit.cuts, now.timeline)
    const cues = cuesUntil(voice.cues, timelineSeconds(timeline))
    const spoken = cues.length === 0 ? null : ({ origin: 'voice', cues } as const)
    const captions = now.captions?.origin === 'person' ? now.captions : spoken
    return {
      fit,
      ...(await changeContent(tx, now, {
        ...marks,
        ...words,
        voiceoverSeconds: voice.durationSeconds,
        timeline,
        captions,
      })),
    }
  })
  // Thrown here, since what the transaction wrote down of the voice is to stay.
  if (given === null) throw wordsChanged()
  noteFit(job, row.name, given.fit)
  noteGlyphs(job, given.row.captionStyle, given.row.captions?.cues ?? [])
  return (await ensurePreview(job, row.id)) ?? given.row
}

const wordsChanged = () =>
  new CutroomError('conflict', 'The script or the voice of the clip was changed while it was spoken.', {
    remedy:
      'Ask for the voiceover again. What was spoken is kept and costs nothing should the change be undone.',
  })
