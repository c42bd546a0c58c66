import assert from 'node:assert/strict'
import { test } from 'node:test'
import { nameInProject } from './clip-names.ts'

test('inside of its project a clip is called by its number until it gets a name of its own', () => {
  assert.equal(nameInProject('Summer launch 6', 'Summer launch'), 'Clip 6')
  assert.equal(nameInProject('The dog', 'Summer launch'), 'The dog')
  assert.equal(nameInProject('Summer launch 6 copy', 'Summer launch'), 'Summer launch 6 copy')
  assert.equal(nameInProject('Summer launch 2 6', 'Summer launch'), 'Summer launch 2 6')
})
