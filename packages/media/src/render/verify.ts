import { stat } from 'node:fs/promises'
import { CutroomError } from '@cutroom/contracts'
import { z } from 'zod'
import type { RenderPlan } from '../plan/render-plan.ts'
import { isSilent, type Loudness, measureFile, parseLoudness } from '../plan/sound.ts'
import { inputTokens } from '../probe/input.ts'
import { runTool } from '../run/run.ts'
import type { Tools } from '../run/tools.ts'
import type { Workplace } from './workplace.ts'

/** A finished file that is what was planned. */
export interface VerifiedExport {
  readonly path: string
  readonly sizeBytes: number
  readonly durationSeconds: number
  readonly frames: number
  /** Measured on the file; `null` for silence. */
  readonly integratedLufs: number | null
  readonly truePeakDbtp: number | null
}

const streamSchema = z.object({
  codec_type: z.string(),
  codec_name: z.string(),
  width: z.number().optional(),
  height: z.number().optional(),
  pix_fmt: z.string().optional(),
  color_space: z.string().optional(),
  r_frame_rate: z.string(),
  duration: z.coerce.number(),
  nb_read_packets: z.coerce.number(),
})
export const fileSchema = z.object({ streams: z.array(streamSchema) })
export type ProbedExport = z.infer<typeof fileSchema>

/** A file may be this far from its planned loudness (LU), and its sound this much longer or shorter (s). */
const LOUDNESS_TOLERANCE_LU = 1
const SOUND_TOLERANCE_SECONDS = 0.05

/** Probes and measures a finished file. Throws `output-wrong` with every deviation from the plan. */
export async function verifyExport(
  tools: Tools,
  plan: RenderPlan,
  intended: Loudness,
  file: string,
  place: Workplace,
): Promise<VerifiedExport> {
  const common = {
    inputs: [file],
    cwd: place.folder,
    signal: place.signal,
    timeoutSeconds: 60 + plan.seconds * 10,
  }
  const json: Uint8Array[] = []
  const [, measured, { size }] = await Promise.all([
    runTool(tools, {
      ...common,
      tool: 'ffprobe',
      args: ['-count_packets', '-show_streams', '-of', 'json', ...inputTokens(file)],
      stdout: (chunk) => void json.push(chunk),
    }),
    runTool(tools, { ...common, tool: 'ffmpeg', args: measureFile(file) }),
    stat(file),
  ])
  const probed = fileSchema.safeParse(JSON.parse(Buffer.concat(json).toString() || 'null'))
  const loudness = parseLoudness(measured.stderr).file
  if (!probed.success || !loudness) {
    throw new CutroomError('output-wrong', 'The finished file cannot be read back.', {
      toolOutput: measured.stderr,
    })
  }
  const faults = deviations(plan, probed.data, intended, loudness)
  if (faults.length > 0) {
    throw new CutroomError(
      'output-wrong',
      `The finished file is not what was planned: ${faults.join('; ')}.`,
      {
        details: { faults },
      },
    )
  }
  return { path: file, sizeBytes: size, durationSeconds: plan.seconds, frames: plan.frames, ...loudness }
}

/** Every way in which a finished file differs from its plan, in words. Pure. */
export function deviations(
  plan: RenderPlan,
  file: ProbedExport,
  intended: Loudness,
  measured: Loudness,
): string[] {
  const faults: string[] = []
  const expect = (what: string, wanted: string | number, found: string | number | undefined) => {
    if (wanted !== found) faults.push(`${what} is ${found ?? 'missing'} instead of ${wanted}`)
  }
  expect('the list of streams', 'video, audio', file.streams.map((stream) => stream.codec_type).join(', '))
  const video = file.streams.find((stream) => stream.codec_type === 'video')
  const audio = file.streams.find((stream) => stream.codec_type === 'audio')
  if (!video || !audio) return faults
  const { num, den } = plan.rate
  const fps = (rate: string) =>
    rate
      .split('/')
      .map(Number)
      .reduce((a, b) => a / b)
  expect('the picture', `${plan.frame.width}×${plan.frame.height}`, `${video.width}×${video.height}`)
  expect('the pixel format', 'yuv420p', video.pix_fmt)
  expect('the colour', 'bt709', video.color_space)
  expect('the video codec', plan.preset.video.codec, video.codec_name)
  expect('the audio codec', plan.preset.audio.codec, audio.codec_name)
  if (Math.abs(fps(video.r_frame_rate) - num / den) > 1e-3)
    expect('the frame rate', `${num}/${den}`, video.r_frame_rate)
  expect('the number of frames', plan.frames, video.nb_read_packets)
  const off = (stream: { duration: number }) => Math.abs(stream.duration - plan.seconds)
  if (off(video) > den / num + 1e-3)
    expect('the length of the picture (s)', plan.seconds.toFixed(3), video.duration)
  if (off(audio) > SOUND_TOLERANCE_SECONDS)
    expect('the length of the sound (s)', plan.seconds.toFixed(3), audio.duration)
  if (isSilent(intended)) return faults
  const { truePeakDbtp } = plan.preset.loudness
  // What levelling reached: the preset's loudness, or as much of it as peaks allow.
  const wanted = intended.integratedLufs ?? 0
  const lufs = measured.integratedLufs ?? Number.NEGATIVE_INFINITY
  if (Math.abs(lufs - wanted) > LOUDNESS_TOLERANCE_LU) {
    expect('the loudness (LUFS)', `${wanted} ± ${LOUDNESS_TOLERANCE_LU}`, lufs)
  }
  const peak = measured.truePeakDbtp ?? Number.NEGATIVE_INFINITY
  if (peak > truePeakDbtp) expect('the true peak (dBTP)', `at most ${truePeakDbtp}`, peak)
  return faults
}
