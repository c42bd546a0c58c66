import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type CaptionStyleId, type Cue, graphemes, plainText } from '@cutroom/contracts'
import fc from 'fast-check'
import { composeAss } from './compose.ts'
import { charactersWithoutGlyph } from './fonts.ts'

const frame = { width: 1080, height: 1920 }
const safeArea = { top: 0.1, right: 0.1, bottom: 0.2, left: 0.1 }
const compose = (cues: readonly Cue[], style: CaptionStyleId = 'plain') =>
  composeAss({ cues, style, frame, safeArea })
const cue = (text: string, start = 0, end = 2): Cue => ({ start, end, text, words: [] })
const dialogues = (ass: string) => ass.split('\n').filter((line) => line.startsWith('Dialogue:'))
const escapes = (ass: string) => dialogues(ass).map((line) => line.slice(line.indexOf('}') + 1))

test('plain captions are a shadow and a text for each word', () => {
  const { ass, fonts } = compose([cue('Hi you')])
  assert.deepEqual(dialogues(ass), [
    'Dialogue: 0,0:00:00.00,0:00:02.00,Shadow Rubik ExtraBold,,0,0,0,,{\\pos(395.83,1467.07)\\blur6.23}Hi',
    'Dialogue: 0,0:00:00.00,0:00:02.00,Shadow Rubik ExtraBold,,0,0,0,,{\\pos(517.05,1467.07)\\blur6.23}you',
    'Dialogue: 1,0:00:00.00,0:00:02.00,Text Rubik ExtraBold,,0,0,0,,{\\pos(395.83,1463.07)}Hi',
    'Dialogue: 1,0:00:00.00,0:00:02.00,Text Rubik ExtraBold,,0,0,0,,{\\pos(517.05,1463.07)}you',
  ])
  assert.deepEqual(
    fonts.map((font) => font.name),
    ['rubik-latin-800-normal.woff'],
  )
})

test('the light goes from word to word without a gap and without two lit at a time', () => {
  const words = [
    { text: 'one', start: 0.2, end: 0.5 },
    { text: 'two', start: 0.7, end: 1.004 },
    { text: 'six', start: 1.004, end: 1.5 },
  ]
  const { ass } = compose([{ start: 0, end: 2, text: 'one two six', words }], 'highlight')
  const spans = (role: string) =>
    dialogues(ass)
      .filter((line) => line.includes(role))
      .map((line) => `${line.split(',').slice(1, 3).join(' ')} ${line.slice(-3)}`)
  assert.deepEqual(spans(',Active '), [
    '0:00:00.20 0:00:00.70 one',
    '0:00:00.70 0:00:01.00 two',
    '0:00:01.00 0:00:02.00 six',
  ])
  assert.deepEqual(spans(',Text '), [
    '0:00:00.00 0:00:00.20 one',
    '0:00:00.70 0:00:02.00 one',
    '0:00:00.00 0:00:00.70 two',
    '0:00:01.00 0:00:02.00 two',
    '0:00:00.00 0:00:01.00 six',
  ])
})

test('a box is one drawing behind both lines', () => {
  const { ass } = compose([cue('Two whole lines of words')], 'boxed')
  const boxes = dialogues(ass).filter((line) => line.includes(',Box '))
  assert.equal(boxes.length, 1)
  assert.equal(boxes[0]?.match(/m /gu)?.length, 2)
})

test('a colour is that of the text, of the box or of the spoken word, and what lies against it stands out', () => {
  const paints = (style: CaptionStyleId) =>
    compose([{ ...cue('Hi'), words: [{ text: 'Hi', start: 0, end: 1 }] }], style)
      .ass.split('\n')
      .filter((line) => /^Style: (Text|Active|Box)/.test(line))
      .map((line) => line.split(','))
      // Name, fill and edge; `&HAABBGGRR`.
      .map(([name, , , fill, , edge]) => `${name?.slice(7).split(' ')[0]} ${fill} ${edge}`)
  const [white, ink, none] = ['&H00FFFFFF', '&H00141010', '&HFF000000']
  assert.deepEqual(paints('plain'), [`Text ${white} ${ink}`])
  assert.deepEqual(paints('plain#1e3a8a'), [`Text &H008A3A1E ${white}`])
  assert.deepEqual(paints('highlight'), [`Text ${white} ${ink}`, `Active &H000AD6FF ${ink}`])
  assert.deepEqual(paints('highlight#1e3a8a'), [`Text ${white} ${ink}`, `Active &H008A3A1E ${white}`])
  assert.deepEqual(paints('boxed'), [`Text ${white} ${none}`, `Box &H24141010 ${none}`])
  assert.deepEqual(paints('boxed#facc15'), [`Text ${ink} ${none}`, `Box &H0015CCFA ${none}`])
  assert.throws(() => compose([cue('Hi')], 'neon'), { code: 'field-invalid', field: 'captionStyle' })
})

