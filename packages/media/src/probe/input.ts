/**
 * Demuxers that may open a file, as ffmpeg names them: containers that hold their own data. What `sniff` lets pass is one of
 * these; none of them opens another file or an address (`hls`, `concat`, `dash`, `sdp`, `image2` and their like do).
 */
const DEMUXERS = [
  ...['mov', 'matroska', 'avi', 'mpegts', 'mpeg', 'flv', 'ogg', 'asf', 'mxf'],
  ...['wav', 'mp3', 'flac', 'aac', 'caf', 'aiff'],
]

/** Arguments of ffmpeg and ffprobe that open a source. Every stage uses them and no `-i` of its own for sources. */
export const inputTokens = (path: string): string[] => [
  '-protocol_whitelist',
  // `pipe` is not among them: an input is always a file.
  'file',
  '-format_whitelist',
  DEMUXERS.join(','),
  '-i',
  // With the prefix, a path with a colon in it is not taken for a protocol.
  `file:${path}`,
]
