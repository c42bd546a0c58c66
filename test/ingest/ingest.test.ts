import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { Progress } from '@cutroom/contracts'
import { analyseSource, FEATURE_RATE_HZ, ingestSource, probeFile, type Tools } from '@cutroom/media'
import { execa } from 'execa'
import { type FixtureName, fixture, realMedia } from '../fixtures/fixtures.ts'
import { likeness } from '../support/frames.ts'
import { assertBarsOfHdr } from '../support/tone.ts'
import { testTools } from '../support/tools.ts'

type Ingested = Awaited<ReturnType<typeof ingestSource>>

let tools: Tools
let scratch: string
before(async () => {
  tools = await testTools()
  scratch = mkdtempSync(join(tmpdir(), 'cutroom-ingest-'))
})
after(() => rmSync(scratch, { recursive: true, force: true }))

let folders = 0
const freshFolder = (): string => {
  const folder = join(scratch, String(folders++))
  mkdirSync(folder)
  return folder
}

const ingestPath = async (path: string, options = {}): Promise<Ingested> => {
  const scratchDir = freshFolder()
  const probe = await probeFile(tools, path, { scratchDir })
  return ingestSource(tools, probe, path, scratchDir, options)
}
const known = new Map<FixtureName, Promise<Ingested>>()
/** The ingest of a fixture, made once for all tests. */
const ingest = (name: FixtureName): Promise<Ingested> => {
  const result = known.get(name) ?? fixture(name).then((path) => ingestPath(path))
  known.set(name, result)
  return result
}

const rounded = (cuts: Float64Array): number[] => [...cuts].map((cut) => Number(cut.toFixed(3)))

/** Number of the ramp's frame that a brightness of 0 to 1 stands for. */
const rampFrame = (brightness: number): number => Math.max(0, Math.round((brightness * 219 + 16 - 20) / 3))

/** Number of the ramp's frame that a decoder gives that seeks to a time, or `null` behind the last. */
async function rampFrameAt(path: string, seconds: number): Promise<number | null> {
  const seek = ['-v', 'error', '-ss', seconds.toFixed(3), '-i', path, '-frames:v', '1']
  const raw = ['-vf', 'format=yuv420p,extractplanes=y', '-f', 'rawvideo', '-']
  const { stdout } = await execa('ffmpeg', [...seek, ...raw], { encoding: 'buffer' })
  if (stdout.length === 0) return null
  const mean = stdout.reduce((sum, luma) => sum + luma, 0) / stdout.length
  return Math.round((mean - 20) / 3)
}

describe('sample i describes the picture that a seek to i/10 s gives', () => {
  for (const name of [
    'ramp',
    'ramp-29.97',
    'ramp-10',
    'ramp-edit-list',
    'ramp-start-offset',
    'ramp-late-audio',
    'ramp-late-video',
  ] as const) {
    test(name, async () => {
      const path = await fixture(name)
      const { features, randomAccess } = await ingest(name)
      assert.equal(randomAccess, 'exact')
      const wrong: string[] = []
      for (let sample = 0; sample < features.brightness.length; sample += 3) {
        const expected = await rampFrameAt(path, sample / FEATURE_RATE_HZ)
        const found = rampFrame(features.brightness[sample] ?? Number.NaN)
        if (expected !== null && found !== expected) wrong.push(`sample ${sample}: ${found}, not ${expected}`)
      }
      assert.deepEqual(wrong, [])
    })
  }

  test('with a variable frame rate it is the picture on screen at that time', async () => {
    const path = await fixture('ramp-vfr')
    const { features } = await ingest('ramp-vfr')
    const shown = Array.from({ length: 60 }, (_, frame) => frame).filter((frame) => (frame * 7) % 12 < 5)
    assert.equal(await rampFrameAt(path, 0), 0)
    features.brightness.forEach((brightness, sample) => {
      const expected = shown.findLast((frame) => frame <= sample * 3)
      assert.equal(rampFrame(brightness), expected, `sample ${sample}`)
    })
  })
})

describe('hard cuts', () => {
  test('are found to the frame', async () => {
    assert.deepEqual(rounded((await ingest('hard-cuts')).features.hardCuts), [1.2, 2.4, 3.6, 4.8])
  })
  test('black to a picture and back are hard cuts', async () => {
    assert.deepEqual(rounded((await ingest('black-ends')).features.hardCuts), [1.5, 3])
  })
  test('fades, a cross-fade and a flash are not', async () => {
    assert.deepEqual(rounded((await ingest('soft-cuts')).features.hardCuts), [])
  })
  const film = realMedia('film_tears_of_steel_70s.webm')
  test('of an action film with muzzle flashes and whip pans', {
    skip: film === null && 'no ../shared/media here',
  }, async () => {
    const { features } = await ingestPath(film ?? '')
    // Seen by eye, at 24 frames a second; 59.583 is hidden by a muzzle flash.
    const seen = [
      2.167, 5.083, 6.583, 9.208, 12.875, 29.792, 32.833, 36.333, 37.542, 41.125, 46.958, 48.208, 50.125,
      51.417, 51.917, 53.5, 56.042, 57.417, 59.583, 61.333, 63.542, 65.458, 67.417, 68.75, 70.375,
    ]
    const found = rounded(features.hardCuts)
    assert.deepEqual(
      found.filter((cut) => !seen.includes(cut)),
      [],
    )
    assert.deepEqual(
      seen.filter((cut) => cut !== 59.583 && !found.includes(cut)),
      [],
    )
  })
})

