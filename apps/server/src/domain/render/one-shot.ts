import type { Cue, JobRecord, MadeProject, OneShot } from '@cutroom/contracts'
import type { PayloadOf } from '../../queue/payloads.ts'
import { together } from '../../together.ts'
import { cuesOfFile } from '../clips/caption-file.ts'
import type { ClipContent } from '../clips/change.ts'
import { withSegments } from '../clips/scored-cuts.ts'
import { checkSpeech } from '../clips/speech.ts'
import { clipsOfJob, type NewClip, writeClips } from '../clips/write.ts'
import { type Clip, type ClipInputs, composeClips } from '../clips.ts'
import { enqueued } from '../enqueued.ts'
import { recordArtifact } from '../library/artifacts.ts'
import { findPreset } from '../presets/presets.ts'
import type { ProfileRow } from '../profiles/profiles.ts'
import { segmentsIn } from '../projects/make-clips.ts'
import { insertProject } from '../projects/projects.ts'
import type { QueuedJob } from '../queued-job.ts'
import type { Service } from '../service.ts'
import { type SpokenVoice, speakScript, useRecording } from '../voices.ts'
import { finishClips } from './finish-clips.ts'
import { checkVideos, projectNameOf, readyFootage } from './footage.ts'
import { recordedTrack } from './load.ts'
import { checkSounds, checkWords } from './orders.ts'
import { purseOf } from './purse.ts'

/**
 * Makes a project and queues the job that fills it. Everything that can be checked is checked before: throws `not-found`, `conflict`,
 * `media-no-video`, `media-no-audio`, `preset-unknown`, `voice-unknown`, `script-empty`, `script-too-long`, `captions-unreadable`.
 */
export async function requestOneShot(
  service: Service,
  profile: ProfileRow,
  input: OneShot,
): Promise<JobRecord> {
  const { defaults } = profile
  const voice = input.voice ?? defaults.voice
  const { script, captions, audio, music } = input
  if (script !== undefined && audio === undefined) await checkWords(service, script, voice)
  else await checkSpeech(service.studio, voice, script ?? '')
  if (captions !== undefined) cuesOfFile(captions, 'captions')
  const videos = [...new Set(input.videos)]
  const presetId = input.presetId ?? defaults.preset
  return service.db.ofProfile(profile.id, async (tx) => {
    await findPreset(tx, profile.id, presetId)
    const [first] = await checkVideos(tx, profile.id, videos, 'videos')
    await checkSounds(tx, profile.id, { audio, music })
    const project = await insertProject(tx, profile, {
      name: input.projectName ?? projectNameOf(first?.name ?? ''),
      sourceIds: videos,
      ...(input.duration !== undefined && { targetSeconds: input.duration }),
    })
    return enqueued(service, tx, profile.id, {
      kind: 'one-shot',
      payload: {
        projectId: project.id,
        videos,
        presetId,
        voice,
        audio: audio ?? null,
        music: music ?? null,
        captions: captions ?? null,
        script: script ?? null,
        captionStyle: input.captionStyle === undefined ? defaults.captionStyle : input.captionStyle,
        variants: input.variants,
        // With a voice, its length decides.
        duration: input.duration ?? (script === undefined && audio === undefined ? defaults.duration : null),
        seed: input.seed,
        bestEffort: input.bestEffort,
      },
      subject: project.name,
      priority: input.priority,
      projectId: project.id,
    })
  })
}

/** Does what `cutroom make` does, with rows: ingests, speaks, selects, writes the clips, and renders them. */
export async function makeOneShot(job: QueuedJob, payload: PayloadOf<'one-shot'>): Promise<MadeProject> {
  const { projectId, presetId, variants, videos, script, audio } = payload
  const voices = script === null && audio === null ? 0 : 1
  job.expect({ ingest: videos.length, voice: voices, select: 1, preview: variants, render: variants })
  const { profile, jobId } = job
  const made = await job.service.db.ofProfile(profile.id, (tx) =>
    clipsOfJob(tx, profile.id, projectId, jobId),
  )
  const clipIds = made.length > 0 ? made : await writeVariants(job, payload)
  return finishClips(job, projectId, clipIds, presetId)
}

async function writeVariants(job: QueuedJob, payload: PayloadOf<'one-shot'>): Promise<string[]> {
  const { id: profileId } = job.profile
  const { projectId, videos, variants, duration, captionStyle, seed, bestEffort } = payload
  const [sources, voice, music] = await together(job.stop, [
    readyFootage(job, videos),
    voiceOf(job, payload),
    payload.music === null ? null : recordedTrack(job, payload.music),
  ])
  const captions = payload.captions === null ? null : cuesOfFile(payload.captions, 'captions')
  const inputs: ClipInputs = { sources, voice, captions, music }
  const wishes = { variants, durationSeconds: duration, captionStyle, seed, bestEffort }
  const { clips } = await composeClips(job, inputs, wishes)
  const found = await job.service.db.ofProfile(profileId, (tx) => segmentsIn(tx, profileId, videos))
  const drafts = clips.map(
    (clip): NewClip => ({
      ...marksOf(payload, voice),
      timeline: withSegments(clip.cuts, found),
      script: payload.script ?? '',
      voice: payload.voice,
      captionStyle,
      captions: captionsOf(clip, captions),
      musicSourceId: payload.music,
    }),
  )
  return writeClips(job, projectId, drafts, async (tx) => {
    if (voice !== null && 'entry' in voice) await recordArtifact(tx, profileId, voice.entry)
  })
}

/** A person's captions are kept whole: a clip that is made longer shows more of them. */
function captionsOf({ cues }: Clip, given: readonly Cue[] | null): ClipContent['captions'] {
  if (given !== null) return { origin: 'person', cues: [...given] }
  return cues.length === 0 ? null : { origin: 'voice', cues: [...cues] }
}

async function voiceOf(
  job: QueuedJob,
  { audio, script, voice }: PayloadOf<'one-shot'>,
): Promise<ClipInputs['voice'] | SpokenVoice> {
  if (audio === null) return script === null ? null : speakScript(job, script, voice, purseOf(job))
  const { path, name } = await recordedTrack(job, audio)
  return useRecording(job, { path, name, sha256: audio }, script, voice)
}

function marksOf(
  { audio, script, voice: voiceId }: PayloadOf<'one-shot'>,
  voice: ClipInputs['voice'] | SpokenVoice,
): Partial<NewClip> {
  if (voice === null) return {}
  const said = { voiceoverScript: script, voiceoverSeconds: voice.durationSeconds }
  return 'entry' in voice
    ? { ...said, voiceoverKind: 'voiceover', voiceoverHash: voice.entry.key.hash, voiceoverVoice: voiceId }
    : { ...said, voiceoverKind: 'source', voiceoverHash: audio, voiceoverVoice: null }
}
