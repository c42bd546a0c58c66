import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { MediaProbe } from '@cutroom/contracts'
import { videoStream } from '../probe/probe-fixture.ts'
import { ingestTokens, seekTokens } from './argv.ts'
import { planIngest } from './plan.ts'

/** A portrait phone recording of 60 Hz in HDR, whose sound begins before its picture. */
const PROBE: MediaProbe = {
  sizeBytes: 1,
  container: 'mov,mp4,m4a,3gp,3g2,mj2',
  durationSeconds: 12.5,
  video: videoStream({
    index: 1,
    codec: 'hevc',
    startSeconds: 0.02,
    rotation: 90,
    displayWidth: 1080,
    displayHeight: 1920,
    averageFrameRate: { num: 60, den: 1 },
    realFrameRate: { num: 60, den: 1 },
    pixelFormat: 'yuv420p10le',
    bitDepth: 10,
    colour: { primaries: 'bt2020', transfer: 'arib-std-b67', matrix: 'bt2020nc', range: 'limited' },
    hdr: 'hlg',
  }),
  audio: { index: 0, codec: 'aac', sampleRate: 48000, channels: 2, layout: 'stereo' },
  hasCoverArt: false,
}
const DEMUXERS = 'mov,matroska,avi,mpegts,mpeg,flv,ogg,asf,mxf,wav,mp3,flac,aac,caf,aiff'
const INPUT = ['-protocol_whitelist', 'file', '-format_whitelist', DEMUXERS, '-i', 'file:/in/a b.mov']
const TO_SDR =
  'format=pix_fmts=yuv420p10le,zscale=primariesin=2020:transferin=arib-std-b67:matrixin=2020_ncl:rangein=limited:transfer=linear:npl=100,format=pix_fmts=gbrpf32le,zscale=primaries=709,tonemap=tonemap=hable:desat=0,zscale=transfer=709:matrix=709:range=limited'
const UPRIGHT = `scale=w=540:h=960:flags=area+accurate_rnd+bitexact:in_color_matrix=bt2020:in_range=limited:out_color_matrix=bt2020:out_range=limited,${TO_SDR},format=pix_fmts=yuv420p,setsar=sar=1,setparams=color_primaries=bt709:color_trc=bt709:colorspace=bt709:range=tv`
const GREY =
  'extractplanes=planes=y,scale=w=90:h=160:flags=area+accurate_rnd+bitexact:in_range=full:out_range=full'
const RATE = 'setpts=expr=PTS-0.020000/TB,fps=fps=60/2:start_time=0'

test('everything that is learnt of a source comes from one decode', () => {
  const tokens = ingestTokens(planIngest(PROBE), '/in/a b.mov', true)
  const graph = [
    `[0:1]${RATE},${UPRIGHT},split=outputs=3[proxy][small][tiles]`,
    `[small]${GREY}[grey]`,
    '[tiles]select=expr=not(mod(n\\,30)),scale=w=90:h=160:flags=area+accurate_rnd+bitexact:in_color_matrix=bt709:in_range=limited:out_color_matrix=bt601:out_range=full,format=pix_fmts=yuvj420p,tile=layout=10x2[filmstrip]',
    '[0:0]aresample=sample_rate=48000:async=1:first_pts=0,aformat=channel_layouts=stereo,asplit=outputs=2[sound][forPcm]',
    '[forPcm]aresample=sample_rate=16000,aformat=sample_fmts=s16:channel_layouts=mono[pcm]',
  ].join(';')
  assert.deepEqual(tokens, [
    ...['-max_error_rate', '0.1', '-threads', '3', ...INPUT, '-filter_complex', graph],
    ...['-map', '[grey]', '-t', '12.500000', '-fps_mode', 'passthrough'],
    ...['-c:v', 'rawvideo', '-f', 'rawvideo', 'pipe:4'],
    ...['-map', '[pcm]', '-t', '12.500000', '-c:a', 'pcm_s16le', '-f', 's16le', 'pipe:5'],
    ...['-map', '[proxy]', '-t', '12.500000', '-c:v', 'libx264', '-preset', 'ultrafast', '-crf', '28'],
    ...['-g', '1', '-bf', '0', '-threads', '2', '-pix_fmt', 'yuv420p', '-color_range', 'tv'],
    ...['-map_metadata', '-1', '-map_chapters', '-1'],
    ...['-map', '[sound]', '-c:a', 'aac', '-b:a', '96k'],
    ...['-video_track_timescale', '120000', '-movflags', '+faststart', 'proxy.mp4'],
    ...['-map', '[filmstrip]', '-fps_mode', 'passthrough', '-frames:v', '1'],
    ...['-c:v', 'mjpeg', '-q:v', '5', '-f', 'image2', '-update', '1', 'filmstrip.jpg'],
  ])
})

test('the proxy of a silent source has no track of sound', () => {
  const tokens = ingestTokens(planIngest({ ...PROBE, audio: null }), '/in/a b.mov', true)
  const graph = tokens[tokens.indexOf('-filter_complex') + 1]
  assert.ok(graph?.endsWith(';anullsrc=channel_layout=stereo:sample_rate=48000[sound]'), graph)
  assert.ok(tokens.includes('[sound]') && !tokens.includes('[pcm]'))
})

const BT709 = { primaries: 'bt709', transfer: 'bt709', matrix: 'bt709', range: 'limited' } as const

test('features alone of a silent SDR source scale nothing but luma', () => {
  const video = PROBE.video && { ...PROBE.video, hdr: null, colour: BT709, startSeconds: 0, interlaced: true }
  const tokens = ingestTokens(planIngest({ ...PROBE, video, audio: null }), '/in/a b.mov', false)
  assert.deepEqual(tokens, [
    ...['-max_error_rate', '0.1', '-threads', '3', ...INPUT, '-filter_complex'],
    `[0:1]bwdif=mode=send_frame:deint=interlaced,fps=fps=60/2:start_time=0,format=pix_fmts=yuv420p,${GREY}[grey]`,
    ...['-map', '[grey]', '-t', '12.500000', '-fps_mode', 'passthrough'],
    ...['-c:v', 'rawvideo', '-f', 'rawvideo', 'pipe:4'],
  ])
})

test('a picture for comparison goes the way that the proxy goes', () => {
  assert.deepEqual(seekTokens(planIngest(PROBE), '/in/a b.mov', 3.7), [
    ...['-ss', '3.700000', ...INPUT, '-map', '0:1', '-vf', `${UPRIGHT},${GREY}`, '-frames:v', '1'],
    ...['-c:v', 'rawvideo', '-f', 'rawvideo', 'pipe:1'],
  ])
})
