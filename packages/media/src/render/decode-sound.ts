import { CutroomError, type MediaProbe } from '@cutroom/contracts'
import { inputTokens } from '../probe/input.ts'
import { runTool } from '../run/run.ts'
import type { Tools } from '../run/tools.ts'
import type { Workplace } from './workplace.ts'

/** The longest recording that is held in memory: as long as the longest clip. */
const LONGEST_SECONDS = 600

/** A recording's sound as samples from −1 to 1, one channel. Throws `media-no-audio`, `media-too-large`. */
export async function decodeSound(
  tools: Tools,
  file: string,
  probe: MediaProbe,
  sampleRate: number,
  place: Workplace,
): Promise<Float32Array> {
  if (!probe.audio)
    throw new CutroomError('media-no-audio', 'The recording has no sound.', { field: 'audio' })
  if (probe.durationSeconds > LONGEST_SECONDS) {
    const length = `${probe.durationSeconds.toFixed(0)} s long; at most ${LONGEST_SECONDS} s are used`
    throw new CutroomError('media-too-large', `The recording is ${length}.`, { field: 'audio' })
  }
  const chunks: Uint8Array[] = []
  await runTool(tools, {
    tool: 'ffmpeg',
    args: [
      ...inputTokens(file),
      ...[
        '-map',
        `0:${probe.audio.index}`,
        '-vn',
        '-ac',
        '1',
        '-ar',
        String(sampleRate),
        '-f',
        'f32le',
        'pipe:1',
      ],
    ],
    inputs: [file],
    cwd: place.folder,
    signal: place.signal,
    timeoutSeconds: 600,
    stdout: (chunk) => void chunks.push(chunk),
  })
  const bytes = Buffer.concat(chunks)
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength))
}
