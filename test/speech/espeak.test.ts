import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { CutroomError } from '@cutroom/contracts'
import { espeakProvider, makeVoiceover, resolveVoice } from '@cutroom/speech'

const espeak = espeakProvider()
const never = new AbortController().signal

async function failure(promise: Promise<unknown>): Promise<CutroomError> {
  const error = await promise.then(
    () => assert.fail('it did not fail'),
    (thrown: unknown) => thrown,
  )
  assert.ok(error instanceof CutroomError, String(error))
  return error
}

const voiceover = async (voiceId: string, script: string, signal: AbortSignal = never) =>
  makeVoiceover({ script, voice: await resolveVoice(`espeak:${voiceId}`, [espeak]) }, { signal })

/** Root mean square of a range of seconds. */
function rms(pcm: Float32Array, sampleRate: number, start: number, end: number): number {
  const part = pcm.subarray(Math.round(start * sampleRate), Math.round(end * sampleRate))
  return Math.sqrt(part.reduce((sum, sample) => sum + sample * sample, 0) / Math.max(1, part.length))
}

const SCRIPTS = {
  'en-us':
    'Stop scrolling. This bottle keeps your coffee hot for twelve hours, and it fits every cup holder! Ready?',
  ro: 'Și țara aceasta își știe povestea. Când plouă, rămânem înăuntru; fără grijă, și așteptăm.',
  de: 'Am 3. Mai öffnen wir früh. Heiße Brötchen gibt es dann, für Groß und Klein, bis zum Schluss!',
  ar: 'مرحبا يا صديقي العزيز، كيف حالك اليوم؟ نحن سعداء جدا بوجودك معنا. شكرا جزيلا لك',
}
for (const [voiceId, script] of Object.entries(SCRIPTS)) {
  test(`${voiceId}: cues are in order, inside of the sound, voiced, and silence parts them`, async () => {
    const { pcm, sampleRate, durationSeconds, cues } = await voiceover(voiceId, script)
    assert.equal(sampleRate, 22_050)
    assert.equal(cues.map((cue) => cue.text).join(' '), script)
    const rate = script.length / durationSeconds
    assert.ok(rate > 8 && rate < 22, `${rate} characters per second`)
    let end = 0
    for (const cue of cues) {
      const gap = rms(pcm, sampleRate, end + 0.01, cue.start - 0.01)
      assert.ok(cue.start - end > 0.06, `no silence before “${cue.text}”`)
      assert.ok(rms(pcm, sampleRate, cue.start, cue.end) > 0.02, `“${cue.text}” is not voiced`)
      assert.ok(gap < 0.0005, `the silence before “${cue.text}” has a level of ${gap}`)
      assert.equal(cue.words.map((word) => word.text).join(' '), cue.text)
      assert.equal(cue.words[0]?.start, cue.start)
      assert.equal(cue.words.at(-1)?.end, cue.end)
      for (const word of cue.words) {
        assert.ok(rms(pcm, sampleRate, word.start, word.end) > 0.01, `“${word.text}” is not voiced`)
      }
      end = cue.end
    }
    assert.ok(durationSeconds - end > 0.05 && durationSeconds - end < 0.1)
    const peak = pcm.reduce((max, sample) => Math.max(max, Math.abs(sample)), 0)
    assert.ok(peak < 1, 'the sound clips')
  })
}

test('the same script sounds the same, byte for byte', async () => {
  assert.deepEqual(await voiceover('en-us', SCRIPTS['en-us']), await voiceover('en-us', SCRIPTS['en-us']))
})

test('every listed voice can speak', async () => {
  const voices = await espeak.voices()
  assert.ok(voices.length > 50, `${voices.length} voices`)
  const waiting = voices.values()
  const speakAll = async (): Promise<void> => {
    for (const voice of waiting) {
      const { samples } = await espeak.speak({
        voiceId: voice.id,
        language: voice.id,
        text: '12 hello привет',
        signal: never,
      })
      assert.ok(
        samples.some((sample) => Math.abs(sample) > 1000),
        `${voice.id} is silent`,
      )
    }
  }
  await Promise.all([speakAll(), speakAll()])
})

