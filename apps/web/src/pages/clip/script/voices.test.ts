import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Voice } from '../../../data/voices.ts'
import { aboutVoice, findVoices, languageName, languageOf, languagesOf } from './voices.ts'

const voice = (id: string, name: string, languages: string[], gender: Voice['gender'] = null): Voice => ({
  id,
  name,
  provider: 'espeak',
  languages,
  gender,
  micros1000: 0,
})
const voices = [
  voice('espeak:en-gb', 'Zoe', ['en-GB', 'en'], 'female'),
  voice('espeak:de', 'Anna', ['de']),
  voice('espeak:en-us', 'Bert', ['en-US'], 'male'),
  voice('espeak:x', 'Odd', ['not a tag!']),
]

test('languages are called as people call them', () => {
  assert.equal(languageName('en-GB'), 'British English')
  assert.equal(languageName('en-us-nyc'), 'American English')
  assert.equal(languageName('en-029'), 'English')
  assert.equal(languageName('en-gb-x-rp'), 'British English')
  assert.equal(languageName('not a tag!'), 'not a tag!')
  assert.equal(aboutVoice(voices[0] as Voice), 'British English · female · espeak')
})

test('languages are listed once, by name, without countries', () => {
  assert.deepEqual(
    languagesOf(voices).map(({ value }) => value),
    ['en', 'de', 'not a tag!'],
  )
})

test('voices are found by language and by every word', () => {
  const found = (words: string, language: string | null) =>
    findVoices(voices, { words, language }).map(({ name }) => name)
  assert.deepEqual(found('', null), ['Anna', 'Bert', 'Odd', 'Zoe'])
  assert.deepEqual(found('', 'en'), ['Bert', 'Zoe'])
  assert.deepEqual(found('british FEMALE', null), ['Zoe'])
  assert.deepEqual(found('german', null), ['Anna'])
  assert.deepEqual(found('german female', null), [])
})

test('a picker opens with the language of the chosen voice', () => {
  assert.equal(languageOf(voices, 'espeak:en-us'), 'en')
  assert.equal(languageOf(voices, 'gone'), null)
})
