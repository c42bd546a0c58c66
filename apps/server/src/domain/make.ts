import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { allFinished } from '../together.ts'
import { type ClipRequest, type ClipSet, prepareClips } from './clips.ts'
import { deliver } from './deliver.ts'
import { type Export, exportClip, planExport } from './exports.ts'
import type { Job } from './job.ts'
import { sidecarText } from './sidecar.ts'

/** A finished file where the person wants it. */
export interface Delivered extends Omit<Export, 'entry'> {
  /** Number of the clip. */
  readonly clip: number
  /** Absolute path in the folder that was asked for. */
  readonly file: string
  /** Absolute path of the caption file beside it, where one was asked for. */
  readonly captions: string | null
}

/** Where finished files go, and whether captions lie beside them as a file too. */
export interface Delivery {
  /** Absolute. */
  readonly folder: string
  readonly sidecar: 'srt' | 'vtt' | null
}

export interface MadeClips extends ClipSet {
  readonly exports: readonly Delivered[]
}

/**
 * The main job: footage in, finished clips out. Where one clip fails the others are still finished; then the failure is thrown.
 */
export async function makeClips(job: Job, request: ClipRequest, delivery: Delivery): Promise<MadeClips> {
  const set = await prepareClips(job, request)
  const exports = await allFinished(
    set.clips.map(async (clip): Promise<Delivered> => {
      const planned = await planExport(job, clip, set.sources, request.preset)
      const subject = `clip ${clip.number} for ${request.preset.id}`
      const { entry: _, ...made } = await exportClip(job, subject, planned)
      const done = { clip: clip.number, ...made }
      const name = `${stemOf(request.videos)}-${clip.number}-${request.preset.id}`
      const file = await deliver(done.path, delivery.folder, name, job.signal)
      const { sidecar } = delivery
      if (sidecar === null || clip.cues.length === 0) return { ...done, file, captions: null }
      const text = job.scratch.file(`captions-${clip.number}.${sidecar}`)
      await writeFile(text, sidecarText(sidecar, clip.cues))
      const captions = await deliver(text, delivery.folder, path.parse(file).name, job.signal)
      return { ...done, file, captions }
    }),
  )
  return { ...set, exports }
}

/** The first source's name, of letters that every file system takes. */
const stemOf = (videos: readonly string[]): string =>
  path
    .parse(videos[0] ?? '')
    .name.replace(/[^\p{L}\p{N}._-]+/gu, '-')
    .replace(/^[.-]+/, '')
    .slice(0, 60) || 'clip'