test('text that looks like an option, a command or markup is spoken, and nothing else happens', async () => {
  const texts = [
    '-f /etc/passwd',
    '--version',
    '<speak>one two</speak>',
    '$(cat /etc/passwd)',
    '`id`; id',
    '&lt;b&gt; x',
  ]
  for (const text of texts) {
    const { durationSeconds, cues } = await voiceover('en-us', text)
    assert.ok(durationSeconds > 0.5 && durationSeconds < 6, `“${text}” took ${durationSeconds} s`)
    assert.equal(cues.map((cue) => cue.text).join(' '), text)
  }
})

test('phoneme codes are read as letters, not as codes', async () => {
  const speak = async (text: string) =>
    (await espeak.speak({ voiceId: 'en-us', language: 'en', text, signal: never })).samples
  assert.deepEqual(await speak('say [[kat]] now'), await speak('say   kat   now'))
})

test('characters that would steer the program are dropped', async () => {
  const plain = await voiceover('en-us', 'one 50P two')
  assert.deepEqual((await voiceover('en-us', 'one \u000150P two')).pcm, plain.pcm)
})

test('a very long script is refused with the limit', async () => {
  const error = await failure(voiceover('en-us', 'word '.repeat(20_000)))
  assert.deepEqual([error.code, error.details], ['script-too-long', { limit: 10_000, value: 99_999 }])
})

test('a missing program is named with a remedy', async () => {
  const missing = espeakProvider({ command: 'no-such-espeak' })
  const error = await failure(missing.voices())
  assert.equal(error.code, 'tool-missing')
  assert.match(error.message, /no-such-espeak/)
  assert.match(error.remedy, /doctor/)
})

test("the program's own reason is passed on", async () => {
  const error = await failure(espeak.speak({ voiceId: 'nope', language: 'en', text: 'hello', signal: never }))
  assert.equal(error.code, 'speech-failed')
  assert.match(error.message, /voice does not exist/)
  assert.equal(error.details.retryable, false)
})

test('an answer that is no sound is a failure', async () => {
  const error = await failure(
    espeakProvider({ command: 'echo' }).speak({ voiceId: 'x', language: 'en', text: 'x', signal: never }),
  )
  assert.equal(error.code, 'speech-failed')
})

/** A stand-in for a program that hangs and does not listen to SIGTERM; it writes its process id to a file. */
function stubborn(t: { after: (done: () => void) => void }) {
  const folder = mkdtempSync(join(tmpdir(), 'cutroom-speech-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const command = join(folder, 'espeak-ng')
  const pidFile = join(folder, 'pid')
  writeFileSync(command, `#!/bin/sh\ntrap '' TERM\necho $$ > '${pidFile}'\nwhile :; do sleep 0.1; done\n`, {
    mode: 0o700,
  })
  const pid = (): number => {
    try {
      return Number(readFileSync(pidFile, 'utf8').trim())
    } catch {
      return 0
    }
  }
  return { command, pid }
}
const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

test('cancelling leaves no process behind, even one that ignores SIGTERM', async (t) => {
  const { command, pid } = stubborn(t)
  const controller = new AbortController()
  const speaking = failure(
    espeakProvider({ command }).speak({ voiceId: 'x', language: 'en', text: 'x', signal: controller.signal }),
  )
  while (pid() === 0) await new Promise((resolve) => setTimeout(resolve, 10))
  assert.ok(isAlive(pid()))
  controller.abort()
  assert.equal((await speaking).code, 'cancelled')
  assert.equal(isAlive(pid()), false, 'the process outlived its cancellation')
})

test('a program that hangs is ended after its time and named', async (t) => {
  const { command, pid } = stubborn(t)
  const error = await failure(
    espeakProvider({ command, timeoutMs: 500 }).speak({
      voiceId: 'x',
      language: 'en',
      text: 'x',
      signal: never,
    }),
  )
  assert.equal(error.code, 'tool-timeout')
  assert.equal(isAlive(pid()), false, 'the process outlived its time')
})

test('a voiceover that is cancelled while it speaks says so', async () => {
  const controller = new AbortController()
  const voice = await resolveVoice('espeak:en-us', [espeak])
  const error = await failure(
    makeVoiceover(
      { script: 'This is one sentence. '.repeat(200), voice },
      { signal: controller.signal, onProgress: () => controller.abort() },
    ),
  )
  assert.equal(error.code, 'cancelled')
})
