import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, describe, it } from 'node:test'
import { CutroomError, PRESETS, type Preset } from '@cutroom/contracts'
import { planRender, probeFile, renderExport, type Tools } from '@cutroom/media'
import { execa } from 'execa'
import type { RenderRequest } from '../../packages/media/src/plan/render-plan.ts'
import type { VerifiedExport } from '../../packages/media/src/render/verify.ts'
import { type FixtureName, fixture } from '../fixtures/fixtures.ts'
import { level, likeness, lumaOfFrames, samples } from '../support/frames.ts'
import { assertBarsOfHdr } from '../support/tone.ts'
import { testTools } from '../support/tools.ts'

const reels = PRESETS.find((preset) => preset.id === 'reels') as Preset
/** Reels at a sixth of its size: everything is the same but the time it takes. */
const small: Preset = { ...reels, frame: { width: 180, height: 320 } }

let tools: Tools
let root: string
let count = 0

before(async () => {
  tools = await testTools()
  root = await mkdtemp(path.join(tmpdir(), 'cutroom-render-'))
})
after(() => rm(root, { recursive: true }))

type Options = Partial<Omit<RenderRequest, 'sources' | 'cuts' | 'soundFrom'>> & {
  readonly soundFrom?: { readonly file: string; readonly start: number }
  readonly unsafe?: boolean
  readonly signal?: AbortSignal
}

/** Renders ranges of files into a folder of its own. */
async function render(
  cuts: readonly (readonly [file: string, start: number, end: number])[],
  options: Options = {},
): Promise<VerifiedExport> {
  count += 1
  const folder = path.join(root, String(count))
  await mkdir(folder)
  const sources = new Map()
  const idOf = (file: string) => createHash('sha256').update(file).digest('hex')
  for (const file of new Set(cuts.map(([path]) => path))) {
    const probe = await probeFile(tools, file, { scratchDir: folder })
    sources.set(idOf(file), {
      name: path.basename(file),
      path: file,
      probe,
      randomAccess: options.unsafe ? 'unsafe' : 'exact',
    })
  }
  const { soundFrom } = options
  const plan = planRender({
    preset: small,
    voice: null,
    music: null,
    muted: [],
    captions: false,
    ...options,
    soundFrom: soundFrom ? { sourceId: idOf(soundFrom.file), start: soundFrom.start } : null,
    cuts: cuts.map(([file, start, end]) => ({ sourceId: idOf(file), start, end })),
    sources,
  })
  return renderExport(tools, plan, { folder, signal: options.signal, fontconfig: null })
}

const sha = async (file: string) =>
  createHash('sha256')
    .update(await readFile(file))
    .digest('hex')

describe('a render of every kind of source has exactly its frames, its length and its loudness', {
  concurrency: 2,
}, () => {
  const kinds: FixtureName[] = [
    ...([
      'plain',
      'portrait',
      'square',
      'odd-size',
      'anamorphic',
      'rotated-90',
      'rotated-180',
      'rotated-270',
    ] as const),
    ...([
      'vfr',
      'vfr-matroska',
      'fps10',
      'fps25',
      'fps50',
      'fps60',
      'interlaced',
      'hdr10-pq',
      'hlg',
      '4k-hevc',
    ] as const),
    ...([
      'no-audio',
      'mono',
      'surround-5.1',
      'late-audio',
      'late-video',
      'start-offset',
      'edit-list',
    ] as const),
    ...([
      'cover-art',
      'one-frame-track',
      'timecode-track',
      'container-avi',
      'duration-nine-orders-off',
    ] as const),
  ]
  for (const kind of kinds) {
    it(kind, async () => {
      const file = await fixture(kind)
      const done = await render([
        [file, 0.2, 0.45],
        [file, 0, 0.4],
      ])
      assert.equal(done.frames, 20)
      if (kind !== 'no-audio') return
      assert.equal(done.integratedLufs, null)
    })
  }
})

