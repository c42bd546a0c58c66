import assert from 'node:assert/strict'
import { it } from 'node:test'
import { settingsTab } from './searches.ts'

it('a part of the settings that does not exist is none', () => {
  assert.deepEqual(settingsTab({ tab: 'disk' }), { tab: 'disk' })
  assert.deepEqual(settingsTab({ tab: 'storage' }), {})
  assert.deepEqual(settingsTab({}), {})
})
