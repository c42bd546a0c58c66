import assert from 'node:assert/strict'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, describe, it } from 'node:test'
import { isDeepStrictEqual } from 'node:util'
import { fixture } from '../fixtures/fixtures.ts'
import { cutroom, records } from './cli.ts'

let data: string
let footage: string

before(async () => {
  data = await mkdtemp(path.join(tmpdir(), 'cutroom-inspect-'))
  footage = await fixture('eight-shots')
})
after(() => rm(data, { recursive: true }))

const run = (...args: string[]) => cutroom([...args, '--data', data])

describe('cutroom select', () => {
  const select = (...more: string[]) =>
    run('select', footage, '--profile', 'acme', '--variants', '2', '--duration', '6', ...more)

  it('shows timelines with a reason for each cut, and what variants share', async () => {
    const { stdout, exitCode } = await select()
    assert.equal(exitCode, 0)
    assert.match(String(stdout), /^clip 1: \d cuts, 6\.00 s\n# +source +from +to +length +score +why\n/)
    assert.match(String(stdout), /footage shared between clips\n/)
  })

  it('chooses the same for the same seed, and something else for another', async () => {
    const clips = async (seed: string) =>
      records((await select('--seed', seed, '--json')).stdout).filter(({ type }) => type === 'clip')
    const first = await clips('3')
    assert.deepEqual(await clips('3'), first)
    // Two seeds may agree on so little footage; not all do.
    const others = await Promise.all(['1', '5', '6'].map(clips))
    assert.ok(others.some((other) => !isDeepStrictEqual(other, first)))
  })

  it('writes previews as long as their timelines, without a render', async () => {
    const folder = path.join(data, 'previews')
    const { stdout } = await select('--previews', folder, '--json')
    assert.deepEqual((await readdir(folder)).toSorted(), ['preview-1.mp4', 'preview-2.mp4'])
    assert.ok(!records(stdout).some(({ stage }) => stage === 'render'))
    for (const name of ['preview-1.mp4', 'preview-2.mp4']) {
      const [probe] = records((await run('probe', path.join(folder, name), '--json')).stdout)
      assert.ok(Math.abs(Number(probe?.durationSeconds) - 6) < 0.15, String(probe?.durationSeconds))
    }
  })

  it('says in numbers why footage does not suffice, and does its best when told to', async () => {
    const refused = await select('--duration', '60')
    assert.equal(refused.exitCode, 4)
    assert.match(String(refused.stderr), /error footage-too-short: .*\d+\.\d s/)
    assert.match(String(refused.stderr), /→ .*shorter than asked for/)
    assert.equal((await select('--duration', '60', '--best-effort')).exitCode, 0)
  })
})

describe('cutroom plan', () => {
  it('prints every ffmpeg command of a render and runs none', async () => {
    const { stdout, stderr } = await run(
      'plan',
      footage,
      '--profile',
      'acme',
      '--variants',
      '1',
      '--duration',
      '6',
    )
    const lines = String(stdout)
      .split('\n')
      .filter((line) => line.startsWith('ffmpeg '))
    assert.equal(lines.filter((line) => line.includes('libx264')).length, 1, 'one encode')
    assert.ok(lines.filter((line) => line.includes('rawvideo pipe:1')).length >= 2)
    assert.doesNotMatch(String(stderr), /render/)
  })
})

describe('cutroom doctor', () => {
  it('names every tool with its version', async () => {
    const { stdout, exitCode } = await run('doctor')
    assert.equal(exitCode, 0)
    for (const name of [
      'Node',
      'ffmpeg',
      'libx264',
      'libass',
      'libzimg',
      'sandbox',
      'espeak-ng',
      'caption fonts',
    ]) {
      assert.match(String(stdout), new RegExp(`\\n. +${name} `))
    }
  })

  it('says what is missing and what that costs', async () => {
    const { stdout, exitCode } = await cutroom(['doctor'], {
      env: { CUTROOM_FFMPEG: '/nowhere/ffmpeg', CUTROOM_ESPEAK: '/nowhere/espeak' },
    })
    assert.equal(exitCode, 5)
    assert.match(String(stdout), /✗ +ffmpeg .*nothing works/)
    assert.match(String(stdout), /– +espeak .*cannot be spoken/)
  })

  it('lists voices', async () => {
    assert.match(String((await run('doctor', '--voices')).stdout), /\nespeak:en-us /)
  })
})

describe('wrong usage ends with exit code 2 and one sentence', () => {
  const cases: [name: string, args: string[], says: RegExp][] = [
    [
      'an unknown option',
      ['make', 'a.mp4', '--profile', 'x', '--colour', 'red'],
      /usage-invalid: unknown option '--colour'/,
    ],
    ['an unknown command', ['mkae'], /usage-invalid: unknown command 'mkae'.*make/],
    ['no profile', ['make', 'a.mp4'], /usage-invalid: required option '--profile <name>'/],
    ['no video', ['make', '--profile', 'x'], /usage-invalid: missing required argument 'video'/],
    ['too many variants', ['make', 'a.mp4', '--profile', 'x', '--variants', '21'], /from 1 to 20/],
    ['half a variant', ['make', 'a.mp4', '--profile', 'x', '--variants', '1.5'], /whole number/],
    [
      'an unknown preset',
      ['make', 'a.mp4', '--profile', 'x', '--preset', 'vhs'],
      /preset-unknown: .*"vhs".*reels/,
    ],
    [
      'an unknown caption style',
      ['make', 'a.mp4', '--profile', 'x', '--captions', 'neon'],
      /field-invalid: .*"neon".*highlight/,
    ],
    [
      'two scripts',
      ['make', 'a.mp4', '--profile', 'x', '--script', 'a', '--script-file', 'b'],
      /not by both/,
    ],
    [
      'a server for what looks at files here',
      ['select', 'a.mp4', '--profile', 'x', '--server', 'http://127.0.0.1:1'],
      /works on this machine alone: unknown option '--server'.*\n {2}→ .*README/,
    ],
    [
      'a server for keys',
      ['keys', 'list', '--key', 'cut_x'],
      /works on this machine alone: unknown option '--key'/,
    ],
    [
      'a size that is none',
      ['profiles', 'create', 'x', '--storage', 'much'],
      /such as 500MB or 20GB, or none/,
    ],
    ['a profile of blanks', ['make', 'a.mp4', '--profile', '  '], /field-invalid: .*1 to 64/],
  ]
  for (const [name, args, says] of cases) {
    it(name, async () => {
      const { exitCode, stderr } = await run(...args)
      assert.match(String(stderr), says)
      assert.equal(exitCode, 2)
    })
  }
})

describe('bad input is refused with a code, a sentence and a remedy', () => {
  for (const [name, code] of [
    ['empty', 'file-empty'],
    ['text-named', 'media-unrecognised'],
    ['hls-playlist-named', 'media-playlist'],
    ['ffconcat-named', 'media-playlist'],
    ['truncated', 'media-broken'],
    ['cover-art-only', 'media-no-video'],
  ] as const) {
    it(name, async () => {
      const { exitCode, stdout, stderr } = await run(
        'make',
        await fixture(name),
        '--profile',
        'bad',
        '--json',
      )
      assert.equal(exitCode, 3, String(stderr) + String(stdout))
      const error = records(stdout).at(-1)
      assert.equal(error?.code, code)
      assert.ok(String(error?.remedy).length > 10)
    })
  }

  it('a file that is not there', async () => {
    const { exitCode, stderr } = await run('make', 'absent.mp4', '--profile', 'bad')
    assert.equal(exitCode, 3)
    assert.match(String(stderr), /error file-missing: .*absent\.mp4.*\n {2}→ /)
  })

  it('captions that cannot be read, by their line', async () => {
    const srt = path.join(data, 'bad.srt')
    await writeFile(srt, '1\n00:00:01,000 --> soon\nHello\n')
    const { exitCode, stderr } = await run('make', footage, '--profile', 'bad', '--srt', srt)
    assert.equal(exitCode, 3)
    assert.match(String(stderr), /captions-unreadable: .*line 2/i)
  })

  it('a script whose letters would be lost', async () => {
    const script = path.join(data, 'latin.txt')
    await writeFile(script, Buffer.from('Élan', 'latin1'))
    const { exitCode, stderr } = await run('make', footage, '--profile', 'bad', '--script-file', script)
    assert.equal(exitCode, 2)
    assert.match(String(stderr), /field-invalid: The file latin\.txt is not UTF-8\.\n {2}→ Save it as UTF-8/)
  })

  it('a voice that does not exist', async () => {
    const { exitCode, stderr } = await run(
      'make',
      footage,
      '--profile',
      'bad',
      '--script',
      'Hello',
      '--voice',
      'espeak:klingonn',
    )
    assert.equal(exitCode, 2)
    assert.match(String(stderr), /voice-unknown/)
  })
})
