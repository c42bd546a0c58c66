import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import type { Scratch } from '../../apps/server/src/scratch/scratch.ts'

const run = promisify(execFile)

/**
 * A job with real encodes in its scratch: a segment, a voice, a list, and the final file, always under the same names.
 * `flavour`, a small whole number, makes its picture and sound its own. Returns the SHA-256 of the final file.
 */
export async function smallJob(scratch: Scratch, flavour: number): Promise<string> {
  const ffmpeg = (...args: string[]) =>
    run('ffmpeg', ['-v', 'error', '-nostdin', '-y', ...args], { cwd: scratch.path })
  const exact = ['-threads', '1', '-fflags', '+bitexact', '-flags', '+bitexact']
  const x264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-g', '15', ...exact]
  await ffmpeg(
    '-f',
    'lavfi',
    '-i',
    `testsrc2=s=160x90:r=30:d=1,hue=h=${flavour * 40}`,
    ...x264,
    'segment.mp4',
  )
  await ffmpeg('-f', 'lavfi', '-i', `sine=f=${200 + flavour * 50}:d=2`, ...exact, 'voice.wav')
  await writeFile(scratch.file('list.txt'), "file 'segment.mp4'\nfile 'segment.mp4'\n")
  const inputs = ['-f', 'concat', '-i', 'list.txt', '-i', 'voice.wav']
  await ffmpeg(...inputs, ...x264, '-c:a', 'aac', '-movflags', '+faststart', 'final.mp4')
  return createHash('sha256')
    .update(await readFile(scratch.file('final.mp4')))
    .digest('hex')
}
