import assert from 'node:assert/strict'
import { it } from 'node:test'
import { type FfmpegProgress, progressParser } from './progress.ts'

const reports = (chunks: readonly string[]): FfmpegProgress[] => {
  const seen: FfmpegProgress[] = []
  const parse = progressParser((report) => seen.push(report))
  for (const chunk of chunks) parse(chunk)
  return seen
}

const BLOCK = `frame=25
fps=0.00
bitrate=N/A
out_time_us=833333
out_time_ms=833333
out_time=00:00:00.833333
speed=1.65x
progress=continue
`

it('reads a block, however it is cut into chunks', () => {
  const expected = [{ frames: 25, seconds: 0.833333, speed: 1.65, done: false }]
  assert.deepEqual(reports([BLOCK]), expected)
  assert.deepEqual(reports([...BLOCK]), expected)
})

it('keeps unknown what ffmpeg does not know yet', () => {
  assert.deepEqual(reports(['frame=0\nout_time_us=N/A\nspeed=N/A\nprogress=continue\n']), [
    { frames: 0, seconds: null, speed: null, done: false },
  ])
})

it('never falls when ffmpeg steps back', () => {
  const back = 'frame=20\nout_time_us=-9223372036854775808\nspeed=   2x\nprogress=end\n'
  assert.deepEqual(reports([BLOCK, back]).at(-1), { frames: 25, seconds: 0.833333, speed: 2, done: true })
})
