import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sampleSentence } from './sample-sentences.ts'

test('a voice is heard in another language than its own', () => {
  assert.match(sampleSentence('en-GB-x-rp'), /^Hello/)
  assert.equal(sampleSentence('zh-CN'), sampleSentence('cmn'))
  assert.equal(sampleSentence('fr-be'), sampleSentence('fr'))
})

test('a voice whose language or script has no sentence is not heard', () => {
  for (const language of ['piqd', 'fa-latn', 'cmn-latn-pinyin', 'und', 'constructor'])
    assert.match(sampleSentence(language), /\d/, language)
})
