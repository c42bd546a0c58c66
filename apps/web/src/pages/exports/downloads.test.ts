import assert from 'node:assert/strict'
import { test } from 'node:test'
import { partsOf } from './downloads.ts'

test('files are left out of the zips, or a zip holds more than the server packs', () => {
  const ids = Array.from({ length: 401 }, (_, index) => String(index))
  assert.deepEqual(
    partsOf(ids).map(({ length }) => length),
    [134, 134, 133],
  )
  assert.deepEqual(partsOf(ids).flat(), ids)
  assert.deepEqual(partsOf(ids.slice(0, 200)), [ids.slice(0, 200)])
  assert.deepEqual(partsOf([]), [])
})
