import assert from 'node:assert/strict'
import { test } from 'node:test'
import { areAlike, difference, hashesOf, leastDifference } from './alike.ts'
import { featuresOf } from './features-fixture.ts'

test('the difference of two hashes is not the number of bits in which they differ', () => {
  const features = featuresOf([{ seconds: 0.4 }])
  features.hash.set([0n, 2n ** 64n - 1n, 1n, 0x8000_0000_8000_0001n])
  const hashes = hashesOf(features)
  assert.equal(difference(hashes, 0, hashes, 0), 0)
  assert.equal(difference(hashes, 0, hashes, 1), 64)
  assert.equal(difference(hashes, 0, hashes, 2), 1)
  assert.equal(difference(hashes, 2, hashes, 3), 2)
  assert.equal(leastDifference({ hashes, from: 0, to: 2 }, { hashes, from: 2, to: 4 }), 1)
  assert.equal(areAlike({ hashes, from: 0, to: 2 }, { hashes, from: 2, to: 4 }, 2), true)
  assert.equal(areAlike({ hashes, from: 0, to: 2 }, { hashes, from: 2, to: 4 }, 1), false)
  assert.equal(areAlike({ hashes, from: 0, to: 2 }, { hashes, from: 0, to: 2 }, 0), false)
})
