import type { MediaProbe } from '@cutroom/contracts'

/** What is read of what was probed. */
export type Probed = Pick<MediaProbe, 'container'> & {
  readonly video: Pick<NonNullable<MediaProbe['video']>, 'codec'> | null
  readonly audio: Pick<NonNullable<MediaProbe['audio']>, 'codec'> | null
}

/** Only what a browser plays and can do no harm with; everything else is bytes. Decided by what was probed, not by the name. */
export function mediaTypeOf(probe: Probed | null): string {
  const container = probe?.container.split(',') ?? []
  const kind = probe?.video ? 'video' : 'audio'
  const [, subtype] = TYPES.find(([demuxer]) => container.includes(demuxer)) ?? []
  if (subtype === undefined) return 'application/octet-stream'
  // One demuxer reads both: WebM is Matroska with these codecs alone.
  const isMatroska = subtype === 'webm' && !isWebm(probe)
  return `${kind}/${isMatroska ? 'x-matroska' : subtype}`
}

const isWebm = (probe: Probed | null): boolean =>
  [probe?.video, probe?.audio].every((track) => !track || WEBM_CODECS.includes(track.codec))

const WEBM_CODECS = ['vp8', 'vp9', 'av1', 'vorbis', 'opus']

/** ffprobe's names of demuxers, and the subtypes of their files (IANA, and what browsers agree on). */
const TYPES: readonly (readonly [string, string])[] = [
  ['mp4', 'mp4'],
  ['webm', 'webm'],
  ['ogg', 'ogg'],
  ['mp3', 'mpeg'],
  ['wav', 'wav'],
  ['flac', 'flac'],
  ['aac', 'aac'],
]