describe('sound', () => {
  test('tone, silence, tone', async () => {
    const { features, waveform } = await ingest('tone-silence-tone')
    const levels = [...features.loudness].map(Math.round)
    assert.equal(levels.length, 30)
    assert.ok(
      levels.slice(0, 10).every((level) => level > -30) && levels.slice(20).every((level) => level > -30),
    )
    assert.ok(
      levels.slice(11, 20).every((level) => level < -80),
      levels.join(' '),
    )
    assert.equal(waveform.peaks.length, 2 * 3 * waveform.peaksPerSecond)
    assert.ok((waveform.peaks[40] ?? 0) < -5 && (waveform.peaks[41] ?? 0) > 5)
    assert.ok(waveform.peaks.subarray(110, 190).every((peak) => Math.abs(peak) <= 1))
  })
  test('that begins late is preceded by silence', async () => {
    const levels = [...(await ingest('late-audio')).features.loudness]
    assert.ok(
      levels.slice(0, 6).every((level) => level === -100),
      levels.join(' '),
    )
    assert.ok(
      levels.slice(7).every((level) => level > -30),
      levels.join(' '),
    )
  })
  test('of a silent file is silence, and said to be missing', async () => {
    const { features } = await ingest('no-audio')
    assert.equal(features.hasAudio, false)
    assert.ok(features.loudness.every((level) => level === -100))
    assert.ok(features.speech.every((likelihood) => likelihood === 0))
  })
  test('of six channels and of one is mixed', async () => {
    for (const name of ['surround-5.1', 'mono'] as const) {
      const { features } = await ingest(name)
      assert.ok(features.hasAudio && features.loudness.every((level) => level > -35), name)
    }
  })
})

interface Stream {
  readonly codec_type: string
  readonly codec_name: string
  readonly width?: number
  readonly height?: number
  readonly r_frame_rate: string
  readonly sample_aspect_ratio?: string
  readonly color_transfer?: string
  readonly pix_fmt?: string
  readonly duration: string
}
async function streamsOf(path: string): Promise<Stream[]> {
  const { stdout } = await execa('ffprobe', ['-v', 'error', '-show_streams', '-of', 'json', path])
  return (JSON.parse(stdout) as { streams: Stream[] }).streams
}

describe('the proxy', () => {
  for (const [name, width, height, rate] of [
    ['plain', 320, 180, '30/1'],
    ['rotated-90', 180, 320, '30/1'],
    ['rotated-270', 180, 320, '30/1'],
    ['4k-hevc', 960, 540, '30/1'],
    ['odd-size', 852, 478, '30/1'],
    ['anamorphic', 256, 144, '30/1'],
    ['fps25', 320, 180, '25/1'],
    ['fps50', 320, 180, '25/1'],
    ['fps60', 320, 180, '30/1'],
    ['fps29.97', 320, 180, '30000/1001'],
    ['vfr', 320, 180, '30/1'],
    ['interlaced', 360, 288, '25/1'],
  ] as const) {
    test(`of ${name} is ${width}x${height} at ${rate}`, async () => {
      const { proxyPath } = await ingest(name)
      const [video] = await streamsOf(proxyPath)
      assert.deepEqual(
        [video?.codec_name, video?.pix_fmt, video?.width, video?.height, video?.r_frame_rate],
        ['h264', 'yuv420p', width, height, rate],
      )
      assert.ok([undefined, '1:1'].includes(video?.sample_aspect_ratio))
    })
  }

  test('shows what the source shows, upright', async () => {
    const source = await fixture('plain')
    for (const name of ['plain', 'rotated-180'] as const) {
      const { proxyPath } = await ingest(name)
      assert.ok((await likeness({ path: source, at: 1 }, { path: proxyPath, at: 1 })) > 25, name)
    }
    const portrait = await fixture('portrait')
    for (const name of ['rotated-90', 'rotated-270'] as const) {
      const { proxyPath } = await ingest(name)
      assert.ok((await likeness({ path: portrait, at: 1 }, { path: proxyPath, at: 1 })) > 25, name)
    }
  })

  test('of HDR material has the hues and the brightness that the curve gives it', async () => {
    for (const name of ['hdr10-pq', 'hlg'] as const) {
      const { proxyPath } = await ingest(name)
      const [video] = await streamsOf(proxyPath)
      assert.equal(video?.color_transfer, 'bt709')
      await assertBarsOfHdr(proxyPath, 0.2, name)
    }
  })

  test('can be cut at any frame: every frame is a key frame', async () => {
    const { proxyPath } = await ingest('fps25')
    const show = ['-select_streams', 'v', '-show_entries', 'packet=flags', '-of', 'csv=p=0']
    const { stdout } = await execa('ffprobe', ['-v', 'error', ...show, proxyPath])
    const flags = stdout.trim().split('\n')
    assert.equal(flags.length, 50)
    assert.ok(flags.every((flag) => flag.startsWith('K')))
  })

  test('keeps picture and sound as long as the source', async () => {
    for (const name of ['late-audio', 'late-video', 'start-offset'] as const) {
      const { proxyPath, features } = await ingest(name)
      const [video, audio] = await streamsOf(proxyPath)
      assert.ok(
        Math.abs(Number(video?.duration) - features.durationSeconds) < 0.05,
        `${name}: ${video?.duration}`,
      )
      assert.ok(Number(audio?.duration) > features.durationSeconds - 0.2, `${name}: ${audio?.duration}`)
    }
  })
})

