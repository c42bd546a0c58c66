import type { VideoStream } from '@cutroom/contracts'

/** A 1080p30 video stream as cameras make them, with some of it changed: for tests. */
export const videoStream = (changes: Partial<VideoStream> = {}): VideoStream => ({
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
