import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CutroomError } from '@cutroom/contracts'
import { sources } from '../schema/library.ts'
import { clips } from '../schema/projects.ts'
import { pageOfRows, toPage } from './page.ts'

const UUID = '11111111-1111-4111-8111-111111111111'
const HASH = 'a'.repeat(64)
const cursorOf = (text: string): string => Buffer.from(text).toString('base64url')
const isRefused = (text: string, columns: typeof clips | typeof sources): boolean => {
  try {
    pageOfRows({ limit: 10, cursor: cursorOf(text) }, columns)
    return false
  } catch (error) {
    return error instanceof CutroomError && error.code === 'field-invalid' && error.field === 'cursor'
  }
}

test('a cursor that a list gave is refused', () => {
  const rows = [1, 2].map(() => ({ createdAt: new Date(), id: UUID }))
  const { items, nextCursor } = toPage(rows, { limit: 1 }, ({ id }) => id)
  assert.deepEqual(items, [UUID])
  assert.ok(pageOfRows({ limit: 1, cursor: nextCursor ?? '' }, clips).after)
  assert.equal(isRefused(`1.${HASH}`, sources), false)
  assert.equal(toPage(rows, { limit: 2 }, ({ id }) => id).nextCursor, null)
})

test('the database is asked for what it cannot read', () => {
  for (const text of [
    '',
    '1',
    `1.${HASH}`,
    `x.${UUID}`,
    `-1.${UUID}`,
    `99999999999999.${UUID}`,
    `1.${UUID}.2`,
    `1.${UUID}'`,
  ])
    assert.equal(isRefused(text, clips), true, text)
  assert.equal(isRefused(`1.${UUID}`, sources), true)
})
