import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { SNIFF_BYTES, sniff } from './sniff.ts'

const text = (content: string): Uint8Array => new TextEncoder().encode(content)
const bytes = (...values: number[]): Uint8Array => Uint8Array.from([...values, ...new Array(600).fill(0)])

test('scripts that point at other files are playlists, whatever stands before their first word', () => {
  const playlists: [string, string][] = [
    ['#EXTM3U\n#EXTINF:1,\na.ts\n', 'an M3U or HLS playlist'],
    ['\ufeff#EXTM3U\n', 'an M3U or HLS playlist'],
    ['\n  #extm3u\n', 'an M3U or HLS playlist'],
    ["ffconcat version 1.0\nfile 'a'\n", 'an ffconcat script'],
    ["file 'file:/etc/passwd'\n", 'a list of addresses'],
    [';FFMETADATA1\n', 'an ffmetadata script'],
    ['RTSPtextrtsp://host/x', 'a QuickTime streaming reference'],
    ['v=0\r\no=- 0 0 IN IP4 127.0.0.1', 'an SDP session description'],
    ['<?xml version="1.0"?><MPD/>', 'an XML manifest'],
    ['<SmoothStreamingMedia MajorVersion="2"/>', 'an XML manifest'],
    ['[playlist]\nFile1=a', 'a PLS playlist'],
    ['# VobSub index file, v7', 'a VobSub index'],
  ]
  for (const [content, what] of playlists)
    assert.deepEqual(sniff(text(content)), { kind: 'playlist', what }, content)
})

test('a playlist in UTF-16 is a playlist', () => {
  const utf16 = Buffer.from('\ufeff#EXTM3U\n', 'utf16le')
  assert.deepEqual(sniff(utf16), { kind: 'playlist', what: 'an M3U or HLS playlist' })
})

test('a letter is a text', () => {
  assert.deepEqual(sniff(text('Dear Sir,\nplease find attached')), { kind: 'text' })
})

test('bytes without a known beginning are unknown', () => {
  assert.deepEqual(sniff(bytes(0x7f, 0x45, 0x4c, 0x46, 2, 1, 1)), { kind: 'unknown' })
  assert.deepEqual(sniff(bytes(0x89, 0x50, 0x4e, 0x47)), { kind: 'unknown' })
})

test('a RIFF that is neither AVI nor WAVE is unknown', () => {
  assert.deepEqual(sniff(Buffer.from('RIFF\x10\x00\x00\x00WEBPVP8 \x00')), { kind: 'unknown' })
})

test('a single 0x47 does not make a transport stream', () => {
  assert.equal(sniff(bytes(0x47, 0x01)).kind, 'unknown')
})

test('no text is ever taken for media', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: SNIFF_BYTES / 4 }), (content) => {
      const tagged = `#EXTM3U\n${content}`
      assert.equal(sniff(text(tagged).subarray(0, SNIFF_BYTES)).kind === 'media', false)
    }),
  )
})

test('any bytes are judged without throwing', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: SNIFF_BYTES }), (head) => {
      assert.ok(['media', 'playlist', 'text', 'unknown'].includes(sniff(head).kind))
    }),
  )
})
