import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, describe, it } from 'node:test'
import { execa } from 'execa'
import { fixture } from '../fixtures/fixtures.ts'
import { cutroom, printed, records } from './cli.ts'

let root: string
let data: string
let footage: string

before(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'cutroom-cli-'))
  data = path.join(root, 'data')
  footage = await fixture('eight-shots')
})
after(() => rm(root, { recursive: true }))

/** `source` keeps the fixture's small picture, so a render takes a moment. */
const make = (profile: string, out: string, more: readonly string[] = []) => [
  ...['make', footage, '--profile', profile, '--out', path.join(root, out), '--data', data],
  ...['--preset', 'source', '--duration', '5', '--variants', '2', '--json', ...more],
]

const sha = async (file: string) =>
  createHash('sha256')
    .update(await readFile(file))
    .digest('hex')
const resultOf = (stdout: unknown) =>
  records(stdout).find(({ type }) => type === 'result') as unknown as {
    exports: { file: string; made: boolean; durationSeconds: number; integratedLufs: number }[]
    overlap: { matrix: number[][] }
  }
/** Files and folders below temp, except the profiles' own folders. */
const scratchOf = async (): Promise<string[]> => {
  const temp = path.join(data, 'temp')
  if (!existsSync(temp)) return []
  const profiles = await readdir(temp)
  return (await Promise.all(profiles.map((profile) => readdir(path.join(temp, profile))))).flat()
}