describe('the picture', { concurrency: 2 }, () => {
  for (const kind of ['rotated-90', 'rotated-180', 'rotated-270'] as const) {
    it(`of ${kind} stands upright`, async () => {
      const turned = await fixture(kind)
      const done = await render([[turned, 0.5, 1]])
      // The fixture's 180° is of a landscape picture, the others of a portrait one.
      const upright = await fixture(kind === 'rotated-180' ? 'plain' : 'portrait')
      const crop = kind === 'rotated-180' ? 'crop=102:180:110:0' : 'null'
      const found = await likeness({ path: done.path, at: 0.2 }, { path: upright, at: 0.7 }, crop)
      assert.ok(found > 27, `${found} dB`)
    })
  }

  it('is that of the cut: the right frames of the right source in the right order', async () => {
    const [plain, portrait] = await Promise.all([fixture('plain'), fixture('portrait')])
    const done = await render([
      [portrait, 1.2, 1.7],
      [portrait, 0.3, 0.9],
      [plain, 0.5, 1],
    ])
    assert.equal(done.frames, 48)
    const at = (seconds: number) => ({ path: done.path, at: seconds })
    assert.ok((await likeness(at(0), { path: portrait, at: 1.2 })) > 30)
    assert.ok((await likeness(at(0.5), { path: portrait, at: 0.3 })) > 30)
    assert.ok((await likeness(at(1.4), { path: plain, at: 0.8 }, 'crop=102:180:110:0')) > 27)
    assert.ok(
      (await likeness(at(0.5), { path: portrait, at: 0.5 })) < 30,
      'the measure can tell frames apart',
    )
  })

  it('is whole where a seek into the source would give rubbish', async () => {
    const file = await fixture('green-seek')
    const reference = { path: file, at: 1.5 }
    const crop = 'crop=102:180:110:0'
    const safe = await render([[file, 1.5, 2]], { unsafe: true })
    assert.ok((await likeness({ path: safe.path, at: 0 }, reference, crop)) > 27)
  })

  it('of 60 frames per second keeps every second one', async () => {
    const file = await fixture('fps60')
    const done = await render([[file, 0.5, 1]])
    assert.ok(
      (await likeness({ path: done.path, at: 0.2 }, { path: file, at: 0.7 }, 'crop=102:180:110:0')) > 27,
    )
  })

  it('of a source whose picture begins late is its first one until then', async () => {
    const file = await fixture('late-video')
    const done = await render([[file, 0, 1]])
    const likeFrameAt = (at: number, frameAt: number) =>
      likeness({ path: done.path, at }, { path: file, at: frameAt }, 'crop=102:180:110:0')
    // Its first picture is at 0.5 s.
    assert.ok((await likeFrameAt(0.2, 0.5)) > 27, 'held before')
    assert.ok((await likeFrameAt(0.7, 0.7)) > 27, 'in time after')
    assert.ok((await likeFrameAt(0.7, 0.5)) < 27, 'the measure can tell them apart')
  })

  it('of high dynamic range has the hues and the brightness that the curve gives it', async () => {
    const preset = { ...small, frame: { width: 320, height: 180 } }
    for (const kind of ['hdr10-pq', 'hlg'] as const) {
      const done = await render([[await fixture(kind), 0, 0.5]], { preset })
      await assertBarsOfHdr(done.path, 0.2, kind)
    }
  })
})

