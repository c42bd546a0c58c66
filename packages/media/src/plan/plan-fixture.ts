import type { MediaProbe, VideoStream } from '@cutroom/contracts'
import { videoStream } from '../probe/probe-fixture.ts'
import type { RenderSource } from './render-plan.ts'

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
