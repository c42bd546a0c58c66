import assert from 'node:assert/strict'
import { it } from 'node:test'
import { roughGains } from './rough-gains.ts'

/** A minute of one level, dBFS. */
const minute = (level: number, silentFrom = 600) => ({
  features: { loudness: new Float32Array(600).fill(level).fill(-100, silentFrom) },
  start: 10,
  end: 20,
})
const rounded = ({ cuts, music }: ReturnType<typeof roughGains>) => [Math.round(cuts), Math.round(music)]

it('sources keep their level without a voice, and are brought to −22 LUFS and ducked below one', () => {
  assert.deepEqual(rounded(roughGains({ hasVoice: false, cuts: [minute(-10)], music: null })), [0, -10])
  assert.deepEqual(rounded(roughGains({ hasVoice: true, cuts: [minute(-14)], music: null })), [-21, -21])
})

it('quiet sources and silence are not made louder, and music comes to −24 LUFS whatever it was', () => {
  const quiet = { hasVoice: true, cuts: [minute(-50)], music: minute(-36) }
  assert.deepEqual(rounded(roughGains(quiet)), [-11, -1])
  const silent = { hasVoice: true, cuts: [minute(-100)], music: minute(-100) }
  assert.deepEqual(rounded(roughGains(silent)), [-11, -11])
})

it('silence inside of a range does not count', () => {
  assert.deepEqual(rounded(roughGains({ hasVoice: true, cuts: [minute(-14, 150)], music: null })), [-21, -21])
})