describe('the sound', { concurrency: 2 }, () => {
  it('is in step with the picture', async () => {
    // White for one frame, and a beep with it, at 1.0 and 2.0 s.
    const file = path.join(root, 'flash-and-beep.mkv')
    const flash = "drawbox=c=white:t=fill:enable='lt(mod(t,1),0.032)*gt(t,0.5)'"
    const beep = "volume='lt(mod(t,1),0.1)*gt(t,0.5)':eval=frame"
    await execa('ffmpeg', [
      ...['-v', 'error', '-f', 'lavfi', '-i', `color=black:s=320x180:r=30:d=3,${flash}`],
      ...['-f', 'lavfi', '-i', `sine=1000:r=48000:d=3,asetnsamples=48,${beep}`],
      ...['-c:v', 'libx264', '-g', '90', '-c:a', 'pcm_s16le', file],
    ])
    const done = await render([
      [file, 0.9, 1.4],
      [file, 1.75, 2.3],
    ])
    const luma = await lumaOfFrames(done.path)
    const flashes = luma.flatMap((value, frame) => (value > 128 ? [frame / 30] : []))
    const sound = await samples(done.path)
    const beeps = flashes.map((_, index) => {
      const from = Math.round((index === 0 ? 0 : 0.5) * 48_000)
      return sound.findIndex((value, at) => at >= from && Math.abs(value) > 0.05) / 48_000
    })
    assert.deepEqual(
      flashes.map((time) => time.toFixed(2)),
      ['0.10', '0.73'],
    )
    for (const [index, time] of flashes.entries()) {
      const off = (beeps[index] ?? Number.NaN) - time
      assert.ok(Math.abs(off) < 0.04, `beep ${index + 1} is ${off} s off`)
    }
  })

  it('of a source that begins later than its picture stays late', async () => {
    const done = await render([[await fixture('late-audio'), 0.2, 1.4]])
    assert.ok((await level(done.path, 0, 0.45)) < -60)
    assert.ok((await level(done.path, 0.55, 0.5)) > -30)
  })

  it('is silent in muted ranges and nowhere else', async () => {
    const done = await render([[await fixture('plain'), 0, 2]], { muted: [{ start: 0.5, end: 1 }] })
    assert.ok((await level(done.path, 0.1, 0.35)) > -30)
    assert.ok((await level(done.path, 0.55, 0.4)) < -60)
    assert.ok((await level(done.path, 1.1, 0.5)) > -30)
  })

  it('of one source goes on while pictures of another are shown', async () => {
    // A tone, a second of silence, a tone; shown in the middle is a source with a tone of its own.
    const main = await fixture('tone-silence-tone')
    const other = await fixture('portrait')
    const done = await render(
      [
        [main, 0, 0.8],
        [other, 0.3, 1.7],
        [main, 2.2, 3],
      ],
      { soundFrom: { file: main, start: 0 } },
    )
    assert.ok((await level(done.path, 0.1, 0.8)) > -30)
    assert.ok((await level(done.path, 1.05, 0.85)) < -60)
    assert.ok((await level(done.path, 2.1, 0.8)) > -30)
    assert.ok((await likeness({ path: done.path, at: 1.5 }, { path: other, at: 1 })) > 30)
    const whole = await samples(done.path)
    assert.ok(Math.abs(whole.length - 3 * 48_000) < 2400)
  })

  it('of the source gives way to a voice and comes back after it', async () => {
    const voice = path.join(root, 'voice.wav')
    const words = "aevalsrc='0.5*sin(2*PI*4000*t)*between(t,1,2.5)':s=48000:d=4"
    await execa('ffmpeg', ['-v', 'error', '-f', 'lavfi', '-i', words, voice])
    // A steady tone of 440 Hz under a voice that is a tone of 4 kHz from 1 to 2.5 s.
    const done = await render([[await fixture('vfr'), 0, 3.9]], {
      voice: { path: voice, audioIndex: 0, gainDb: 0 },
    })
    const under = path.join(root, 'under.wav')
    await execa('ffmpeg', [
      '-v',
      'error',
      '-i',
      done.path,
      '-vn',
      '-af',
      'lowpass=800,lowpass=800,lowpass=800',
      under,
    ])
    const [before, during, later] = [
      await level(under, 0.3, 0.6),
      await level(under, 1.3, 1),
      await level(under, 3.3, 0.5),
    ]
    assert.ok(during < before - 4 && during < later - 4, `${before}, ${during}, ${later} dB`)
    assert.ok((await level(done.path, 1.3, 1)) > during + 6, 'the voice leads')
  })

  it('of sparse beats gets as loud as its peaks allow, and no peak is too high', async () => {
    const beats = path.join(root, 'beats.mkv')
    const hammer =
      "aevalsrc='exp(-60*mod(t,0.8))*sin(2*PI*180*t)+0.3*exp(-200*mod(t,0.8))*random(0)':s=48000:d=4"
    const picture = [
      '-f',
      'lavfi',
      '-i',
      'testsrc2=s=320x180:r=30:d=4',
      '-c:v',
      'libx264',
      '-preset',
      'ultrafast',
    ]
    await execa('ffmpeg', ['-v', 'error', '-f', 'lavfi', '-i', hammer, ...picture, '-c:a', 'flac', beats])
    const { integratedLufs, truePeakDbtp } = await render([[beats, 0, 4]])
    assert.ok(truePeakDbtp !== null && truePeakDbtp <= -1, `${truePeakDbtp} dBTP`)
    assert.ok(integratedLufs !== null && integratedLufs > -20, `${integratedLufs} LUFS`)
  })

  it('of short music is repeated to the end and fades out', async () => {
    const music = path.join(root, 'music.wav')
    await execa('ffmpeg', ['-v', 'error', '-f', 'lavfi', '-i', 'sine=330:r=44100:d=0.7', music])
    const done = await render([[await fixture('no-audio'), 0, 2]], {
      music: { path: music, audioIndex: 0, gainDb: 0 },
    })
    assert.ok((await level(done.path, 0.8, 0.2)) > -30)
    assert.ok((await level(done.path, 1.9, 0.08)) < (await level(done.path, 0.8, 0.2)) - 6)
    assert.equal(Math.round(done.integratedLufs ?? 0), -14)
  })
})

