import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mulberry32 } from '../select/random.ts'
import { PowerSpectrum } from './power-spectrum.ts'

const LENGTH = 64

/** By the definition of the transform. */
function slowly(frame: Float32Array): number[] {
  return Array.from({ length: LENGTH / 2 }, (_, k) => {
    let [re, im] = [0, 0]
    frame.forEach((value, i) => {
      const windowed = value * (0.5 - 0.5 * Math.cos((2 * Math.PI * i) / LENGTH))
      re += windowed * Math.cos((2 * Math.PI * k * i) / LENGTH)
      im -= windowed * Math.sin((2 * Math.PI * k * i) / LENGTH)
    })
    return ((re * re + im * im) * 4) / (LENGTH ** 2 * (3 / 8))
  })
}

test('is that of the definition, wherever the frame begins in its ring', () => {
  const random = mulberry32(7)
  const frame = Float32Array.from({ length: LENGTH }, () => random() * 2 - 1)
  const spectrum = new PowerSpectrum(LENGTH)
  for (const start of [0, 1, 40]) {
    const ring = new Float32Array(LENGTH)
    for (const [i, value] of frame.entries()) ring[(start + i) % LENGTH] = value
    spectrum.measure(ring, start)
    for (const [bin, power] of slowly(frame).entries()) {
      const found = spectrum.power[bin] ?? Number.NaN
      assert.ok(Math.abs(found - power) < 1e-6, `bin ${bin} from ${start}: ${found}, not ${power}`)
    }
  }
})

test('a sine of full scale has a power of 1 in the bins around it', () => {
  const spectrum = new PowerSpectrum(LENGTH)
  spectrum.measure(
    Float32Array.from({ length: LENGTH }, (_, i) => Math.sin((2 * Math.PI * 10 * i) / LENGTH)),
    0,
  )
  const around = spectrum.power.subarray(9, 12).reduce((sum, power) => sum + power, 0)
  assert.ok(Math.abs(around - 1) < 1e-6, String(around))
  assert.ok(spectrum.power.every((power, bin) => Math.abs(bin - 10) < 2 || power < 1e-12))
})
