import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { chmod, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { MediaProbe } from '@cutroom/contracts'
import { probeFile, type Tools } from '@cutroom/media'
import { type FixtureName, fixture, realMedia } from '../fixtures/fixtures.ts'
import { testTools } from '../support/tools.ts'

let tools: Tools
let scratchDir: string
before(async () => {
  tools = await testTools()
  scratchDir = mkdtempSync(join(tmpdir(), 'cutroom-probe-'))
})
after(() => rmSync(scratchDir, { recursive: true, force: true }))

const probe = async (name: FixtureName): Promise<MediaProbe> =>
  probeFile(tools, await fixture(name), { scratchDir })
const ratio = ({ num, den }: { num: number; den: number }): number => num / den

/** What is special about a file, and the length that it really has. */
interface Expected {
  readonly seconds: number
  readonly size?: readonly [width: number, height: number]
  readonly rate?: number
  readonly variable?: boolean
  readonly video?: Partial<NonNullable<MediaProbe['video']>>
  readonly channels?: number | null
  readonly hasCoverArt?: boolean
}

const EXPECTED: Partial<Record<FixtureName, Expected>> = {
  plain: {
    seconds: 2,
    size: [320, 180],
    rate: 30,
    channels: 2,
    video: { codec: 'h264', rotation: 0, bitDepth: 8 },
  },
  'rotated-90': { seconds: 2, size: [180, 320], video: { rotation: 90 } },
  'rotated-180': { seconds: 2, size: [320, 180], video: { rotation: 180 } },
  'rotated-270': { seconds: 2, size: [180, 320], video: { rotation: 270 } },
  portrait: { seconds: 2, size: [180, 320] },
  square: { seconds: 2, size: [240, 240] },
  'odd-size': { seconds: 1, size: [853, 479], video: { pixelFormat: 'yuv444p' } },
  anamorphic: {
    seconds: 2,
    size: [256, 144],
    video: { codedWidth: 176, sampleAspectRatio: { num: 16, den: 11 } },
  },
  vfr: { seconds: 3.933, variable: true },
  'vfr-matroska': { seconds: 3.954, variable: true },
  'fps23.976': { seconds: 2.002, rate: 24000 / 1001 },
  fps25: { seconds: 2, rate: 25 },
  'fps29.97': { seconds: 4.004, rate: 30000 / 1001 },
  fps50: { seconds: 2, rate: 50 },
  fps60: { seconds: 2, rate: 60 },
  'hdr10-pq': { seconds: 2, video: { hdr: 'pq', bitDepth: 10, codec: 'hevc' } },
  hlg: { seconds: 2, video: { hdr: 'hlg', bitDepth: 10 } },
  '4k-hevc': { seconds: 0.5, size: [3840, 2160], video: { codec: 'hevc' } },
  interlaced: { seconds: 2, rate: 25, video: { interlaced: true } },
  'no-audio': { seconds: 2, channels: null },
  mono: { seconds: 2, channels: 1 },
  'surround-5.1': { seconds: 2, channels: 6 },
  'late-audio': { seconds: 2, video: { startSeconds: 0 } },
  'late-video': { seconds: 2.521, video: { startSeconds: 0.521 } },
  'start-offset': { seconds: 2.021 },
  'edit-list': { seconds: 2.3 },
  'cover-art': { seconds: 2, size: [320, 180], hasCoverArt: true },
  'one-frame-track': { seconds: 2, size: [320, 180], video: { index: 1 } },
  'timecode-track': { seconds: 2, size: [320, 180] },
  'no-duration': { seconds: 3, rate: 30 },
  'duration-nine-orders-off': { seconds: 2.021 },
  'container-mov': { seconds: 2 },
  'container-avi': { seconds: 2.033 },
  'container-flv': { seconds: 2.021 },
  'container-m2ts': { seconds: 2.021 },
  'container-mpg': { seconds: 1.977 },
  'container-wmv': { seconds: 2.043 },
  'container-ogv': { seconds: 2 },
  'container-mxf': { seconds: 2, rate: 25 },
  'container-3gp': { seconds: 2 },
  'container-fragmented-mp4': { seconds: 2.021 },
}

describe('a file is described as it is', () => {
  for (const [name, expected] of Object.entries(EXPECTED) as [FixtureName, Expected][]) {
    test(name, async () => {
      const { video, audio, durationSeconds, hasCoverArt } = await probe(name)
      assert.ok(video)
      assert.ok(Math.abs(durationSeconds - expected.seconds) < 0.002, `${durationSeconds} s`)
      if (expected.size) assert.deepEqual([video.displayWidth, video.displayHeight], expected.size)
      if (expected.rate) assert.ok(Math.abs(ratio(video.averageFrameRate) - expected.rate) < 0.001)
      assert.equal(video.variableFrameRate, expected.variable ?? false)
      assert.equal(hasCoverArt, expected.hasCoverArt ?? false)
      if (expected.channels !== undefined) assert.equal(audio?.channels ?? null, expected.channels)
      const { startSeconds, ...exact } = expected.video ?? {}
      for (const [key, value] of Object.entries(exact)) {
        assert.deepEqual(video[key as keyof typeof video], value, key)
      }
      if (startSeconds !== undefined) assert.ok(Math.abs(video.startSeconds - startSeconds) < 0.002)
    })
  }

  for (const name of [
    'audio-wav',
    'audio-mp3',
    'audio-flac',
    'audio-aac',
    'audio-ogg',
    'cover-art-only',
  ] as const) {
    test(`${name} has sound and no video`, async () => {
      const { video, audio, durationSeconds, hasCoverArt } = await probe(name)
      assert.equal(video, null)
      assert.equal(audio?.channels, 1)
      assert.ok(Math.abs(durationSeconds - 2) < 0.05, `${durationSeconds} s`)
      assert.equal(hasCoverArt, name === 'cover-art-only')
    })
  }
})

describe('a file that cannot be used is refused with its code', () => {
  const codes = {
    truncated: 'media-broken',
    'truncated-tail': 'media-broken',
    'truncated-matroska': 'media-broken',
    empty: 'file-empty',
    'text-named': 'media-unrecognised',
    'external-reference': 'media-playlist',
    sparse: 'media-too-large',
  } as const
  for (const [name, code] of Object.entries(codes) as [keyof typeof codes, string][]) {
    test(`${name}: ${code}`, async () => {
      await assert.rejects(probe(name), { code })
    })
  }

  test('a missing file, a folder and a named pipe', async () => {
    const fifo = join(scratchDir, 'fifo.mp4')
    execFileSync('mkfifo', [fifo])
    for (const path of [join(scratchDir, 'nothing.mp4'), scratchDir, fifo, '/dev/zero']) {
      await assert.rejects(probeFile(tools, path, { scratchDir }), { code: 'file-missing' }, path)
    }
  })

  test('what a limit refuses is named with the limit and the value', async () => {
    const limits = { durationSeconds: 1, sidePixels: 8192, areaPixels: 1e8, frameRate: 240, streams: 64 }
    await assert.rejects(probeFile(tools, await fixture('plain'), { scratchDir, limits }), {
      code: 'media-too-large',
      details: { limit: 1, value: 2 },
    })
  })

  test('random bytes behind a true beginning are broken or unknown, and nothing hangs', async () => {
    const head = readFileSync(await fixture('container-avi')).subarray(0, 64)
    const path = join(scratchDir, 'noise.avi')
    writeFileSync(path, Buffer.concat([head, Buffer.alloc(20_000, 'x7\u0001')]))
    await assert.rejects(probeFile(tools, path, { scratchDir }), (error: { code?: string }) =>
      ['media-broken', 'media-unrecognised'].includes(error.code ?? ''),
    )
  })
})

test('a path with spaces, quotes, colons and a per cent sign is a path', async () => {
  const folder = join(scratchDir, "we:ird 'name' %03d")
  mkdirSync(folder)
  const path = join(folder, '-i "x".mp4')
  writeFileSync(path, readFileSync(await fixture('plain')))
  assert.equal((await probeFile(tools, path, { scratchDir })).durationSeconds, 2)
})

test('an aborted probe is cancelled', async () => {
  const signal = AbortSignal.abort()
  await assert.rejects(probeFile(tools, await fixture('plain'), { scratchDir, signal }), {
    code: 'cancelled',
  })
})

test('a playlist is refused before any tool starts, and nobody is called', async () => {
  let connections = 0
  const server = createServer((_, response) => response.end())
  server.on('connection', () => connections++)
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const { port } = server.address() as AddressInfo
  try {
    const started = join(scratchDir, 'started')
    const spy = join(scratchDir, 'spy.sh')
    await writeFile(spy, `#!/bin/sh\ntouch '${started}'\n`)
    await chmod(spy, 0o755)
    const spied = { ...tools, ffmpeg: spy, ffprobe: spy }
    const remote = join(scratchDir, 'remote.mp4')
    await writeFile(remote, `#EXTM3U\n#EXTINF:2,\nhttp://127.0.0.1:${port}/a.ts\n#EXT-X-ENDLIST\n`)
    await fixture('plain')
    const names = [
      'hls-playlist-named',
      'ffconcat-named',
      'dash-named',
      'sdp-named',
      'external-reference',
    ] as const
    for (const path of [remote, ...(await Promise.all(names.map(fixture)))]) {
      await assert.rejects(probeFile(spied, path, { scratchDir }), { code: 'media-playlist' }, path)
    }
    assert.deepEqual(readdirSync(dirname(started)).includes('started'), false)
    assert.equal(connections, 0)
  } finally {
    server.close()
  }
})

test('ffmpeg itself does not open a playlist that passes for something else', async () => {
  // A transport stream's sync bytes on the grid, in a text that is a playlist: what a polyglot upload would try.
  const neighbour = await fixture('plain')
  const lines = `#EXTM3U\n#EXTINF:2,\n${neighbour}\n`.padEnd(1880, '\n')
  const text = Buffer.from(lines)
  for (let at = 188; at < text.length; at += 188) text[at] = 0x47
  const path = join(scratchDir, 'polyglot.mp4')
  writeFileSync(path, text)
  await assert.rejects(probeFile(tools, path, { scratchDir }), (error: { code?: string }) =>
    ['media-playlist', 'media-broken', 'media-unrecognised'].includes(error.code ?? ''),
  )
})

const manifest = realMedia('MANIFEST.tsv')
describe('the real footage is as its manifest says', {
  skip: manifest === null && 'no ../shared/media here',
}, () => {
  const rows = manifest === null ? [] : readFileSync(manifest, 'utf8').trim().split('\n').slice(1)
  for (const row of rows) {
    const [name = '', , bytes, seconds, resolution = '-', rate, video = '-', rotation, audio = '-'] =
      row.split('\t')
    test(name, async () => {
      const found = await probeFile(tools, realMedia(name) ?? name, { scratchDir })
      assert.equal(found.sizeBytes, Number(bytes))
      assert.ok(Math.abs(found.durationSeconds - Number(seconds)) < 0.1, `${found.durationSeconds} s`)
      assert.equal(
        found.audio ? `${found.audio.codec} ${found.audio.channels}ch ${found.audio.sampleRate}` : '-',
        audio,
      )
      if (resolution === '-') {
        assert.equal(found.video, null)
        return
      }
      assert.ok(found.video)
      assert.equal(`${found.video.codedWidth}x${found.video.codedHeight}`, resolution)
      assert.equal(`${found.video.codec}/${found.video.pixelFormat}`, video)
      assert.ok(Math.abs(ratio(found.video.averageFrameRate) - Number(rate)) < 0.01)
      // The manifest gives ffprobe's number, which counts counter-clockwise.
      assert.equal((360 - found.video.rotation) % 360, rotation === '-' ? 0 : Number(rotation))
    })
  }
})
