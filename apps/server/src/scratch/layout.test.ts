import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { attemptName, attemptOf, folderKind, newName, ownName, sweptName } from './layout.ts'

const ID = '0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9'

test('each name below a profile is told for what it is', () => {
  assert.equal(folderKind(`${ID}.1`), 'attempt')
  assert.equal(folderKind(`${ID}.120`), 'attempt')
  assert.equal(folderKind(newName()), 'new')
  assert.equal(folderKind(sweptName(`${ID}.1`)), 'swept')
  assert.equal(folderKind(sweptName(newName())), 'swept')
  const foreign = [
    ID,
    `${ID}.`,
    `${ID}.0`,
    `${ID}.01`,
    `${ID}.1.2`,
    `${ID}.-1`,
    `${ID}.1e3`,
    `${ID.toUpperCase()}.1`,
    `.new-${ID}.1`,
    '.new-',
    '.swept-x',
    'notes',
    '',
  ]
  assert.equal(attemptOf(newName()), null)
  for (const name of foreign) assert.equal(folderKind(name), 'foreign', name)
})

test('the name of an attempt is one, and comes back from the name under which it is deleted', () => {
  fc.assert(
    fc.property(fc.uuid(), fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }), (jobId, attempt) => {
      const name = attemptName(jobId, attempt)
      assert.equal(folderKind(name), 'attempt')
      assert.equal(ownName(name), name)
      assert.deepEqual(attemptOf(sweptName(name)), { jobId, attempt })
      assert.equal(ownName(sweptName(name)), name)
    }),
  )
})
