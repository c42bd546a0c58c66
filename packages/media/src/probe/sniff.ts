/** How many bytes `sniff` wants to see: enough for three packets of an MPEG transport stream, and for text to show itself. */
export const SNIFF_BYTES = 4096

/** What the first bytes of a file say of it: a recording, something that points at other files, or neither. */
export type Sniffed =
  | { readonly kind: 'media'; readonly isobmff: boolean }
  | { readonly kind: 'playlist'; readonly what: string }
  | { readonly kind: 'text' }
  | { readonly kind: 'unknown' }

/** Four-letter types that begin an ISO base media (MP4, MOV, 3GP) file, `mdat` and `wide` in what old cameras write. */
const ISOBMFF_TYPES = new Set(['ftyp', 'moov', 'mdat', 'wide', 'free', 'skip', 'pnot', 'styp'])

/** Magic numbers at the beginning of a file. */
const MAGIC: readonly (readonly number[])[] = [
  [0x1a, 0x45, 0xdf, 0xa3], // Matroska, WebM: EBML header
  [0x00, 0x00, 0x01, 0xba], // MPEG program stream: pack header
  [0x46, 0x4c, 0x56, 0x01], // Flash video
  [0x4f, 0x67, 0x67, 0x53], // Ogg
  [0x30, 0x26, 0xb2, 0x75, 0x8e, 0x66, 0xcf, 0x11], // ASF: WMV, WMA
  [0x06, 0x0e, 0x2b, 0x34, 0x02, 0x05, 0x01, 0x01], // MXF: partition pack key
  [0x49, 0x44, 0x33], // ID3 tag before MP3 or AAC
  [0x66, 0x4c, 0x61, 0x43], // FLAC
  [0x63, 0x61, 0x66, 0x66, 0x00, 0x01], // Core Audio
]

/** Texts that make players open other files or addresses, by their first characters after blanks. */
const PLAYLISTS: readonly (readonly [RegExp, string])[] = [
  [/^#EXTM3U/i, 'an M3U or HLS playlist'],
  [/^ffconcat\b/i, 'an ffconcat script'],
  [/^;?FFMETADATA/i, 'an ffmetadata script'],
  [/^\[playlist\]/i, 'a PLS playlist'],
  [/^\[Reference\]/i, 'an ASX reference'],
  [/^<asx\b/i, 'an ASX playlist'],
  [/^RTSPtext/i, 'a QuickTime streaming reference'],
  [/^SMILtext/i, 'a SMIL presentation'],
  [/^rtsp:\/\//i, 'an RTSP reference'],
  [/^v=0\s/, 'an SDP session description'],
  [/^<\?xml|^<MPD\b|^<SmoothStreamingMedia\b|^<smil\b|^<\?quicktime|^<!DOCTYPE/i, 'an XML manifest'],
  [/^# VobSub index file/i, 'a VobSub index'],
  [/^\w[^\n]*\n?(?:file:|https?:|concat:|subfile:)/i, 'a list of addresses'],
]

const TS_SYNC = 0x47
/** Packet sizes of transport streams, and where the sync byte lies in a packet: plain, Blu-ray, with error correction. */
const TS_GRIDS = [
  [188, 0],
  [192, 4],
  [204, 0],
] as const

/**
 * Judges a file by its first bytes (`SNIFF_BYTES` of them), against a list of what is allowed. ffmpeg opens nothing that did
 * not pass: its own probing would take a text for a playlist and open what that names.
 */
export function sniff(head: Uint8Array): Sniffed {
  const text = new TextDecoder('latin1').decode(head)
  if (ISOBMFF_TYPES.has(text.slice(4, 8))) return { kind: 'media', isobmff: true }
  if (isBinaryMedia(head, text)) return { kind: 'media', isobmff: false }
  const readable = decodeText(head)
  if (readable === null) return { kind: 'unknown' }
  const start = readable.trimStart()
  const playlist = PLAYLISTS.find(([pattern]) => pattern.test(start))
  return playlist ? { kind: 'playlist', what: playlist[1] } : { kind: 'text' }
}

function isBinaryMedia(head: Uint8Array, text: string): boolean {
  if (MAGIC.some((magic) => magic.every((byte, index) => head[index] === byte))) return true
  const form = text.slice(8, 12)
  if (/^RIFF|^RF64/.test(text)) return form === 'AVI ' || form === 'WAVE'
  if (text.startsWith('FORM')) return form === 'AIFF' || form === 'AIFC'
  if (TS_GRIDS.some(([size, at]) => [0, 1, 2].every((packet) => head[packet * size + at] === TS_SYNC)))
    return true
  return isMpegAudioFrame(head)
}

/** Sync word of an MP3, MP2 or AAC (ADTS) frame, with a header that is not of the reserved values. */
function isMpegAudioFrame(head: Uint8Array): boolean {
  const [first = 0, second = 0, third = 0] = head
  if (first !== 0xff) return false
  const adts = (second & 0xf6) === 0xf0 && ((third >> 2) & 0xf) < 13
  // Layer I is left out: with it, the byte order mark of UTF-16 would be a sync word.
  const reserved = (second & 0x18) === 0x08 || (second & 0x06) === 0 || (second & 0x06) === 6
  const mpeg = (second & 0xe0) === 0xe0 && !reserved && third >> 4 !== 15 && ((third >> 2) & 3) !== 3
  return adts || mpeg
}

/** The head as text, or `null` where it holds what no text has. UTF-16 begins with a byte order mark. */
function decodeText(head: Uint8Array): string | null {
  const utf16 = (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff)
  if (utf16) return new TextDecoder(head[0] === 0xff ? 'utf-16le' : 'utf-16be').decode(head)
  if (head.some((byte) => byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d && byte !== 0x0c))
    return null
  return new TextDecoder().decode(head)
}
