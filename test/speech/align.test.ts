import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { alignScript, espeakProvider, makeVoiceover, resolveVoice } from '@cutroom/speech'

const MEDIA = join(import.meta.dirname, '../../../shared/media')
const RATE = 16_000
const missing = (name: string) => (existsSync(join(MEDIA, name)) ? false : `${name} is not there`)

function decode(name: string): Float32Array {
  const argv = [
    '-v',
    'error',
    '-i',
    join(MEDIA, name),
    '-map',
    '0:a:0',
    '-ac',
    '1',
    '-ar',
    `${RATE}`,
    '-f',
    'f32le',
    '-',
  ]
  const bytes = execFileSync('ffmpeg', argv, { maxBuffer: 64 << 20 })
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength))
}

const alignFile = (audio: string, script: string) =>
  alignScript({
    script: readFileSync(join(MEDIA, script), 'utf8'),
    language: 'en',
    pcm: decode(audio),
    sampleRate: RATE,
  })

/** Start, in seconds, and text of each cue of an SRT file whose texts are one line. */
const srtLines = (name: string) =>
  Array.from(
    readFileSync(join(MEDIA, name), 'utf8').matchAll(/(\d\d):(\d\d):(\d\d),(\d{3}) --> .*\n(.+)/g),
    ([, h, m, s, ms, text]) => ({
      start: Number(h) * 3600 + Number(m) * 60 + Number(s) + Number(ms) / 1000,
      text: text ?? '',
    }),
  )

test('a read sonnet: its lines start where they were timed by hand, 0.1 s off on average', {
  skip: missing('sonnet1_en_53s.mp3'),
}, (t) => {
  const cues = alignFile('sonnet1_en_53s.mp3', 'sonnet1_en_53s.txt')
  // The first line is the number of the sonnet, timed from the start of the file.
  const errors = srtLines('sonnet1_en_53s.srt')
    .slice(1)
    .map(({ start, text }) => {
      const cue = cues.find((one) => text.startsWith(one.text))
      assert.ok(cue, `no cue starts the line “${text}”`)
      return Math.abs(cue.start - start)
    })
  const mean = errors.reduce((sum, error) => sum + error, 0) / errors.length
  t.diagnostic(`mean error ${mean.toFixed(3)} s, largest ${Math.max(...errors).toFixed(3)} s`)
  assert.ok(mean < 0.1, `mean error ${mean}`)
  assert.ok(Math.max(...errors) < 0.5, `largest error ${Math.max(...errors)}`)
})

test('a speech with pauses inside of phrases: each phrase starts after the right pause', {
  skip: missing('jfk_11s_16k.wav'),
}, () => {
  const starts = alignFile('jfk_11s_16k.wav', 'jfk_11s_16k.txt').map((cue) => cue.start)
  const heard = [0.32, 3.28, 8.09]
  assert.equal(starts.length, heard.length)
  for (const [i, start] of heard.entries()) assert.ok(Math.abs((starts[i] ?? 0) - start) < 0.15, `${starts}`)
})

test('a recording without a punctuated script is shared out in order, inside of its voice', {
  skip: missing('libri_2412-153948-0000.flac'),
}, () => {
  const cues = alignFile('libri_2412-153948-0000.flac', 'libri_2412-153948-0000.txt')
  const words = cues.flatMap((cue) => cue.words)
  assert.equal(words.length, 36)
  assert.ok(words.every((word, i) => word.end > word.start && word.start >= (words[i - 1]?.end ?? 0)))
  assert.ok((words[0]?.start ?? 0) > 0.3 && (words.at(-1)?.end ?? 99) < 11.66)
})

const SCRIPTS = {
  'en-us':
    'Stop scrolling now. This bottle keeps your coffee hot for twelve hours, and it fits every cup holder! No leaks, no mess. Just hot coffee all day long, wherever you may go.',
  ro: 'Această țară își știe povestea. Când plouă afară, rămânem înăuntru și așteptăm; fără grijă. Mâine va fi soare, iar noi vom merge la munte.',
  de: 'Wir öffnen morgen sehr früh. Heiße Brötchen gibt es dann, für Groß und Klein. Kommt alle vorbei, solange sie noch warm sind!',
  ar: 'مرحبا يا صديقي العزيز، كيف حالك اليوم؟ نحن سعداء جدا بوجودك معنا. نراك قريبا في المدينة، إن شاء الله',
}
for (const [language, script] of Object.entries(SCRIPTS)) {
  test(`${language}: a voiceover under hiss is aligned to the cues it was made with`, async (t) => {
    const voice = await resolveVoice(`espeak:${language}`, [espeakProvider()])
    const { pcm, sampleRate, cues } = await makeVoiceover({ script, voice })
    let seed = 1
    const hissing = pcm.map((sample) => {
      seed = (seed * 16_807) % 2_147_483_647
      return sample + 0.004 * (seed / 2_147_483_647 - 0.5)
    })
    const aligned = alignScript({ script, language, pcm: hissing, sampleRate })
    assert.deepEqual(
      aligned.map((cue) => cue.text),
      cues.map((cue) => cue.text),
    )
    const errors = aligned.map((cue, i) => Math.abs(cue.start - (cues[i]?.start ?? 0)))
    const mean = errors.reduce((sum, error) => sum + error, 0) / errors.length
    t.diagnostic(`mean error ${mean.toFixed(3)} s, largest ${Math.max(...errors).toFixed(3)} s`)
    assert.ok(mean < 0.05, `starts are off by ${errors.map((error) => error.toFixed(2))}`)
  })
}
