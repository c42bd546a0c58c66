import { CutroomError } from '@cutroom/contracts'
import { FEATURE_RATE_HZ } from '../features/features.ts'
import { runTool } from '../run/run.ts'
import type { Tools } from '../run/tools.ts'
import { seekTokens } from './argv.ts'
import { meanDifference } from './picture-measures.ts'
import { frameOfSample, type IngestPlan } from './plan.ts'

/** Whether a decoder that starts in the middle of a source gives the picture that a decoder from its beginning gives. */
export type RandomAccess = 'exact' | 'unsafe'

/** Where a source is tried, as parts of its samples: away from beginning, middle and end, where key frames like to lie. */
const PLACES = [0.37, 0.83]
/** Two decodes of the same picture differ by less, 0 to 1; a picture decoded from nothing by far more. */
const SAME = 0.02
const SEEK_TIMEOUT_SECONDS = 120

const samplesToTry = (plan: IngestPlan): number[] => PLACES.map((place) => Math.floor(plan.samples * place))

/** Frames of which the analysis has to keep a copy: those that are tried, and their neighbours. */
export const checkFrames = (plan: IngestPlan): number[] =>
  samplesToTry(plan).flatMap((sample) => {
    const frame = frameOfSample(plan, sample)
    return [frame - 1, frame, frame + 1]
  })

/**
 * Seeks to a few places and compares what comes with the frames of the sequential decode. One frame more or less passes: it is
 * green and torn pictures that are looked for. A failed seek is unsafe too. Throws `cancelled`, `tool-timeout`, `tool-missing`.
 */
export async function checkRandomAccess(
  tools: Tools,
  plan: IngestPlan,
  source: string,
  scratchDir: string,
  kept: ReadonlyMap<number, Uint8Array>,
  signal: AbortSignal | undefined,
): Promise<RandomAccess> {
  const seek = async (sample: number): Promise<boolean> => {
    const frame = frameOfSample(plan, sample)
    const picture = await pictureAt(tools, plan, source, scratchDir, sample / FEATURE_RATE_HZ, signal)
    return [frame - 1, frame, frame + 1].some((near) => {
      const expected = kept.get(near)
      return expected?.length === picture.length && meanDifference(expected, picture) <= SAME
    })
  }
  const same = await Promise.all(samplesToTry(plan).map(seek))
  return same.every(Boolean) ? 'exact' : 'unsafe'
}

/** The first grey picture at or after a time, reached by a seek; empty where none comes. */
async function pictureAt(
  tools: Tools,
  plan: IngestPlan,
  source: string,
  scratchDir: string,
  seconds: number,
  signal: AbortSignal | undefined,
): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  try {
    await runTool(tools, {
      tool: 'ffmpeg',
      args: seekTokens(plan, source, seconds),
      inputs: [source],
      cwd: scratchDir,
      stdout: (chunk) => void chunks.push(chunk),
      signal,
      timeoutSeconds: SEEK_TIMEOUT_SECONDS,
    })
  } catch (error) {
    if (!(error instanceof CutroomError) || error.code !== 'tool-failed') throw error
    return new Uint8Array()
  }
  return Buffer.concat(chunks)
}
