import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { isRecording, someNames, sortOut } from './uploads-files.ts'

describe('isRecording', () => {
  it('goes by the type, or by the end of the name', () => {
    assert.equal(isRecording({ name: 'a', type: 'video/mp4' }), true)
    assert.equal(isRecording({ name: 'A.MKV', type: '' }), true)
    assert.equal(isRecording({ name: 'voice.flac', type: '' }), true)
    assert.equal(isRecording({ name: 'cover.jpg', type: 'image/jpeg' }), false)
    assert.equal(isRecording({ name: 'mp4', type: '' }), true)
    assert.equal(isRecording({ name: 'README', type: '' }), false)
  })
})

describe('sortOut', () => {
  it('leaves out what is no recording, and does not speak of what systems leave in folders', () => {
    const files = ['a.mp4', '.DS_Store', 'Thumbs.db', 'notes.txt', '._a.mp4'].map((name) => ({
      file: { name, type: '' },
    }))
    const { recordings, leftOut } = sortOut(files)
    assert.deepEqual(
      recordings.map(({ file }) => file.name),
      ['a.mp4'],
    )
    assert.deepEqual(leftOut, ['notes.txt'])
  })
})

describe('someNames', () => {
  it('names a few', () => {
    assert.equal(someNames(['a']), 'a')
    assert.equal(someNames(['a', 'b']), 'a and b')
    assert.equal(someNames(['a', 'b', 'c', 'd']), 'a, b, c and d')
    assert.equal(someNames(['a', 'b', 'c', 'd', 'e']), 'a, b, c and 2 more')
  })
})
