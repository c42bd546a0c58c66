import path from 'node:path'
import type { Cut } from '@cutroom/contracts'
import { cutPreview, INGEST_VERSION, inputTokens, PREVIEW_VERSION, runTool, type Tools } from '@cutroom/media'
import type { Artifact } from '../storage/artifacts.ts'
import { inFolder, type Job } from './job.ts'
import { runStage } from './stage.ts'

export const PREVIEW_FILE = 'preview.mp4'
export const THUMBNAIL_FILE = 'thumbnail.jpg'

/** Rises when the same preview would give another picture. */
const THUMBNAIL_VERSION = 1
/** The picture is chosen among so many of the first ones: about a second, so that no black or blurred beginning stands for a clip. */
const FIRST_PICTURES = 24

/** Everything that decides the bytes of a preview. */
export const previewRecipe = (tools: Tools, cuts: readonly Cut[]) => ({
  version: PREVIEW_VERSION,
  proxies: INGEST_VERSION,
  ffmpeg: tools.version,
  timeline: cuts.map(({ sourceId, start, end }) => ({ sourceId, start, end })),
})

/**
 * A preview of a timeline, cut from proxies without encoding, or found. `proxies` maps a source to the path of its proxy; `admit` is asked
 * before anything is made.
 */
export async function previewTimeline(
  job: Job,
  subject: string,
  cuts: readonly Cut[],
  proxies: ReadonlyMap<string, string>,
  admit: () => Promise<void> = async () => {},
): Promise<Artifact> {
  const { artifacts, tools } = job.studio
  const recipe = previewRecipe(tools, cuts)
  const { timeline } = recipe
  const about = { profile: job.profile.name, stage: 'preview', subject } as const
  return runStage(job.report, about, async () => {
    const cut = async (folder: string) => {
      await admit()
      const file = await cutPreview(tools, timeline, proxies, { folder, signal: job.signal })
      return { files: { [PREVIEW_FILE]: file }, meta: null }
    }
    const value = await inFolder(job, 'preview', (folder) =>
      artifacts.ensure(job.profile.id, 'preview', recipe, () => cut(folder), job.signal),
    )
    return { value, found: !value.made }
  })
}

/** The picture that stands for a preview, or found: the most typical of its first second. */
export async function thumbnailOf(job: Job, preview: Artifact): Promise<Artifact> {
  const { artifacts, tools } = job.studio
  const recipe = { version: THUMBNAIL_VERSION, ffmpeg: tools.version, preview: preview.key.hash }
  const draw = async (folder: string) => {
    const file = preview.path(PREVIEW_FILE)
    await runTool(tools, {
      tool: 'ffmpeg',
      args: [
        ...[...inputTokens(file), '-map', '0:v', '-vf', `thumbnail=${FIRST_PICTURES}`],
        ...['-frames:v', '1', '-q:v', '3', '-flags', '+bitexact', THUMBNAIL_FILE],
      ],
      inputs: [file],
      cwd: folder,
      signal: job.signal,
      timeoutSeconds: 60,
    })
    return { files: { [THUMBNAIL_FILE]: path.join(folder, THUMBNAIL_FILE) }, meta: null }
  }
  return inFolder(job, 'thumbnail', (folder) =>
    artifacts.ensure(job.profile.id, 'thumbnail', recipe, () => draw(folder), job.signal),
  )
}
