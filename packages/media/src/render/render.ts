import path from 'node:path'
import { CutroomError, type OnProgress } from '@cutroom/contracts'
import { EXPORT_FILE, exportEncoder, pictureDecoder } from '../plan/picture.ts'
import type { PlannedCut, RenderPlan } from '../plan/render-plan.ts'
import type { FfmpegProgress } from '../run/progress.ts'
import { runTool, startTool } from '../run/run.ts'
import type { Tools } from '../run/tools.ts'
import { makeSound } from './sound.ts'
import { type VerifiedExport, verifyExport } from './verify.ts'
import { brokenSource, type Workplace } from './workplace.ts'

export interface RenderWorkplace extends Workplace {
  /** `FONTCONFIG_FILE` for libass; without captions none is needed. */
  readonly fontconfig: string | null
  readonly onProgress?: OnProgress
}

/** Seconds of time that a second of media may cost before a render counts as stuck. */
const PATIENCE = 120

/**
 * Renders a plan into one verified file in the scratch folder, where captions and fonts lie already if it has any.
 * Throws `media-broken` naming the source that failed, `output-wrong` where the result is not what was planned.
 */
export async function renderExport(
  tools: Tools,
  plan: RenderPlan,
  place: RenderWorkplace,
): Promise<VerifiedExport> {
  const loudness = await makeSound(tools, plan, place)
  await encode(tools, plan, place)
  return verifyExport(tools, plan, loudness, path.join(place.folder, EXPORT_FILE), place)
}

/** Decoders in sequence, each with one source, feed one encoder: memory does not grow with the number of cuts. */
async function encode(tools: Tools, plan: RenderPlan, place: RenderWorkplace): Promise<void> {
  const stop = new AbortController()
  const signal = place.signal ? AbortSignal.any([place.signal, stop.signal]) : stop.signal
  const timeoutSeconds = 60 + plan.seconds * PATIENCE
  const encoder = startTool(tools, {
    tool: 'ffmpeg',
    args: exportEncoder(plan),
    inputs: [],
    cwd: place.folder,
    feed: true,
    timeoutSeconds,
    signal,
    onProgress: (progress) => place.onProgress?.(renderProgress(plan, progress)),
    ...(place.fontconfig ? { env: { FONTCONFIG_FILE: place.fontconfig } } : {}),
  })
  const frames = encoder.stdin
  if (!frames) throw new CutroomError('internal', 'The encoder was started without a pipe.')
  // A broken pipe is told by the encoder's own end.
  frames.on('error', () => undefined)
  encoder.finished.catch(() => stop.abort())
  const decode = async (cut: PlannedCut): Promise<void> => {
    const result = await runTool(tools, {
      tool: 'ffmpeg',
      args: pictureDecoder(plan, cut),
      inputs: [cut.source.path],
      cwd: place.folder,
      stdout: frames,
      timeoutSeconds,
      signal,
    })
    if (result.progress.frames !== cut.frames) {
      const missing = `${result.progress.frames} of ${cut.frames} frames`
      throw new CutroomError('tool-failed', `it gave ${missing}`, { toolOutput: result.stderr })
    }
  }
  for (const cut of plan.cuts) {
    await decode(cut).catch(async (error: unknown) => {
      frames.end()
      // A decoder whose encoder has gone fails too; what the encoder says then is the cause.
      await encoder.finished.catch((cause: unknown) => {
        if (!(cause instanceof CutroomError && cause.code === 'cancelled')) throw cause
      })
      throw brokenSource(error, cut)
    })
  }
  frames.end()
  await encoder.finished
}

function renderProgress(plan: RenderPlan, { frames, speed, done }: FfmpegProgress) {
  const fraction = done ? 1 : Math.min(frames / plan.frames, 1)
  const left = plan.seconds * (1 - fraction)
  return { fraction, speed, secondsLeft: speed ? left / speed : null }
}
