import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mediaTypeOf } from './media-type.ts'

const typeOf = (container: string, video: string | null, audio: string | null) =>
  mediaTypeOf({
    container,
    video: video === null ? null : { codec: video },
    audio: audio === null ? null : { codec: audio },
  })

test('Matroska is sent as WebM only where its codecs are those of WebM', () => {
  assert.equal(typeOf('matroska,webm', 'vp9', 'opus'), 'video/webm')
  assert.equal(typeOf('matroska,webm', 'av1', null), 'video/webm')
  assert.equal(typeOf('matroska,webm', null, 'vorbis'), 'audio/webm')
  assert.equal(typeOf('matroska,webm', 'h264', 'opus'), 'video/x-matroska')
  assert.equal(typeOf('matroska,webm', 'vp9', 'aac'), 'video/x-matroska')
  assert.equal(typeOf('matroska,webm', null, 'flac'), 'audio/x-matroska')
})

test('what browsers do not play, and what was never probed, are bytes', () => {
  assert.equal(typeOf('mov,mp4,m4a,3gp,3g2,mj2', 'h264', 'aac'), 'video/mp4')
  assert.equal(typeOf('mp3', null, 'mp3'), 'audio/mpeg')
  assert.equal(typeOf('avi', 'mpeg4', 'mp3'), 'application/octet-stream')
  assert.equal(mediaTypeOf(null), 'application/octet-stream')
})
