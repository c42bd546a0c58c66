import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { FfprobePacket, FfprobeStream } from './ffprobe.ts'
import { parseDescription } from './parse.ts'

/** As ffprobe 5.1 described man_dog_720p_rot270.mp4. */
const VIDEO: FfprobeStream = {
  index: 0,
  codec_name: 'h264',
  codec_type: 'video',
  width: 1280,
  height: 720,
  pix_fmt: 'yuv420p',
  color_range: 'tv',
  color_space: 'bt709',
  color_transfer: 'bt709',
  color_primaries: 'bt709',
  field_order: 'progressive',
  r_frame_rate: '30000/1001',
  avg_frame_rate: '30000/1001',
  start_time: '0.000000',
  duration: '4.971633',
  bits_per_raw_sample: '8',
  nb_frames: '149',
  disposition: { default: 1, attached_pic: 0 },
  side_data_list: [{ rotation: 90 }],
}
const AUDIO: FfprobeStream = {
  index: 1,
  codec_name: 'aac',
  codec_type: 'audio',
  sample_rate: '44100',
  channels: 2,
  channel_layout: 'stereo',
  duration: '4.968617',
  disposition: { default: 1 },
}
const steps = (index: number, ...times: number[]): FfprobePacket[] =>
  times.map((time) => ({ stream_index: index, pts_time: time.toFixed(6) }))
const even = (index: number, count = 60, rate = 30000 / 1001): FfprobePacket[] =>
  steps(index, ...Array.from({ length: count }, (_, frame) => frame / rate))
const parse = (
  streams: FfprobeStream[],
  packets: FfprobePacket[] = streams.flatMap(({ index }) => even(index)),
) =>
  parseDescription({
    format: { format_name: 'mov,mp4', start_time: '0.000000', duration: '4.972000' },
    streams,
    packets,
  })
const video = (change: Partial<FfprobeStream>, packets?: FfprobePacket[]) =>
  parse([{ ...VIDEO, ...change }], packets).video

test('a phone recording is described exactly', () => {
  assert.deepEqual(parse([VIDEO, AUDIO]), {
    container: 'mov,mp4',
    startSeconds: 0,
    statedSeconds: 4.971633,
    video: {
      index: 0,
      codec: 'h264',
      startSeconds: 0,
      codedWidth: 1280,
      codedHeight: 720,
      rotation: 270,
      sampleAspectRatio: { num: 1, den: 1 },
      displayWidth: 720,
      displayHeight: 1280,
      averageFrameRate: { num: 30000, den: 1001 },
      realFrameRate: { num: 30000, den: 1001 },
      variableFrameRate: false,
      pixelFormat: 'yuv420p',
      bitDepth: 8,
      interlaced: false,
      colour: { primaries: 'bt709', transfer: 'bt709', matrix: 'bt709', range: 'limited' },
      hdr: null,
    },
    audio: { index: 1, codec: 'aac', sampleRate: 44100, channels: 2, layout: 'stereo' },
    hasCoverArt: false,
    streamCount: 2,
  })
})

describe('rotation', () => {
  for (const [matrix, clockwise] of [
    [-90, 90],
    [90, 270],
    [180, 180],
    [-180, 180],
    [-270, 270],
    [0, 0],
    [360, 0],
  ] as const) {
    test(`ffprobe's ${matrix} is a clockwise turn by ${clockwise}`, () => {
      assert.equal(video({ side_data_list: [{}, { rotation: matrix }] })?.rotation, clockwise)
    })
  }
  test('the tag of old versions counts clockwise', () => {
    assert.equal(video({ side_data_list: [], tags: { rotate: '90' } })?.rotation, 90)
  })
})

describe('sample aspect ratio', () => {
  for (const [text, ratio, width] of [
    ['0:1', { num: 1, den: 1 }, 1280],
    ['N/A', { num: 1, den: 1 }, 1280],
    ['4:3', { num: 4, den: 3 }, 1707],
    ['399:400', { num: 399, den: 400 }, 1277],
  ] as const) {
    test(`${text} gives ${width} square pixels`, () => {
      const parsed = video({ sample_aspect_ratio: text, side_data_list: [] })
      assert.deepEqual([parsed?.sampleAspectRatio, parsed?.displayWidth], [ratio, width])
    })
  }
})