describe('cutroom make', () => {
  it('turns footage into clips of two brands at the same time, and finds them again', async () => {
    const script = [
      '--script',
      'Two brands share a machine. Neither ever meets the other.',
      '--captions',
      'boxed',
    ]
    const [acme, birch] = await Promise.all([
      cutroom(make('acme', 'acme', script)),
      cutroom(make('birch', 'birch', script)),
    ])
    assert.equal(acme.exitCode, 0, String(acme.stderr) + String(acme.stdout))
    assert.equal(birch.exitCode, 0, String(birch.stderr) + String(birch.stdout))
    const [a, b] = [resultOf(acme.stdout), resultOf(birch.stdout)]
    assert.equal(a.exports.length, 2)
    for (const done of [...a.exports, ...b.exports]) {
      assert.ok(done.made)
      assert.ok(Math.abs(done.integratedLufs + 14) <= 1, `${done.integratedLufs} LUFS`)
    }
    const shas = await Promise.all(a.exports.map(({ file }) => sha(file)))
    assert.notEqual(shas[0], shas[1], 'variants differ')
    // The same request of another brand gives the same bytes out of storage of its own.
    assert.deepEqual(await Promise.all(b.exports.map(({ file }) => sha(file))), shas)
    assert.equal((await readdir(path.join(data, 'storage'))).length, 2)
    assert.deepEqual(await scratchOf(), [])

    const again = resultOf((await cutroom(make('acme', 'again', script))).stdout)
    assert.deepEqual(
      again.exports.map(({ made }) => made),
      [false, false],
    )
    assert.deepEqual(await Promise.all(again.exports.map(({ file }) => sha(file))), shas)
  })

  it('never replaces a file that holds something else', async () => {
    const out = path.join(root, 'taken')
    const one = ['--variants', '1']
    const first = resultOf((await cutroom(make('acme', 'taken', one))).stdout)
    const file = first.exports[0]?.file ?? ''
    await writeFile(file, 'mine')
    const second = resultOf((await cutroom(make('acme', 'taken', one))).stdout)
    assert.equal(await readFile(file, 'utf8'), 'mine')
    assert.equal(second.exports[0]?.file, file.replace('.mp4', '-v2.mp4'))
    assert.equal((await readdir(out)).length, 2)
  })

  it('burns captions out of an SRT file over recorded sound and music', async () => {
    const srt = path.join(root, 'captions.srt')
    await writeFile(
      srt,
      '1\n00:00:00,200 --> 00:00:02,000\nBună ziua, își spune șeful\n\n2\n00:00:02,100 --> 00:00:04,000\n{\\an8}السلام عليكم\n',
    )
    const voice = path.join(root, 'voice.wav')
    await execa('espeak-ng', [
      '-w',
      voice,
      'Good morning everybody, welcome to the workshop. It is a lovely day.',
    ])
    const run = await cutroom(
      make('acme', 'recorded', ['--srt', srt, '--audio', voice, '--music', voice, '--variants', '1']),
    )
    assert.equal(run.exitCode, 0, String(run.stderr) + String(run.stdout))
    assert.equal(resultOf(run.stdout).exports.length, 1)
  })

  it('makes the shortest clip of a single word, and writes its captions beside it without burning them in', async () => {
    const run = await cutroom(
      make('acme', 'short', [
        '--variants',
        '1',
        '--script',
        'Hello.',
        '--captions',
        'none',
        '--sidecar',
        'srt',
      ]),
    )
    assert.equal(run.exitCode, 0, String(run.stderr) + String(run.stdout))
    const [done] = resultOf(run.stdout).exports
    assert.ok(Math.abs((done?.durationSeconds ?? 0) - 1.5) < 0.05, `${done?.durationSeconds} s`)
    const sidecar = (done?.file ?? '').replace('.mp4', '.srt')
    assert.match(await readFile(sidecar, 'utf8'), /^1\n00:00:00,.*\nHello\.\n/)
  })

  it('ends captions with the clip', async () => {
    const srt = path.join(root, 'long.srt')
    await writeFile(
      srt,
      '1\n00:00:04,000 --> 00:00:09,000\nGoes on\n\n2\n00:00:06,000 --> 00:00:07,000\nNever\n',
    )
    const run = await cutroom(make('acme', 'ends', ['--srt', srt, '--sidecar', 'srt', '--variants', '1']))
    const [done] = resultOf(run.stdout).exports
    const sidecar = (done?.file ?? '').replace('.mp4', '.srt')
    assert.equal(await readFile(sidecar, 'utf8'), '1\n00:00:04,000 --> 00:00:05,000\nGoes on\n')
  })

  it('tells of every stage as JSON, one object per line', async () => {
    const run = await cutroom(make('events', 'events'))
    const all = records(run.stdout)
    const started = all.filter(({ type }) => type === 'stage-started')
    const done = all.filter(({ type }) => type === 'stage-done')
    assert.deepEqual(
      new Set(started.map(({ stage }) => stage)),
      new Set(['hash', 'ingest', 'select', 'render']),
    )
    assert.equal(done.length, started.length)
    const fractions = all
      .filter(({ type, id }) => type === 'stage-progress' && id === 2)
      .map(({ fraction }) => Number(fraction))
    assert.deepEqual(
      fractions,
      fractions.toSorted((a, b) => a - b),
      'progress never falls',
    )
    assert.equal(String(run.stderr), '')
  })

  it('writes a line per stage where nobody watches, and a table at the end', async () => {
    const run = await cutroom(make('lines', 'lines', ['--variants', '1']).filter((word) => word !== '--json'))
    assert.match(
      String(run.stderr),
      /^lines · hash eight-shots\.mp4: .*\nlines · ingest eight-shots\.mp4: .* s {2}24\.0 s of 320×180\nlines · select/,
    )
    assert.ok(!String(run.stderr).includes('\u001b'), 'no control sequences')
    assert.match(String(run.stdout), /^file +duration +size +took +where\n─/)
  })

  it('stops at Ctrl-C: ffmpeg and scratch are gone, finished files stay, exit code 130', async () => {
    const first = await cutroom(make('stopped', 'stopped', ['--variants', '1']))
    const kept = resultOf(first.stdout).exports.map(({ file }) => file)
    const running = cutroom(
      make('stopped', 'stopped', ['--variants', '6', '--seed', '7', '--preset', 'reels', '--best-effort']),
    )
    await printed(running, '"stage":"render"')
    running.kill('SIGINT')
    const stopped = await running
    assert.equal(stopped.exitCode, 130, String(stopped.stderr))
    assert.match(String(stopped.stdout), /"code":"cancelled"/)
    assert.deepEqual(await scratchOf(), [])
    for (const file of kept) assert.ok(existsSync(file))
    const { stdout } = await execa('ps', ['-eo', 'args'])
    assert.ok(!stdout.split('\n').some((line) => line.includes(data) && line.includes('ffmpeg')), stdout)
  })

  it('ends quietly, without scratch, when nobody reads its output any more', async () => {
    const running = cutroom(make('piped', 'piped', ['--preset', 'reels']), { buffer: false })
    await printed(running, '"stage":"render"')
    running.stderr?.resume()
    running.stdout?.destroy()
    const ended = await running
    assert.equal(ended.exitCode, 130)
    assert.deepEqual(await scratchOf(), [])
  })

  it('leaves scratch when it is killed, which clean removes once its lease has run out, and loses no finished stage', async () => {
    const args = make('killed', 'killed', ['--preset', 'reels', '--variants', '1', '--duration', '2'])
    const running = cutroom(args)
    await printed(running, '"stage":"render"')
    running.kill('SIGKILL')
    await running
    assert.equal((await scratchOf()).length, 1)
    const clean = ['clean', '--profile', 'killed', '--data', data, '--json']
    const other = records((await cutroom(['clean', '--profile', 'acme', '--data', data, '--json'])).stdout)[0]
    assert.deepEqual(other?.removed, [])
    const kept = records((await cutroom(clean)).stdout)[0]
    assert.deepEqual(kept?.removed, [], 'the lease still runs')
    assert.match(JSON.stringify(kept), /"why":"lease-running"/)
    const rerun = records((await cutroom(args)).stdout)
    const ingest = rerun.find(({ type, stage }) => type === 'stage-started' && stage === 'ingest')
    assert.equal(rerun.find(({ type, id }) => type === 'stage-done' && id === ingest?.id)?.found, true)
  })
})
