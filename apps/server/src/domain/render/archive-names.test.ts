import assert from 'node:assert/strict'
import { test } from 'node:test'
import { namesInArchive } from './archive-names.ts'

test('names of any script do not stay, or two are one where case does not count', () => {
  assert.deepEqual(namesInArchive(['Orașul', '東京 1', 'Spring', 'spring', 'Spring'], '.mp4'), [
    'Orașul.mp4',
    '東京 1.mp4',
    'Spring.mp4',
    'spring (2).mp4',
    'Spring (3).mp4',
  ])
  assert.deepEqual(namesInArchive(['a', 'a (2)', 'a'], '.mp4'), ['a.mp4', 'a (2).mp4', 'a (3).mp4'])
})

test('a name leads out of its folder, or cannot be written somewhere', () => {
  assert.deepEqual(namesInArchive(['../../etc/passwd', 'a\\b:c', ' .hidden. ', '...', 'NUL'], '.mp4'), [
    '_.._etc_passwd.mp4',
    'a_b_c.mp4',
    'hidden.mp4',
    'export.mp4',
    '_NUL.mp4',
  ])
  assert.deepEqual(namesInArchive(['gpj.\u202e4pm', 'a\tb\0'], '.mp4'), ['gpj._4pm.mp4', 'a_b_.mp4'])
})

test('a long name is cut within a character, or is too long for a file system', () => {
  const [name = ''] = namesInArchive(['👩‍👩‍👧‍👦'.repeat(100)], '.mp4')
  assert.equal(name, `${'👩‍👩‍👧‍👦'.repeat(8)}.mp4`)
})
