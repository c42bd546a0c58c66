import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { CAPTION_LOOKS, CAPTION_PLACES, readCaptionStyle, spellCaptionStyle } from './caption-style.ts'
import { captionStyleIdSchema } from './captions.ts'

test('a style that is spelled and read is another one, or is refused', () => {
  const style = fc.record({
    look: fc.constantFrom(...CAPTION_LOOKS),
    colour: fc.option(
      fc.integer({ max: 0xffffff, min: 0 }).map((n) => `#${n.toString(16).padStart(6, '0')}`),
    ),
    place: fc.constantFrom(...CAPTION_PLACES),
  })
  fc.assert(
    fc.property(style, (drawn) => {
      const style = { ...drawn }
      const spelling = spellCaptionStyle(style)
      assert.deepEqual(readCaptionStyle(spelling), style)
      assert.equal(captionStyleIdSchema.parse(spelling), spelling)
    }),
  )
})

test('one style has two spellings, or what spells none is taken', () => {
  assert.equal(captionStyleIdSchema.parse('Highlight#E11D48@Top'), 'highlight#e11d48@top')
  for (const wrong of [
    '',
    'neon',
    'boxed#fff',
    'boxed@bottom',
    'boxed@left',
    'boxed#e11d48 ',
    'boxed@top#e11d48',
  ]) {
    assert.equal(readCaptionStyle(wrong), null, wrong)
    assert.equal(captionStyleIdSchema.safeParse(wrong).success, false, wrong)
  }
})
