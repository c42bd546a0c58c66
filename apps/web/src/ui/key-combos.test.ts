import assert from 'node:assert/strict'
import { test } from 'node:test'
import { comboOf, shownKeys } from './key-combos.ts'

const press = (
  key: string,
  held: Partial<Record<'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey', boolean>> = {},
) => comboOf({ key, shiftKey: false, ctrlKey: false, metaKey: false, altKey: false, ...held })

test('a press is named by what it means', () => {
  assert.equal(press('x'), 'x')
  assert.equal(press('X', { shiftKey: true }), 'Shift+x')
  assert.equal(press('?', { shiftKey: true }), '?')
  assert.equal(press(' '), 'Space')
  assert.equal(press(' ', { shiftKey: true }), 'Shift+Space')
  assert.equal(press('ArrowLeft', { shiftKey: true }), 'Shift+ArrowLeft')
  assert.equal(press('a', { metaKey: true }), 'Mod+a')
  assert.equal(press('z', { ctrlKey: true, shiftKey: true }), 'Mod+Shift+z')
})

test('keys are shown as they are printed', () => {
  assert.deepEqual(shownKeys(['ArrowLeft', 'Shift+ArrowLeft', 'Mod+a', 'Delete', 'Space', '?']), [
    '←',
    '⇧ ←',
    'Ctrl A',
    'Del',
    'Space',
    '?',
  ])
})