test('captions stand at the bottom, in the middle or at the top of the safe area, whatever their lines', () => {
  const heights = (style: CaptionStyleId, text: string) => {
    const lines = dialogues(compose([cue(text)], style).ass).filter((line) => line.includes(',Text '))
    return [...new Set(lines.map((line) => Number(/\\pos\([\d.]+,([\d.]+)\)/.exec(line)?.[1])))]
  }
  const [bottom = 0, ...others] = heights('plain', 'Hi')
  assert.deepEqual(others, [])
  const two = 'Two whole lines of words'
  assert.equal(heights('plain', two).at(-1), bottom)
  const [top = 0] = heights('plain@top', 'Hi')
  assert.equal(heights('plain@top', two)[0], top)
  // 192 and 1536 pixels bound the safe area; the middle of a line box is a little above that of its letters.
  assert.ok(top > 192 && top < 300, `${top}`)
  assert.ok(bottom > 1400 && bottom < 1536, `${bottom}`)
  const [middle = 0] = heights('plain@middle', 'Hi')
  const [upper = 0, lower = 0] = heights('plain@middle', two)
  assert.ok(Math.abs(middle - (192 + 1536) / 2) < 20, `${middle}`)
  assert.ok(Math.abs((upper + lower) / 2 - middle) < 0.02, `${upper} ${lower} ${middle}`)
})

test('the fonts are those that the characters need', () => {
  const files = (text: string) =>
    compose([cue(text)]).fonts.map((font) => font.name.replace(/-800-normal\.woff$/u, ''))
  assert.deepEqual(files('știință'), ['rubik-latin', 'rubik-latin-ext'])
  assert.deepEqual(files('Привет'), ['rubik-cyrillic'])
  assert.deepEqual(files('שלום 15'), ['rubik-hebrew', 'rubik-latin'])
  assert.deepEqual(files('مرحبا'), ['rubik-arabic'])
  assert.deepEqual(files('Καλημέρα, Anna'), ['inter-greek', 'inter-latin'])
  assert.deepEqual(files('Tiếng Việt'), ['inter-latin', 'inter-vietnamese'])
})

test('characters without a font are left out', () => {
  const { ass } = compose([cue('fine'), cue('你好 ok 好', 65, 66)])
  assert.deepEqual(escapes(ass), ['fine', 'fine', 'ok', 'ok'])
})

test('a safe area without room is refused', () => {
  const narrow = { top: 0.1, bottom: 0.1, left: 0.45, right: 0.45 }
  assert.throws(() => composeAss({ cues: [cue('x')], style: 'plain', frame, safeArea: narrow }), {
    code: 'field-invalid',
  })
})

test('tags, escapes and line breaks of a text are shown, not obeyed', () => {
  const { ass } = compose([cue('{\\an8}x \\Nfoo a\\ {b} c\r\nDialogue: 0,')])
  const shown = ['\\{\\\u2060an8\\}x', '\\\u2060Nfoo', 'a\\\u2060', '\\{b\\}', 'c', 'Dialogue:', '0,']
  assert.deepEqual(Array.from(new Set(escapes(ass))), shown)
})

test('no text can make an event, a tag or an escape of its own', () => {
  const pieces = fc.constantFrom(
    '{',
    '}',
    '\\',
    '\\N',
    '\\h',
    '{\\p1}',
    '{\\an8',
    '\nDialogue: 0,',
    '\r',
    '\u2028',
    ' ',
    'שלום',
    '\u202e',
    ';',
    '[Events]',
    '!',
  )
  const texts = fc.array(fc.oneof(pieces, fc.string({ unit: 'binary', maxLength: 6 })), {
    minLength: 1,
    maxLength: 8,
  })
  const event =
    /^Dialogue: [012],\d:\d\d:\d\d\.\d\d,\d:\d\d:\d\d\.\d\d,(?:Text|Shadow) [\w ]+,,0,0,0,,\{[\w\\(),.-]+\}(?<text>.+)$/u
  fc.assert(
    fc.property(texts, (parts) => {
      const text = parts.join('')
      const { ass } = compose([cue(text)])
      const body = ass.slice(ass.indexOf('[Events]')).split('\n').slice(2, -1)
      const visible = body.flatMap((line) => {
        const user = event.exec(line)?.groups?.text
        assert.ok(user !== undefined && !/[\p{Cc}\p{Zl}\p{Zp}]/u.test(line), line)
        const bare = user.replaceAll('\\\u2060', '').replaceAll('\\{', '').replaceAll('\\}', '')
        assert.ok(!/[{}\\]/u.test(bare), line)
        const plain = user.replaceAll('\\\u2060', '\\').replaceAll('\\{', '{').replaceAll('\\}', '}')
        return line.startsWith('Dialogue: 1') ? graphemes(plain.replace(/[\u200e\u200f]/gu, '')) : []
      })
      const whole = plainText(text)
      const missing = charactersWithoutGlyph(whole)
      const expected = graphemes(whole).filter((letter) => letter.trim() !== '' && !missing.includes(letter))
      assert.equal(visible.toSorted().join(''), expected.toSorted().join(''))
    }),
  )
})