describe('a render', { concurrency: 2 }, () => {
  it('gives the same bytes again, alone and in company', async () => {
    const [plain, portrait] = await Promise.all([fixture('plain'), fixture('portrait')])
    const cuts = [
      [plain, 0.2, 0.7],
      [portrait, 0.5, 1],
    ] as const
    const alone = await sha((await render(cuts)).path)
    const together = await Promise.all([render(cuts), render(cuts), render(cuts)])
    for (const done of together) assert.equal(await sha(done.path), alone)
  })

  it('names the source that cannot be read, and leaves nothing running', async () => {
    const whole = await fixture('plain')
    const broken = path.join(root, 'breaks-off.mp4')
    const bytes = await readFile(whole)
    // Sound at its front, garbage where the pictures should be: it probes well and fails when it is decoded.
    bytes.fill(0x55, Math.floor(bytes.length * 0.1), Math.floor(bytes.length * 0.8))
    await writeFile(broken, bytes)
    const work = render([
      [whole, 0, 0.5],
      [broken, 0.5, 1.5],
    ])
    await assert.rejects(work, (error: unknown) => {
      assert.ok(error instanceof CutroomError)
      assert.equal(error.code, 'media-broken')
      assert.match(error.message, /breaks-off\.mp4/)
      return true
    })
  })

  it('goes on after it was cancelled', async () => {
    const cancel = new AbortController()
    const file = await fixture('4k-hevc')
    const cuts = Array.from({ length: 30 }, () => [file, 0, 0.4] as const)
    const work = render(cuts, { preset: reels, signal: cancel.signal })
    let cancelledMs = Number.NaN
    setTimeout(() => {
      cancelledMs = performance.now()
      cancel.abort()
    }, 1500)
    await assert.rejects(
      work,
      (error: unknown) => error instanceof CutroomError && error.code === 'cancelled',
    )
    // Two seconds on a machine that has time for it, which the bench measures; to its end it would take far longer.
    assert.ok(performance.now() - cancelledMs < 10_000)
  })

  it('of many cuts is frame exact', async () => {
    const file = await fixture('portrait')
    const cuts = Array.from({ length: 12 }, (_, index) => [file, index * 0.11, index * 0.11 + 0.111] as const)
    assert.equal((await render(cuts)).frames, Math.round(12 * 0.111 * 30))
  })
})
