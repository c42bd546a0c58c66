import assert from 'node:assert/strict'
import { test } from 'node:test'
import { speechRanges } from '../features/speech.ts'
import { mulberry32 } from '../select/random.ts'
import { SOUND_RATE_HZ } from './argv.ts'
import { speechLikelihood } from './speech-likelihood.ts'
import { SPEECH_FRAMES_PER_SECOND, SpeechMeter } from './speech-meter.ts'

/** Where speech is found in a sound, given by its value from -1 to 1 at each time. */
function found(seconds: number, sound: (time: number) => number) {
  const meter = new SpeechMeter(seconds * SPEECH_FRAMES_PER_SECOND)
  for (let i = 0; i < seconds * SOUND_RATE_HZ; i++) meter.push(Math.round(sound(i / SOUND_RATE_HZ) * 32_767))
  return speechRanges(speechLikelihood(meter.finish()), seconds)
}

const random = mulberry32(3)
const noise = (): number => random() * 2 - 1
/** Four swells a second. */
const swelling = (time: number): number => 0.5 - 0.5 * Math.cos(2 * Math.PI * 4 * time)
/** Partials of a tone, weaker by 6 dB an octave; its phase counts its periods. */
const partials = (phase: number): number => {
  let sum = 0
  for (let partial = 1; partial <= 20; partial++) sum += Math.sin(2 * Math.PI * partial * phase) / partial
  return sum / 4
}
/** A voice that glides between 100 and 160 Hz, in syllables. */
const voice = (time: number): number =>
  swelling(time) * partials(130 * time + (30 / (2 * Math.PI * 0.7)) * Math.sin(2 * Math.PI * 0.7 * time))
const within = (from: number, to: number, time: number): number => (time >= from && time < to ? 1 : 0)

test('a gliding voice in syllables is speech, from where it begins to where it ends', () => {
  const [range, ...more] = found(7, (time) => within(2, 5, time) * voice(time) + 0.001 * noise())
  assert.deepEqual(more, [])
  assert.ok(
    range && Math.abs(range.start - 2) <= 0.1 && Math.abs(range.end - 5) <= 0.1,
    JSON.stringify(range),
  )
})

test('the same 26 dB softer is speech too', () => {
  assert.equal(found(5, (time) => 0.05 * voice(time)).length, 1)
})

for (const [name, sound] of [
  ['silence', () => 0],
  ['a tone', (time) => 0.5 * Math.sin(2 * Math.PI * 440 * time)],
  ['a tone in syllables', (time) => 0.5 * swelling(time) * Math.sin(2 * Math.PI * 440 * time)],
  ['a held note of an instrument', (time) => partials(220 * time)],
  ['a held note in syllables', (time) => swelling(time) * partials(220 * time)],
  ['a siren, which glides without syllables', (time) => partials(300 * time - 40 * Math.cos(time))],
  ['noise', () => 0.3 * noise()],
  ['noise in syllables', (time) => 0.3 * swelling(time) * noise()],
  ['clicks, two a second', (time) => within(0, 0.002, time % 0.5)],
] as const satisfies [string, (time: number) => number][]) {
  test(`${name} is no speech`, () => {
    assert.deepEqual(found(6, sound), [])
  })
}
