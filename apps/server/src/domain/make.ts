import path from 'node:path'
import { type ClipRequest, type ClipSet, prepareClips } from './clips.ts'
import { deliver } from './deliver.ts'
import { type Export, exportClip } from './exports.ts'
import type { Job } from './job.ts'

/** A finished file where the person wants it. */
export interface Delivered extends Export {
  /** Absolute path in the folder that was asked for. */
  readonly file: string
}

export interface MadeClips extends ClipSet {
  readonly exports: readonly Delivered[]
}

/**
 * The main job: footage in, finished clips out. Where one clip fails the others are still finished; then the failure is thrown.
 */
export async function makeClips(job: Job, request: ClipRequest, outDir: string): Promise<MadeClips> {
  const set = await prepareClips(job, request)
  const results = await Promise.allSettled(
    set.clips.map(async (clip): Promise<Delivered> => {
      const done = await exportClip(job, clip, set.sources, request.preset)
      const name = `${stemOf(request.videos)}-${clip.number}-${request.preset.id}`
      return { ...done, file: await deliver(done.path, outDir, name) }
    }),
  )
  const exports: Delivered[] = []
  for (const result of results) {
    if (result.status === 'rejected') throw result.reason
    exports.push(result.value)
  }
  return { ...set, exports }
}

/** The first source's name, of letters that every file system takes. */
const stemOf = (videos: readonly string[]): string =>
  path
    .parse(videos[0] ?? '')
    .name.replace(/[^\p{L}\p{N}._-]+/gu, '-')
    .replace(/^[.-]+/, '')
    .slice(0, 60) || 'clip'
