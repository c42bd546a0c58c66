import assert from 'node:assert/strict'
import { test } from 'node:test'
import { speechWords } from './speech-words.ts'

test('says how much is said, and where', () => {
  const speech = [
    { start: 0.4, end: 3 },
    { start: 70, end: 72.1 },
  ]
  assert.equal(speechWords(speech), 'Speech: 5 s in 2 parts, 0:00 to 0:03, 1:10 to 1:12.')
  assert.equal(speechWords([{ start: 5, end: 70 }]), 'Speech: 1 min 5 s in 1 part, 0:05 to 1:10.')
})

test('says that nobody speaks', () => {
  assert.equal(speechWords([]), 'No speech was found.')
})

test('stops after twenty', () => {
  const speech = Array.from({ length: 23 }, (_, i) => ({ start: 10 * i, end: 10 * i + 5 }))
  assert.match(speechWords(speech), /3:10 to 3:15 and 3 more\.$/)
})
