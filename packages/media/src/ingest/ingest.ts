import path from 'node:path'
import { CutroomError, type MediaProbe, type OnProgress } from '@cutroom/contracts'
import type { Features } from '../features/features.ts'
import { isCutOff } from '../probe/cut-off.ts'
import { runTool } from '../run/run.ts'
import type { Tools } from '../run/tools.ts'
import { FILMSTRIP_NAME, ingestTokens, MAX_ERROR_RATE, PROXY_NAME } from './argv.ts'
import { PictureAnalyser } from './picture-analyser.ts'
import { type Filmstrip, type IngestPlan, planIngest } from './plan.ts'
import { checkFrames, checkRandomAccess, type RandomAccess } from './random-access.ts'
import { SoundAnalyser, type Waveform } from './sound-analyser.ts'

/** Rises when the same source would give other files than before: a part of every ingest's recipe. */
export const INGEST_VERSION = 4

export interface IngestOptions {
  readonly signal?: AbortSignal | undefined
  readonly onProgress?: OnProgress
}

/** What is learnt of a source without writing a file. */
export interface Analysis {
  readonly features: Features
  readonly waveform: Waveform
}

/** What ingest leaves behind. */
export interface Ingested extends Analysis {
  /** Whether seeking in the source gives the pictures that decoding it from its beginning gives. */
  readonly randomAccess: RandomAccess
  /** H.264 of intra frames only, upright, square pixels, standard dynamic range, constant rate, at most 540 lines. */
  readonly proxyPath: string
  readonly filmstripPath: string
  readonly filmstrip: Filmstrip
}

/** A source is decoded at least at this part of its own speed, or something hangs. */
const SLOWEST = 0.05
const START_SECONDS = 120

/**
 * Decodes a source once: features, waveform, and in `scratchDir` proxy and filmstrip. `source` is an absolute path.
 * Throws `media-no-video`, `media-broken` (with how much was decoded), and what `runTool` throws.
 */
export async function ingestSource(
  tools: Tools,
  probe: MediaProbe,
  source: string,
  scratchDir: string,
  options: IngestOptions = {},
): Promise<Ingested> {
  const plan = planIngest(probe)
  const pictures = new PictureAnalyser(plan, checkFrames(plan))
  const analysis = await decode(tools, plan, source, scratchDir, options, pictures, true)
  const randomAccess = await checkRandomAccess(tools, plan, source, scratchDir, pictures.kept, options.signal)
  return {
    ...analysis,
    randomAccess,
    proxyPath: path.join(scratchDir, PROXY_NAME),
    filmstripPath: path.join(scratchDir, FILMSTRIP_NAME),
    filmstrip: plan.filmstrip,
  }
}

/** The same without proxy and filmstrip: nothing is written. Errors as `ingestSource`. */
export function analyseSource(
  tools: Tools,
  probe: MediaProbe,
  source: string,
  scratchDir: string,
  options: IngestOptions = {},
): Promise<Analysis> {
  const plan = planIngest(probe)
  return decode(tools, plan, source, scratchDir, options, new PictureAnalyser(plan, []), false)
}

async function decode(
  tools: Tools,
  plan: IngestPlan,
  source: string,
  scratchDir: string,
  options: IngestOptions,
  pictures: PictureAnalyser,
  files: boolean,
): Promise<Analysis> {
  const sound = new SoundAnalyser(plan.durationSeconds, plan.samples)
  const report = progressReporter(plan, options.onProgress)
  try {
    await runTool(tools, {
      tool: 'ffmpeg',
      args: ingestTokens(plan, source, files),
      inputs: [source],
      cwd: scratchDir,
      pipes: [
        (chunk) => pictures.push(chunk),
        ...(plan.audioIndex === null ? [] : [(chunk: Uint8Array) => sound.push(chunk)]),
      ],
      onProgress: ({ speed }) => report(pictures.frames, speed),
      signal: options.signal,
      timeoutSeconds: Math.ceil(START_SECONDS + plan.durationSeconds / SLOWEST),
    })
  } catch (cause) {
    throw asBroken(cause, plan, pictures.frames)
  }
  refuseIncomplete(plan, pictures.frames)
  report(plan.frames, null)
  const { loudness, speech, waveform } = sound.finish()
  const features: Features = {
    durationSeconds: plan.durationSeconds,
    ...pictures.finish(),
    loudness,
    speech,
    hasAudio: plan.audioIndex !== null,
  }
  return { features, waveform }
}

/** Frames that came through the pipe are the measure: they are what was decoded, whatever ffmpeg says. */
function progressReporter(plan: IngestPlan, onProgress: OnProgress | undefined) {
  return (frames: number, speed: number | null): void => {
    const fraction = Math.min(1, frames / plan.frames)
    const left = plan.durationSeconds * (1 - fraction)
    onProgress?.({ fraction, speed, secondsLeft: speed ? left / speed : fraction === 1 ? 0 : null })
  }
}

const secondsOf = (plan: IngestPlan, frames: number): number => (frames * plan.rate.den) / plan.rate.num

function refuseIncomplete(plan: IngestPlan, frames: number): void {
  const decodedSeconds = secondsOf(plan, frames)
  if (frames > 0 && !isCutOff(plan.durationSeconds, decodedSeconds)) return
  throw new CutroomError(
    'media-broken',
    `Only ${decodedSeconds.toFixed(1)} of ${plan.durationSeconds.toFixed(1)} s of the source could be decoded.`,
    { details: { durationSeconds: plan.durationSeconds, decodedSeconds } },
  )
}

/** ffmpeg ends with this status where `-max_error_rate` is passed (fftools/ffmpeg.c, all versions from 5 to 8). */
const TOO_MANY_ERRORS = 69

/** What a process failure means: a source that cannot be decoded is no fault of the tool. */
function asBroken(error: unknown, plan: IngestPlan, frames: number): unknown {
  if (!(error instanceof CutroomError) || error.code !== 'tool-failed') return error
  const exitCode = (error.cause as { exitCode?: number } | undefined)?.exitCode
  if (exitCode !== TOO_MANY_ERRORS) return error
  return new CutroomError(
    'media-broken',
    `The source is damaged: more than ${MAX_ERROR_RATE * 100} % of what was read of it cannot be decoded.`,
    {
      cause: error,
      details: { durationSeconds: plan.durationSeconds, decodedSeconds: secondsOf(plan, frames) },
      ...(error.toolOutput !== undefined && { toolOutput: error.toolOutput }),
    },
  )
}