test('picture i of the filmstrip shows the source at i intervals', async () => {
  const { filmstripPath, filmstrip } = await ingest('hard-cuts')
  assert.deepEqual(filmstrip, {
    tile: { width: 160, height: 90 },
    columns: 6,
    rows: 1,
    count: 6,
    intervalSeconds: 1,
  })
  const source = await fixture('hard-cuts')
  for (let picture = 0; picture < filmstrip.count; picture++) {
    const crop = `crop=160:90:${160 * picture}:0`
    const close = await likeness({ path: source, at: picture }, { path: filmstripPath, at: 0 }, crop)
    assert.ok(close > 20, `picture ${picture}: ${close} dB`)
  }
})

test('a source that shows nonsense after a seek is unsafe for random access', async () => {
  assert.equal((await ingest('green-seek')).randomAccess, 'unsafe')
})

test('a transport stream that a seek enters at a later key frame is unsafe for random access', async () => {
  assert.equal((await ingest('start-offset')).randomAccess, 'unsafe')
})

test('brightness is the mean of luma between black and white, whatever is scaled on the way', async () => {
  const { features } = await ingest('hard-cuts')
  // (YAVG - 16) / 219 of ffmpeg's signalstats on the source's own pictures, converted from bt601 to bt709.
  for (const [sample, expected] of [
    [0, 0.4773],
    [12, 0.3633],
    [40, 0.0799],
    [50, 0.1657],
  ] as const) {
    const found = features.brightness[sample] ?? Number.NaN
    assert.ok(Math.abs(found - expected) < 0.003, `sample ${sample}: ${found}, not ${expected}`)
  }
})

test('the features without files are those with files', async () => {
  const path = await fixture('hard-cuts')
  const scratchDir = freshFolder()
  const probe = await probeFile(tools, path, { scratchDir })
  const alone = await analyseSource(tools, probe, path, scratchDir)
  assert.deepEqual(readdirSync(scratchDir), [])
  const { features } = await ingest('hard-cuts')
  assert.deepEqual(alone.features.hardCuts, features.hardCuts)
  alone.features.brightness.forEach((brightness, sample) => {
    assert.ok(Math.abs(brightness - (features.brightness[sample] ?? Number.NaN)) < 0.01, `sample ${sample}`)
  })
})

test('damage in the middle is found though ffmpeg goes on to the end', async () => {
  await assert.rejects(ingest('damaged-middle'), { code: 'media-broken', message: /damaged/ })
})

test('a file without moving picture is refused', async () => {
  await assert.rejects(ingest('cover-art-only'), { code: 'media-no-video' })
})

test('a source that ends before its probe says is broken, with what was decoded', async () => {
  const path = await fixture('plain')
  const scratchDir = freshFolder()
  const probe = await probeFile(tools, path, { scratchDir })
  const longer = { ...probe, durationSeconds: 10 }
  await assert.rejects(ingestSource(tools, longer, path, scratchDir), {
    code: 'media-broken',
    details: { durationSeconds: 10, decodedSeconds: 2 },
  })
})

test('progress rises to 1', async () => {
  const seen: Progress[] = []
  await ingestPath(await fixture('4k-hevc'), { onProgress: (progress: Progress) => seen.push(progress) })
  const fractions = seen.map(({ fraction }) => fraction)
  assert.deepEqual(
    fractions,
    [...fractions].sort((a, b) => a - b),
  )
  assert.equal(fractions.at(-1), 1)
})

test('an aborted ingest is cancelled', async () => {
  const controller = new AbortController()
  const path = await fixture('4k-hevc')
  const onProgress = () => controller.abort()
  await assert.rejects(ingestPath(path, { signal: controller.signal, onProgress }), { code: 'cancelled' })
})

test('proxy and filmstrip are all that is left in the scratch folder', async () => {
  const { proxyPath, filmstripPath } = await ingest('talk')
  assert.deepEqual(readdirSync(join(proxyPath, '..')).sort(), ['filmstrip.jpg', 'proxy.mp4'])
  assert.ok(statSync(filmstripPath).size > 1000)
})
