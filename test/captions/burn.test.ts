import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CAPTION_LOOKS, type Cue, PRESETS } from '@cutroom/contracts'
import { burn, type Picture } from './burnt.ts'

const samples: Readonly<Record<string, string>> = {
  Latin: 'The quick brown fox (aged 7) jumps over the lazy dog, gracefully.',
  Romanian: 'ȘTIINȚĂ: învățăm țări și mări, Îngrijire',
  Arabic: 'مرحبا بالعالم، هذا فيديو 2024 رائع جدا لـ iPhone',
  Hebrew: 'שָׁלוֹם עולם, זה iPhone 15 חדש! (באמת)',
  Cyrillic: 'Привет, мир! Ёжик ўжо тут, щука їжа',
  Greek: 'Καλημέρα κόσμε, πώς είσαι; Ώρα ΐ',
  Vietnamese: 'Tiếng Việt ỐẦẪ đường phố',
  'a long word': 'Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz',
  'a quite long word': 'Kraftfahrzeughaftung jetzt',
}
const cues: Cue[] = Object.values(samples).map((text, index) => ({
  start: index,
  end: index + 1,
  text,
  words: [],
}))
/** The long word comes in several phrases: they are looked at too. */
const times = [...cues.map(({ start }) => start + 0.15), 7.85, 8.85]

const presetOf = (id: string) => {
  const preset = PRESETS.find((each) => each.id === id)
  assert.ok(preset !== undefined && preset.frame !== 'source')
  return { frame: preset.frame, safeArea: preset.safeArea }
}

for (const style of [...CAPTION_LOOKS, 'plain@top', 'boxed#e11d48@middle', 'highlight@top']) {
  for (const id of ['reels', 'square', 'landscape']) {
    test(`${style} captions stay inside the safe area of ${id}, in every script`, async () => {
      const { frame, safeArea } = presetOf(id)
      const { pictures, messages } = await burn({ cues, style, frame, safeArea }, times)
      for (const [index, picture] of pictures.entries()) {
        const name = `${Object.keys(samples)[Math.floor(times[index] ?? 0)]} at ${times[index]}`
        const drawn = picture.drawn()
        assert.ok(drawn !== null, `nothing to see of ${name}`)
        assert.ok(drawn.left >= safeArea.left * frame.width, `${name} begins at ${drawn.left}`)
        assert.ok(
          drawn.right <= (1 - safeArea.right) * frame.width,
          `${name} reaches ${drawn.right} to the right`,
        )
        assert.ok(drawn.top >= safeArea.top * frame.height, `${name} begins at ${drawn.top} from the top`)
        assert.ok(
          drawn.bottom <= (1 - safeArea.bottom) * frame.height,
          `${name} reaches down to ${drawn.bottom}`,
        )
        // Centred, give or take a letter's own shape and the spoken word's growth.
        const middle = (drawn.left + drawn.right) / 2
        assert.ok(
          Math.abs(middle - frame.width / 2) < 0.02 * frame.width,
          `${name} has its middle at ${middle}`,
        )
      }
      const chosen = messages.split('\n').filter((line) => line.includes('fontselect:'))
      assert.ok(chosen.length > 0)
      for (const line of chosen) assert.match(line, /-> (?:Rubik|Inter)-ExtraBold,/)
    })
  }
}

const reels = presetOf('reels')
const timed = (text: string): Cue => {
  const words = text.split(' ').map((word, index) => ({ text: word, start: 1 + index, end: 1.8 + index }))
  return { start: 1, end: 1 + words.length, text, words }
}

test('nothing is drawn before, between and after cues', async () => {
  const two = [timed('one two'), { ...timed('three'), start: 4, end: 5, words: [] }]
  const { pictures } = await burn(
    { cues: two, style: 'highlight', ...reels },
    [0.5, 0.95, 1, 2.95, 3, 3.5, 4.5, 5, 6],
  )
  assert.deepEqual(
    pictures.map((picture) => picture.drawn() !== null),
    [false, false, true, true, false, false, true, false, false],
  )
})

const middle = (picture: Picture) => {
  const box = picture.lit()
  assert.ok(box !== null, 'no word is lit')
  return { x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2, width: box.width }
}

test('a word is lit all through a phrase, also between words, in the order of speech', async () => {
  const { pictures } = await burn(
    { cues: [timed('we go on now')], style: 'highlight', ...reels },
    [1, 1.9, 2, 3.5, 4, 4.95],
  )
  const [a, aLate, b, c, d, dLate] = pictures.map((picture) => middle(picture))
  assert.ok(a && aLate && b && c && d && dLate)
  assert.ok(Math.abs(a.x - aLate.x) < 2 && a.x < b.x)
  assert.ok(b.x < c.x || b.y < c.y)
  assert.ok(c.x < d.x || c.y < d.y)
  assert.ok(aLate.width > a.width * 1.03, 'the lit word does not grow')
})

test('in a line from right to left words are lit from right to left, Latin ones inside it from left to right', async () => {
  const { frame, safeArea } = presetOf('landscape')
  const cue = timed('שלום hello world וגם 2024')
  const { pictures } = await burn(
    { cues: [cue], style: 'highlight', frame, safeArea },
    [1.5, 2.5, 3.5, 4.5, 5.5],
  )
  const [shalom, hello, world, also, year] = pictures.map((picture) => middle(picture).x)
  assert.ok(shalom && hello && world && also && year)
  assert.deepEqual(
    [shalom, hello, world, also, year].toSorted((a, b) => a - b),
    [year, also, hello, world, shalom],
  )
})

test('what looks like an ASS tag is seen as it was written', async () => {
  const { frame, safeArea } = presetOf('landscape')
  // Each pair takes nearly the same room in Rubik if it is only letters.
  const pairs = [
    ['{\\an8}x', '(/an8)x'],
    ['\\Nfoo', '/Nfoo'],
    ['a\\hb', 'a/hb'],
    ['{\\p1}m 0 0', '(/p1)m 0 0'],
    ['{\\alpha&HFF&}x', '(/alpha&HFF&)x'],
    ['\\{x\\}', '/(x/)'],
  ]
  const texts = pairs.flat()
  const { pictures } = await burn(
    {
      cues: texts.map((text, index) => ({ start: index, end: index + 1, text, words: [] })),
      style: 'plain',
      frame,
      safeArea,
    },
    texts.map((_, index) => index + 0.5),
  )
  for (const [index, pair] of pairs.entries()) {
    const [tag, letters] = [pictures[2 * index]?.white(), pictures[2 * index + 1]?.white()]
    assert.ok(tag && letters, `${pair[0]} is not to be seen`)
    const difference = Math.abs(tag.width - letters.width)
    assert.ok(
      difference < 0.12 * letters.width,
      `${pair[0]} is ${tag.width} wide, ${pair[1]} ${letters.width}`,
    )
    assert.ok(Math.abs(tag.top - letters.top) < 16, `${pair[0]} is in another place`)
  }
})
