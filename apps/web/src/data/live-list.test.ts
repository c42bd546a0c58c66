import assert from 'node:assert/strict'
import { test } from 'node:test'
import { takeInto, withReason } from './live-list.ts'

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

test('a pick that is told of late undoes the next one, although neither is an edit', () => {
  const picked = (selected: boolean, second: number) =>
    clip('d', 4, { selected, updatedAt: `2026-01-05T10:00:0${second}.000Z` })
  const now = paged({ items: [picked(false, 2)], nextCursor: null })
  assert.equal(takeInto(now, {}, picked(true, 1)), now)
  const next = paged({ items: [picked(true, 3)], nextCursor: null })
  assert.deepEqual(takeInto(now, {}, picked(true, 3)), next)
})

test('an event of a job takes away why it waits, or leaves it with one that is over', () => {
  const unsaid = { waitsFor: null, waitsForJobId: null, retryAt: null }
  const reason = { waitsFor: 'same-clip', waitsForJobId: 'k', retryAt: null }
  const waiting = { id: 'j', state: 'waiting', ...reason }
  const told = { id: 'j', state: 'waiting', ...unsaid }
  assert.deepEqual(withReason(told, waiting), waiting)
  const list = { items: [waiting], nextCursor: null }
  assert.deepEqual(takeInto(list, {}, told), list)
  const running = { ...told, state: 'running' }
  assert.deepEqual(withReason(running, waiting), running)
  const limited = { ...told, waitsFor: 'profile-limit' }
  assert.deepEqual(withReason(limited, waiting), limited)
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
