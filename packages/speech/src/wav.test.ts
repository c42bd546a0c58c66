import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decodeWav, encodeWav } from './wav.ts'

const wav = encodeWav(Float32Array.of(0, 0.5, -1, 1), 22050)

test('samples become 16 bits behind a header of 44 bytes', () => {
  assert.equal(
    Buffer.from(wav).toString('hex'),
    '524946462c000000' +
      '57415645666d7420' +
      '1000000001000100' +
      '2256000044ac0000' +
      '02001000' +
      '6461746108000000' +
      '0000004000' +
      '80ff7f',
  )
})

test('what was written is read', () => {
  assert.deepEqual(decodeWav(wav), { sampleRate: 22050, samples: Int16Array.of(0, 16384, -32768, 32767) })
})

test('the nonsense sizes of a file written to a pipe mean: up to the end', () => {
  const piped = Buffer.from(wav)
  piped.writeUInt32LE(0x7ffff024, 4)
  piped.writeUInt32LE(0x7ffff000, 40)
  assert.deepEqual(decodeWav(piped)?.samples, Int16Array.of(0, 16384, -32768, 32767))
})

test('unknown chunks are passed over, odd ones with their padding', () => {
  const extra = Buffer.from('LIST\x03\0\0\0abc\0', 'latin1')
  const bytes = Buffer.concat([wav.subarray(0, 36), extra, wav.subarray(36)])
  assert.equal(decodeWav(bytes)?.samples.length, 4)
})

test('anything else is not read', () => {
  const stereo = Buffer.from(wav)
  stereo.writeUInt16LE(2, 22)
  const mulaw = Buffer.from(wav)
  mulaw.writeUInt16LE(7, 20)
  for (const bytes of [
    new Uint8Array(),
    wav.subarray(0, 11),
    wav.subarray(0, 36),
    stereo,
    mulaw,
    Buffer.from('RIFX'),
  ]) {
    assert.equal(decodeWav(bytes), null)
  }
})