test('bit depth comes from the pixel format where the stream does not say', () => {
  for (const [pix_fmt, depth] of [
    ['yuv420p', 8],
    ['yuvj420p', 8],
    ['nv12', 8],
    ['yuv420p10le', 10],
    ['p010le', 10],
    ['yuv444p12be', 12],
    ['gbrp16le', 16],
    ['rgb48le', 16],
    ['gray10le', 10],
  ] as const) {
    assert.equal(video({ pix_fmt, bits_per_raw_sample: 'N/A' })?.bitDepth, depth, pix_fmt)
  }
})

test('the transfer functions of HDR are told', () => {
  assert.equal(video({ color_transfer: 'smpte2084' })?.hdr, 'pq')
  assert.equal(video({ color_transfer: 'arib-std-b67' })?.hdr, 'hlg')
  assert.equal(video({ color_transfer: 'unknown' })?.colour.transfer, null)
})

describe('variable frame rate', () => {
  test('steps of two lengths are variable', () => {
    const times = Array.from({ length: 60 }, (_, frame) => frame / 30 + (frame % 3 === 0 ? 0.02 : 0))
    assert.equal(video({ avg_frame_rate: '30/1' }, steps(0, ...times))?.variableFrameRate, true)
  })
  test('Matroska rounds to milliseconds, which is not variable', () => {
    const times = Array.from({ length: 60 }, (_, frame) => Math.round((frame / 29.97) * 1000) / 1000)
    assert.equal(video({}, steps(0, ...times))?.variableFrameRate, false)
  })
  test('an even beginning with another average is variable', () => {
    assert.equal(video({ avg_frame_rate: '25/1' })?.variableFrameRate, true)
  })
  test('interlaced material counts fields in the real rate, which is not variable', () => {
    const parsed = video({ r_frame_rate: '60000/1001', field_order: 'tt' })
    assert.deepEqual([parsed?.variableFrameRate, parsed?.interlaced], [false, true])
  })
  test('decoding order stands in where not every picture has a time stamp', () => {
    const packets = even(0).map((packet, index) => ({
      stream_index: 0,
      ...(index % 7 === 3 ? {} : { pts_time: packet.pts_time ?? '' }),
      dts_time: packet.pts_time ?? '',
    }))
    assert.equal(video({}, packets)?.variableFrameRate, false)
  })
})

describe('the choice of streams', () => {
  const cover = { ...VIDEO, index: 2, width: 3000, height: 3000, disposition: { attached_pic: 1 } }
  test('cover art is not video, however large', () => {
    const parsed = parse([VIDEO, cover])
    assert.deepEqual([parsed.video?.index, parsed.hasCoverArt], [0, true])
  })
  test('a song with a cover has no video', () => {
    const parsed = parse([cover, AUDIO])
    assert.deepEqual([parsed.video, parsed.audio?.index, parsed.hasCoverArt], [null, 1, true])
  })
  test('a track of one frame is not video', () => {
    const parsed = parse([{ ...VIDEO, index: 2, width: 1920, height: 1080, nb_frames: '1' }, VIDEO])
    assert.equal(parsed.video?.index, 0)
  })
  test('a track that shows one packet among hundreds is not video', () => {
    const still = { ...VIDEO, index: 2, width: 1920, height: 1080 }
    const { nb_frames: _, ...uncounted } = still
    assert.equal(parse([uncounted, VIDEO], [...steps(2, 0), ...even(0)]).video?.index, 0)
  })
  test('the largest picture wins; the default breaks a tie', () => {
    const small = { ...VIDEO, index: 0, width: 640, height: 360, disposition: { default: 1 } }
    const plain = { ...VIDEO, index: 1, disposition: { default: 0 } }
    const chosen = { ...VIDEO, index: 2, disposition: { default: 1 } }
    assert.equal(parse([small, plain, chosen]).video?.index, 2)
  })
  test('a commentary is passed over', () => {
    const comment = { ...AUDIO, index: 1, disposition: { default: 1, comment: 1 } }
    assert.equal(parse([VIDEO, comment, { ...AUDIO, index: 2 }]).audio?.index, 2)
  })
  test('a file with subtitles only is not recognised', () => {
    assert.throws(() => parse([{ index: 0, codec_type: 'subtitle' }]), { code: 'media-unrecognised' })
  })
})

test('a picture without size is broken, not 1920x1080', () => {
  assert.throws(() => video({ width: 0 }), { code: 'media-broken' })
  assert.throws(() => video({ r_frame_rate: '0/0', avg_frame_rate: '0/0' }), { code: 'media-broken' })
})

test('a picture that begins after the sound says when', () => {
  assert.equal(video({ start_time: '0.521000' })?.startSeconds, 0.521)
})
