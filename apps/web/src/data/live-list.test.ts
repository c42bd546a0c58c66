import assert from 'node:assert/strict'
import { test } from 'node:test'
import { takeInto } from './live-list.ts'

const clip = (id: string, day: number, more: object = {}) => ({
  id,
  createdAt: `2026-01-0${day}`,
  version: 1,
  selected: false,
  projectId: 'p',
  ...more,
})
const paged = (...pages: { items: object[]; nextCursor: string | null }[]) =>
  ({ pages, pageParams: [] }) as unknown as Parameters<typeof takeInto>[0]
const list = paged(
  { items: [clip('d', 4), clip('c', 3)], nextCursor: 'x' },
  { items: [clip('b', 2)], nextCursor: null },
)

test('a thing changes where it stands, and an older one does not undo a newer one', () => {
  const newer = clip('b', 2, { version: 3 })
  const changed = paged(
    { items: [clip('d', 4), clip('c', 3)], nextCursor: 'x' },
    { items: [newer], nextCursor: null },
  )
  assert.deepEqual(takeInto(list, {}, newer), changed)
  assert.equal(takeInto(changed, {}, clip('b', 2, { version: 2 })), changed)
})

test('what was deleted, or belongs to the list no more, leaves it', () => {
  const left = paged({ items: [clip('d', 4)], nextCursor: 'x' }, { items: [clip('b', 2)], nextCursor: null })
  assert.deepEqual(takeInto(list, {}, { id: 'c', deleted: true }), left)
  assert.deepEqual(takeInto(list, { selected: 'false' }, clip('c', 3, { selected: true })), left)
})

test('what is newest comes first in the lists that it belongs to, and in no other', () => {
  const fresh = clip('e', 5)
  assert.deepEqual(
    takeInto(list, { projectId: 'p' }, fresh),
    paged(
      { items: [fresh, clip('d', 4), clip('c', 3)], nextCursor: 'x' },
      { items: [clip('b', 2)], nextCursor: null },
    ),
  )
  assert.equal(takeInto(list, { projectId: 'other' }, fresh), list)
  assert.deepEqual(takeInto({ items: [], nextCursor: null }, {}, fresh), { items: [fresh], nextCursor: null })
})

test('a list is read anew only where nothing else can tell', () => {
  assert.equal(takeInto(list, {}, clip('bc', 2, { createdAt: '2026-01-02T12' })), 'unsure')
  assert.equal(takeInto(list, { q: 'tent' }, clip('e', 5)), 'unsure')
  assert.equal(takeInto(list, {}, { id: 'z' }), 'unsure')
  // On a page that was not read yet.
  const unread = paged({ items: [clip('d', 4), clip('c', 3)], nextCursor: 'x' })
  assert.equal(takeInto(unread, {}, clip('a', 1)), unread)
})
