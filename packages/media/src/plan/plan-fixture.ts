import type { MediaProbe, VideoStream } from '@cutroom/contracts'
import type { RenderSource } from './render-plan.ts'

/** A 1080p30 video stream as cameras make them, with some of it changed: for tests. */
export const videoStream = (changes: Partial<VideoStream>): VideoStream => ({
  index: 0,
  startSeconds: 0,
  codec: 'h264',
  codedWidth: 1920,
  codedHeight: 1080,
  rotation: 0,
  sampleAspectRatio: { num: 1, den: 1 },
  displayWidth: 1920,
  displayHeight: 1080,
  averageFrameRate: { num: 30, den: 1 },
  realFrameRate: { num: 30, den: 1 },
  variableFrameRate: false,
  pixelFormat: 'yuv420p',
  bitDepth: 8,
  interlaced: false,
  colour: { primaries: 'bt709', transfer: 'bt709', matrix: 'bt709', range: 'limited' },
  hdr: null,
  ...changes,
})

/** A minute of 1080p30 with stereo sound, with some of it changed: for tests. */
export const renderSource = (
  video: Partial<VideoStream> = {},
  changes: Partial<MediaProbe> = {},
): RenderSource => ({
  name: 'a b.mp4',
  path: '/media/a b.mp4',
  randomAccess: 'exact',
  probe: {
    sizeBytes: 1,
    container: 'mov,mp4,m4a,3gp,3g2,mj2',
    durationSeconds: 60,
    video: videoStream(video),
    audio: { index: 1, codec: 'aac', sampleRate: 44_100, channels: 2, layout: 'stereo' },
    hasCoverArt: false,
    ...changes,
  },
})
