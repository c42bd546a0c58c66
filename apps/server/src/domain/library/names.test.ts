import assert from 'node:assert/strict'
import { it } from 'node:test'
import { cleanName } from './names.ts'

const CASES: readonly (readonly [string | null | undefined, string])[] = [
  ['holiday.mp4', 'holiday.mp4'],
  [undefined, 'upload'],
  [null, 'upload'],
  [' \t ', 'upload'],
  ['a\0b\r\nc.mp4', 'a b  c.mp4'],
  ['u\u0308ber.mp4', 'über.mp4'],
  ['\ud83c.mp4', '\ufffd.mp4'],
  ['../a/b.mp4', '../a/b.mp4'],
  [`${'x'.repeat(300)}.mp4`, `${'x'.repeat(251)}.mp4`],
  ['y'.repeat(300), 'y'.repeat(255)],
]
for (const [input, wanted] of CASES) {
  it(`the name ${JSON.stringify(input)?.slice(0, 40)} is kept as ${JSON.stringify(wanted).slice(0, 40)}`, () => {
    assert.equal(cleanName(input), wanted)
  })
}

it('a name is not cut in the middle of a character', () => {
  const name = cleanName(`${'x'.repeat(250)}🎬🎬🎬.mp4`)
  assert.ok(name.isWellFormed() && name.length <= 255)
  assert.match(name, /\.mp4$/)
})
