import path from 'node:path'
import { inputTokens, runTool } from '@cutroom/media'
import { deliverOver } from './deliver.ts'
import type { Job } from './job.ts'
import { runStage } from './stage.ts'

interface Shown {
  readonly path: string
  readonly durationSeconds: number
}

/** Pictures of one clip on the sheet, and the height of each in pixels. */
const PICTURES = 10
const PICTURE_HEIGHT = 320
const GAP = 6
const SHEET_FILE = 'contact-sheet.jpg'

/** One picture that shows many clips at a glance: a row per clip, from its first moment to its last. */
export function makeContactSheet(job: Job, clips: readonly Shown[], target: string): Promise<void> {
  const about = { profile: job.profile.name, stage: 'sheet', subject: `of ${clips.length} clips` } as const
  return runStage(job.report, about, async () => {
    const folder = await job.scratch.folder('sheet')
    const rows = clips.map(({ durationSeconds }, index) => {
      const pictures = `fps=${PICTURES}/${durationSeconds.toFixed(3)}:round=down,scale=-2:${PICTURE_HEIGHT}`
      return `[${index}:v]${pictures},tile=${PICTURES}x1:nb_frames=${PICTURES}:padding=${GAP}:margin=${GAP}[row${index}]`
    })
    const labels = clips.map((_, index) => `[row${index}]`).join('')
    const stack = clips.length === 1 ? `${labels}null` : `${labels}vstack=inputs=${clips.length}`
    await runTool(job.studio.tools, {
      tool: 'ffmpeg',
      args: [
        ...clips.flatMap((clip) => inputTokens(clip.path)),
        ...['-filter_complex', [...rows, stack].join(';'), '-frames:v', '1', '-q:v', '3', SHEET_FILE],
      ],
      inputs: clips.map((clip) => clip.path),
      cwd: folder,
      signal: job.signal,
      timeoutSeconds: 300,
    })
    await deliverOver(path.join(folder, SHEET_FILE), target)
    return { value: undefined }
  })
}
