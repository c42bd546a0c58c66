import { CutroomError, type MediaProbe } from '@cutroom/contracts'
import { runTool } from '../run/run.ts'
import type { Tools } from '../run/tools.ts'
import { admit } from './admit.ts'
import { isCutOff } from './cut-off.ts'
import {
  describeTokens,
  type FfprobeReport,
  type PacketSummary,
  packetReader,
  packetTokens,
} from './ffprobe.ts'
import { inputTokens } from './input.ts'
import { checkLimits, type ProbeLimits } from './limits.ts'
import { type Description, parseDescription } from './parse.ts'

export interface ProbeOptions {
  /** An existing folder for the process to stand in; nothing is left in it. */
  readonly scratchDir: string
  readonly signal?: AbortSignal | undefined
  readonly limits?: ProbeLimits
  /** What the file is called in sentences and in a tool's own words; its path where nothing is said. */
  readonly name?: string
}

const DESCRIBE_TIMEOUT_SECONDS = 60
/** Listing all packets reads the whole file once. */
const SCAN_TIMEOUT_SECONDS = 900
/** How far before its stated end a file is read to find its real one. */
const TAIL_SECONDS = 10
/** The end of the last packet and the stated end agree within this. */
const AGREE_SECONDS = 0.5

/**
 * Describes a media file. `path` is absolute.
 *
 * Throws `file-missing`, `file-empty`, `media-playlist`, `media-unrecognised` or `media-broken` before any tool opens the
 * file; then `media-broken`, `media-unrecognised`, `media-too-large`, and what `runTool` throws.
 */
export async function probeFile(tools: Tools, path: string, options: ProbeOptions): Promise<MediaProbe> {
  const sizeBytes = await admit(path, options.name)
  const list: ListPackets = (stream, from) => listPackets(tools, path, options, stream, from)
  const description = parseDescription(await describe(tools, path, options))
  checkLimits(description, 0, options.limits)
  const durationSeconds = await measureDuration(description, list)
  checkLimits(description, durationSeconds, options.limits)
  const { container, video, audio, hasCoverArt } = description
  return { sizeBytes, container, durationSeconds, video, audio, hasCoverArt }
}

async function describe(tools: Tools, path: string, options: ProbeOptions): Promise<FfprobeReport> {
  const json: Uint8Array[] = []
  await ffprobe(tools, path, options, {
    args: describeTokens,
    stdout: (chunk) => void json.push(chunk),
    timeoutSeconds: DESCRIBE_TIMEOUT_SECONDS,
  })
  return JSON.parse(Buffer.concat(json).toString()) as FfprobeReport
}

interface PacketList extends PacketSummary {
  /** ffprobe met damage on the way. */
  readonly complains: boolean
}

/** Lists the packets of a stream, from a time of the source on, or all with `null`. */
type ListPackets = (
  stream: { readonly index: number; readonly frameSeconds: number },
  fromSeconds: number | null,
) => Promise<PacketList>

async function listPackets(
  tools: Tools,
  path: string,
  options: ProbeOptions,
  stream: { readonly index: number; readonly frameSeconds: number },
  fromSeconds: number | null,
): Promise<PacketList> {
  const reader = packetReader(stream.frameSeconds)
  const { stderr } = await ffprobe(tools, path, options, {
    args: packetTokens(stream.index, fromSeconds),
    stdout: (chunk) => reader.push(Buffer.from(chunk).toString('latin1')),
    timeoutSeconds: SCAN_TIMEOUT_SECONDS,
  })
  return { ...reader.summary(), complains: stderr.trim() !== '' }
}

/** Runs ffprobe on the file; that it cannot read it means that the file is broken. */
async function ffprobe(
  tools: Tools,
  path: string,
  options: ProbeOptions,
  run: {
    readonly args: readonly string[]
    readonly stdout: (chunk: Uint8Array) => void
    readonly timeoutSeconds: number
  },
): Promise<{ readonly stderr: string }> {
  try {
    return await runTool(tools, {
      ...run,
      tool: 'ffprobe',
      args: [...run.args, ...inputTokens(path)],
      inputs: [path],
      cwd: options.scratchDir,
      signal: options.signal,
    })
  } catch (cause) {
    if (!(cause instanceof CutroomError) || cause.code !== 'tool-failed') throw cause
    const { name = path } = options
    throw new CutroomError('media-broken', `${name} cannot be read as a recording.`, {
      cause,
      ...(cause.toolOutput !== undefined && { toolOutput: cause.toolOutput.replaceAll(path, name) }),
    })
  }
}

/**
 * Seconds from the first instant of the file to the end of its last picture, or sound where there is no picture. What a file
 * says of its length is not trusted: the last packets have to agree with it, or all packets are listed.
 */
async function measureDuration(description: Description, list: ListPackets): Promise<number> {
  const { video, audio, startSeconds, statedSeconds } = description
  const index = video?.index ?? audio?.index
  if (index === undefined)
    throw new CutroomError('media-unrecognised', 'The file holds no picture and no sound.')
  const frameSeconds = video ? video.averageFrameRate.den / video.averageFrameRate.num : 0
  const stream = { index, frameSeconds }
  const ends = (packets: PacketList): number | null =>
    packets.endSeconds === null ? null : packets.endSeconds - startSeconds

  if (statedSeconds !== null && video) {
    const tail = ends(await list(stream, Math.max(0, startSeconds + statedSeconds - TAIL_SECONDS)))
    if (tail !== null && Math.abs(tail - statedSeconds) <= AGREE_SECONDS) return tail
  }
  const all = await list(stream, null)
  const end = ends(all)
  if (end === null || end <= 0)
    throw new CutroomError('media-broken', 'The file holds no packet that can be shown.')
  if (all.complains && statedSeconds !== null && isCutOff(statedSeconds, end)) {
    throw new CutroomError(
      'media-broken',
      `The file says that it lasts ${statedSeconds.toFixed(1)} s, but it was cut off after ${end.toFixed(1)} s.`,
      { details: { statedSeconds, readableSeconds: end } },
    )
  }
  return end
}
