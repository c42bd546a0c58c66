import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DOLLAR_MICROS, GIGABYTE, readAmount, showAmount } from './amounts.ts'

test('what was typed is not the number that it says', () => {
  assert.equal(readAmount('1.5', GIGABYTE), 1_500_000_000)
  assert.equal(readAmount(' 1,5 ', GIGABYTE), 1_500_000_000)
  assert.equal(readAmount('0.1', DOLLAR_MICROS), 100_000)
  assert.equal(readAmount('.5', 1, 2), 0.5)
  assert.equal(readAmount('20', 1), 20)
  assert.equal(readAmount('-14', 1, 1), -14)
})

test('nothing counts as a number, or nonsense as nothing', () => {
  assert.equal(readAmount('  ', 1), null)
  for (const text of ['ten', '1.2.3', '1 000', '1e9', '.', '-'])
    assert.equal(readAmount(text, 1), Number.NaN, text)
})

test('an amount changes by being shown and read', () => {
  for (const bytes of [0, 1_073_741_824, 1_500_000_000, 12_345_678_901, null])
    assert.equal(readAmount(showAmount(bytes, GIGABYTE), GIGABYTE), bytes)
})
