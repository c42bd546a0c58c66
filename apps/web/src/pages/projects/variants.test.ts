import assert from 'node:assert/strict'
import { test } from 'node:test'
import { variantsOf } from './variants.ts'

test('a number of variants is kept while it is typed anew, and stays within its limits', () => {
  assert.deepEqual(
    ['', ' ', '3', '13', '30', '0', '-2', '2.6', 'six'].map((text) => variantsOf(text, 6)),
    [6, 6, 3, 13, 20, 1, 1, 3, 6],
  )
})
