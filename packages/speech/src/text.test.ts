import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CutroomError } from '@cutroom/contracts'
import { checkedScript, countCharacters, spokenText } from './text.ts'

const codeOf = (code: string) => (error: unknown) => error instanceof CutroomError && error.code === code

test('a script is brought to one spelling', () => {
  assert.equal(checkedScript('\uFEFFa\r\nb\rc\u2028d', 100), 'a\nb\nc\nd')
  assert.equal(checkedScript('s\u0326i', 100), 'și')
  assert.equal(checkedScript('tab\there \u0001 bell\u0007', 100), 'tab here  bell')
  assert.equal(checkedScript('half \uD83D', 100), 'half \uFFFD')
})

test('a script without words is refused', () => {
  for (const script of ['', ' \n ', '…!?', '😀🎉', '— -- —']) {
    assert.throws(() => checkedScript(script, 100), codeOf('script-empty'), JSON.stringify(script))
  }
})

test('a script beyond the limit is refused with limit and value', () => {
  assert.equal(checkedScript('x'.repeat(10), 10).length, 10)
  assert.throws(
    () => checkedScript('x'.repeat(11), 10),
    (error: unknown) =>
      codeOf('script-too-long')(error) &&
      error instanceof CutroomError &&
      error.field === 'script' &&
      error.details.limit === 10 &&
      error.details.value === 11,
  )
})

test('emoji are not spoken, whatever they are made of', () => {
  assert.equal(spokenText('Hello 👍🏽 world 👨‍👩‍👧 🇷🇴!'), 'Hello world!')
  assert.equal(spokenText('Step 1️⃣ ❤️'), 'Step 1')
  assert.equal(spokenText('🎉🎉'), '')
  assert.equal(spokenText('Acme™ #1 at 20%'), 'Acme #1 at 20%')
})

test('a row of the same mark is not spelled out', () => {
  assert.equal(spokenText('so ---------- yes!!!!!!'), 'so --- yes!!!')
})

test('the joiner that Persian needs between letters stays', () => {
  assert.equal(spokenText('می\u200Cخواهم'), 'می\u200Cخواهم')
})

test('characters are counted as Unicode counts them', () => {
  assert.equal(countCharacters('ș😀'), 2)
})
