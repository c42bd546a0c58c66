import assert from 'node:assert/strict'
import { test } from 'node:test'
import { waitBefore } from './use-tries.ts'

test('what failed is tried again later each time, and not for ever', () => {
  const waits = Array.from({ length: 9 }, (_, tries) => waitBefore(tries))
  assert.deepEqual(waits, [1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000, null])
})
