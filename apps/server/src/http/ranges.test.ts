import assert from 'node:assert/strict'
import { it } from 'node:test'
import { namesTag, parseRange } from './ranges.ts'

const CASES: readonly (readonly [string | undefined, ReturnType<typeof parseRange>])[] = [
  [undefined, null],
  ['bytes=0-0', { start: 0, end: 1 }],
  ['bytes=10-19', { start: 10, end: 20 }],
  ['bytes=10-', { start: 10, end: 100 }],
  ['bytes=90-500', { start: 90, end: 100 }],
  ['bytes=-5', { start: 95, end: 100 }],
  ['bytes=-500', { start: 0, end: 100 }],
  ['BYTES=1-2', { start: 1, end: 3 }],
  ['bytes=100-', 'unsatisfiable'],
  ['bytes=100-200', 'unsatisfiable'],
  ['bytes=-0', 'unsatisfiable'],
  // Not understood, so the whole file.
  ['bytes=20-10', null],
  ['bytes=-', null],
  ['bytes=0-1,5-6', null],
  ['pages=1-2', null],
  ['bytes=a-b', null],
  ['bytes=99999999999999999999-', null],
]
for (const [header, wanted] of CASES) {
  it(`the range ${header} of 100 bytes is read as RFC 9110 says`, () => {
    assert.deepEqual(parseRange(header, 100), wanted)
  })
}

it('no range of an empty file can be satisfied', () => {
  assert.equal(parseRange('bytes=0-', 0), 'unsatisfiable')
  assert.equal(parseRange('bytes=-1', 0), 'unsatisfiable')
})

it('a tag is found in a list, weak or strong, and by a star', () => {
  assert.equal(namesTag('"a", W/"b"', '"b"'), true)
  assert.equal(namesTag('*', '"b"'), true)
  assert.equal(namesTag('"a"', '"b"'), false)
  assert.equal(namesTag(undefined, '"b"'), false)
})
