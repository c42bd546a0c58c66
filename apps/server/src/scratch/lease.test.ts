import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ownerState } from './lease.ts'

const here = { machine: 'm', kernel: 'k' }
const neverAsked = () => assert.fail('the lease of another kernel says nothing here')

test('on the same kernel the lease itself tells, and silence proves nothing', () => {
  assert.equal(
    ownerState(here, here, () => true),
    'alive',
  )
  assert.equal(
    ownerState(here, here, () => false),
    'gone',
  )
  assert.equal(
    ownerState(here, here, () => null),
    'unknown',
  )
})

test('an owner from before the machine was restarted is gone', () => {
  assert.equal(ownerState({ machine: 'm', kernel: 'earlier' }, here, neverAsked), 'gone')
})

test('an owner on another machine, or on one without a name, cannot be proven gone', () => {
  assert.equal(ownerState({ machine: 'other', kernel: 'x' }, here, neverAsked), 'unknown')
  assert.equal(ownerState({ machine: null, kernel: 'x' }, here, neverAsked), 'unknown')
  const nameless = { machine: null, kernel: 'k' }
  assert.equal(ownerState({ machine: null, kernel: 'x' }, nameless, neverAsked), 'unknown')
})
