import assert from 'node:assert/strict'
import { test } from 'node:test'
import { placeWordsInVoice } from './word-times.ts'

test('words share an unbroken voice by their length', () => {
  assert.deepEqual(placeWordsInVoice('go there', [{ start: 1, end: 2.8 }]), [
    { text: 'go', start: 1, end: 1.6 },
    { text: 'there', start: 1.6, end: 2.8 },
  ])
})

test('a pause lies between words, not inside of one', () => {
  const voice = [
    { start: 0, end: 0.9 },
    { start: 1.5, end: 2 },
  ]
  assert.deepEqual(placeWordsInVoice('Yes indeed, no', voice), [
    { text: 'Yes', start: 0, end: 0.9 * (4 / 11) },
    { text: 'indeed,', start: 0.9 * (4 / 11), end: 0.9 },
    { text: 'no', start: 1.5, end: 2 },
  ])
})

test('the closure of a consonant is no pause', () => {
  const voice = [
    { start: 0, end: 0.5 },
    { start: 0.58, end: 1 },
  ]
  assert.deepEqual(placeWordsInVoice('attack', voice), [{ text: 'attack', start: 0, end: 1 }])
})

test('more stretches than words leave some empty and lose no word', () => {
  const voice = [0, 1, 2, 3].map((start) => ({ start, end: start + 0.4 }))
  assert.deepEqual(
    placeWordsInVoice('one two', voice).map((word) => word.text),
    ['one', 'two'],
  )
})
