import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { splitPhrases } from './phrases.ts'
import { checkedScript, isSpoken } from './text.ts'

const split = (script: string, language = 'en', longest = 500) =>
  splitPhrases(checkedScript(script, 100_000), language, longest)
const texts = (script: string, language?: string, longest?: number) =>
  split(script, language, longest).map((phrase) => phrase.text)

test('clauses, sentences and paragraphs end phrases, each with its pause', () => {
  assert.deepEqual(split('When it rains, we stay in. Or not?\n\nThe end'), [
    { text: 'When it rains,', spoken: 'When it rains,', pause: 'clause' },
    { text: 'we stay in.', spoken: 'we stay in.', pause: 'sentence' },
    { text: 'Or not?', spoken: 'Or not?', pause: 'paragraph' },
    { text: 'The end', spoken: 'The end', pause: 'paragraph' },
  ])
})

test('full stops of abbreviations, initials, numbers and times end nothing', () => {
  assert.deepEqual(texts('Dr. J. R. Smith paid 3.5 dollars at 10:30 a.m. vs. Mrs. Bob.'), [
    'Dr. J. R. Smith paid 3.5 dollars at 10:30 a.m. vs. Mrs. Bob.',
  ])
  assert.deepEqual(texts('So am I. Next one.'), ['So am I.', 'Next one.'])
  assert.deepEqual(texts('1. Buy milk\n2. Sell it'), ['1. Buy milk', '2. Sell it'])
})

test('German ordinals end nothing, English numbers end sentences', () => {
  assert.deepEqual(texts('Am 3. Mai kam z.B. Hr. Kurz heim. Gut so!', 'de'), [
    'Am 3. Mai kam z.B. Hr. Kurz heim.',
    'Gut so!',
  ])
  assert.deepEqual(texts('He was number 3. Then it rained', 'en-us'), ['He was number 3.', 'Then it rained'])
})

test('quotes and brackets stay with what they close', () => {
  assert.deepEqual(texts('“Be very quiet!” he said to her. (She left.) Fine then.'), [
    '“Be very quiet!”',
    'he said to her.',
    '(She left.)',
    'Fine then.',
  ])
})

test('an ellipsis in mid-sentence is a short pause, at its end a long one', () => {
  assert.deepEqual(
    split('And then… it went on... Nothing more').map((phrase) => [phrase.text, phrase.pause]),
    [
      ['And then…', 'clause'],
      ['it went on...', 'sentence'],
      ['Nothing more', 'paragraph'],
    ],
  )
})

test('a clause of one word is joined to its neighbour', () => {
  assert.deepEqual(texts("Yes, he's in - in a bad humor."), ["Yes, he's in -", 'in a bad humor.'])
  assert.deepEqual(texts('It costs five dollars: one, two; the end'), [
    'It costs five dollars:',
    'one, two;',
    'the end',
  ])
  assert.deepEqual(texts('I like it, too. Stop. Look.'), ['I like it, too.', 'Stop.', 'Look.'])
  assert.deepEqual(texts('Wait—what—no!'), ['Wait—what—no!'])
})

test('a line ends a phrase unless an editor wrapped it', () => {
  assert.deepEqual(texts('Fast\ncheap\nGood'), ['Fast', 'cheap', 'Good'])
  assert.deepEqual(texts('This is a long line that an editor wrapped\nbefore it came to its end.'), [
    'This is a long line that an editor wrapped before it came to its end.',
  ])
})

test('punctuation of other scripts ends phrases', () => {
  assert.deepEqual(texts('你好世界今天。天气很好！我们去公园玩吧', 'cmn'), [
    '你好世界今天。',
    '天气很好！',
    '我们去公园玩吧',
  ])
  assert.deepEqual(texts('مرحبا يا صديقي، كيف حالك؟ أنا بخير۔ شكرا', 'ar'), [
    'مرحبا يا صديقي،',
    'كيف حالك؟',
    'أنا بخير۔',
    'شكرا',
  ])
  assert.deepEqual(texts('नमस्ते दुनिया। यह अच्छा है।', 'hi'), ['नमस्ते दुनिया।', 'यह अच्छा है।'])
})

test('what cannot be said is shown with its neighbour', () => {
  assert.deepEqual(split('🙂\nHello there.\n🎉 🎉'), [
    { text: '🙂 Hello there. 🎉 🎉', spoken: 'Hello there.', pause: 'paragraph' },
  ])
})

test('a long run is halved between words, without a pause', () => {
  const words = Array.from({ length: 40 }, (_, i) => `word${i}`).join(' ')
  const phrases = split(words)
  assert.deepEqual(
    phrases.map((phrase) => phrase.pause),
    ['none', 'none', 'none', 'paragraph'],
  )
  assert.ok(phrases.every((phrase) => phrase.text.length <= 120))
  assert.equal(phrases.map((phrase) => phrase.text).join(' '), words)
})

test("a provider's limit is kept even by a word without end", () => {
  const phrases = texts('a'.repeat(300), 'en', 100)
  assert.deepEqual(
    phrases.map((text) => text.length),
    [75, 75, 75, 75],
  )
})

const bits = fc.constantFrom(
  ...[
    'word',
    'Dr.',
    'a',
    '3.5',
    'etc.',
    '😀',
    '👍🏽',
    'ș',
    'țară',
    '你好',
    '。',
    'مرحبا',
    '؟',
    '—',
    '-',
    '…',
    '"',
    '(',
  ],
  ...['\n', '\n\n', ' ', ' ', ', ', '. ', '! ', '.', ',', "don't", '[[x]]', 'x'.repeat(60), 'สวัสดีชาวโลก'],
)

test('no character is lost, repeated or moved, every phrase can be said, none is too long', () => {
  fc.assert(
    fc.property(fc.array(bits, { maxLength: 60 }), fc.integer({ min: 20, max: 200 }), (parts, longest) => {
      const script = parts.join('')
      fc.pre(isSpoken(script))
      const phrases = split(script, 'en', longest)
      const bare = (text: string): string => text.replace(/\s/gu, '')
      assert.equal(bare(phrases.map((phrase) => phrase.text).join('')), bare(script.normalize('NFC')))
      for (const phrase of phrases) {
        assert.ok(isSpoken(phrase.spoken), `nothing to say in ${JSON.stringify(phrase)}`)
        assert.ok(phrase.spoken.length <= longest, `too long: ${JSON.stringify(phrase)}`)
      }
    }),
    { numRuns: 300 },
  )
})

test('words parted by spaces stay whole', () => {
  const word = fc.stringMatching(/^[a-zșț]{1,12}[,.!?]?$/)
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 80 }), (words) => {
      assert.deepEqual(
        texts(words.join(' ')).flatMap((text) => text.split(' ')),
        words,
      )
    }),
  )
})
