import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import type { Changes, Content } from './content.ts'
import { type Draft, newDraft, unsaved } from './draft.ts'
import { createSaver, type Place } from './saver.ts'

const FIRST: Content = {
  timeline: [{ sourceId: 's', start: 0, end: 2, score: null, why: '', segmentId: null }],
  script: '',
  voice: 'v',
  captionStyle: null,
  sourceSound: true,
  musicSourceId: null,
  captions: null,
}
const cuts = (...ends: number[]) =>
  ends.map((end) => ({ sourceId: 's', start: 0, end, score: null, why: '', segmentId: null }))

class OldVersion extends Error {}
class Offline extends Error {}

/** A server of one clip, whose answers wait until they are let through. */
function createServer(t: TestContext) {
  t.mock.timers.enable({ apis: ['setTimeout'] })
  const server = {
    content: FIRST,
    version: 1,
    writes: [] as Changes[],
    kept: null as Draft | null,
    adopted: 0,
    fault: null as Error | null,
    losesAnswer: false,
    waiting: [] as (() => void)[],
    /** Somebody else changes the clip. */
    change(changes: Changes): number {
      server.content = { ...server.content, ...changes }
      return ++server.version
    },
  }
  const place: Place = {
    read: async () => ({ content: server.content, version: server.version }),
    async write(changes, version) {
      await new Promise<void>((go) => server.waiting.push(go))
      if (server.fault) throw server.fault
      if (version !== server.version) throw new OldVersion()
      server.writes.push(changes)
      server.change(changes)
      if (server.losesAnswer) throw new Offline()
      return server.version
    },
    isConflict: (error) => error instanceof OldVersion,
    isPassing: (error) => error instanceof Offline,
    keep: (draft) => {
      server.kept = structuredClone(draft)
    },
    onAdopted: () => server.adopted++,
    now: () => 0,
  }
  /** Lets timers and requests go on until nothing happens any more. */
  async function settle(ms = 300): Promise<void> {
    t.mock.timers.tick(ms)
    for (let turns = 0; turns < 60; turns++) {
      server.waiting.shift()?.()
      await Promise.resolve()
    }
  }
  return { server, place, settle, saver: createSaver(place, newDraft(server)) }
}

test('edits made while a request is under way are sent one by one, or on an old version', async (t) => {
  const { server, saver, settle } = createServer(t)
  saver.change({ timeline: cuts(3) }, 'Trim')
  t.mock.timers.tick(300)
  await Promise.resolve()
  saver.change({ timeline: cuts(4) }, 'Trim')
  saver.change({ timeline: cuts(5) }, 'Trim')
  assert.equal(saver.state().status, 'saving')
  await settle()
  assert.deepEqual(server.writes, [{ timeline: cuts(3) }, { timeline: cuts(5) }])
  assert.equal(saver.state().status, 'saved')
  assert.equal(saver.state().draft.version, 3)
})

test('the news of our own change is taken for one from elsewhere', async (t) => {
  const { server, saver, settle } = createServer(t)
  saver.change({ script: 'a' }, 'Write')
  t.mock.timers.tick(300)
  await Promise.resolve()
  saver.heard(2)
  await settle()
  saver.heard(2)
  await settle()
  assert.deepEqual(
    [saver.state().status, saver.state().draft.history.past.length, server.adopted],
    ['saved', 1, 0],
  )
})

test('a change from elsewhere is not shown, cannot be undone, or takes something unsaved of another part away', async (t) => {
  const { server, saver, settle } = createServer(t)
  saver.change({ script: 'mine' }, 'Write')
  saver.heard(server.change({ timeline: cuts(9) }))
  await settle()
  await settle()
  assert.equal(saver.state().status, 'saved')
  assert.deepEqual(saver.state().draft.content, { ...FIRST, script: 'mine', timeline: cuts(9) })
  assert.deepEqual(server.content, saver.state().draft.content)
  assert.equal(server.adopted, 1)
  saver.undo()
  await settle()
  assert.deepEqual(server.content, { ...FIRST, script: 'mine' })
})

for (const keep of ['mine', 'theirs'] as const) {
  test(`a conflict is not seen, or one version is lost where ${keep} is taken`, async (t) => {
    const { server, saver, settle } = createServer(t)
    server.change({ timeline: cuts(9) })
    saver.change({ timeline: cuts(3) }, 'Trim')
    await settle()
    assert.equal(saver.state().status, 'conflict')
    assert.deepEqual(saver.state().conflict?.parts, ['timeline'])
    assert.deepEqual(server.content.timeline, cuts(9))
    const [taken, other] = keep === 'mine' ? [cuts(3), cuts(9)] : [cuts(9), cuts(3)]
    saver.resolve(keep)
    await settle()
    assert.deepEqual([server.content.timeline, saver.state().status], [taken, 'saved'])
    saver.undo()
    await settle()
    assert.deepEqual(server.content.timeline, other)
  })
}

test('what was sent and not answered is a conflict with itself', async (t) => {
  const { server, place, saver, settle } = createServer(t)
  server.losesAnswer = true
  saver.change({ timeline: cuts(3) }, 'Trim')
  await settle()
  assert.equal(saver.state().status, 'failed')
  server.losesAnswer = false
  // The page is reloaded, and goes on at once.
  const again = createSaver(place, structuredClone(server.kept) as Draft)
  again.change({ timeline: cuts(4) }, 'Trim')
  again.start()
  await settle()
  assert.equal(again.state().status, 'saved')
  assert.deepEqual(server.content.timeline, cuts(4))
})

test('a failure is not shown, is not tried again, or keeps the next edit from being saved', async (t) => {
  const { server, saver, settle } = createServer(t)
  server.fault = new Offline('away')
  saver.change({ script: 'a' }, 'Write')
  await settle()
  assert.equal(saver.state().status, 'failed')
  assert.equal(saver.state().error, server.fault)
  assert.deepEqual(unsaved(server.kept as Draft), ['script'])
  server.fault = null
  await settle(4000)
  assert.deepEqual([saver.state().status, server.content.script], ['saved', 'a'])
  server.fault = new Error('refused')
  saver.change({ script: 'b' }, 'Write')
  await settle()
  server.fault = null
  await settle(10_000)
  assert.equal(saver.state().status, 'failed')
  saver.undo()
  await settle()
  assert.deepEqual([saver.state().status, server.content.script], ['saved', 'a'])
})

test('an errand runs before what is unsaved is saved, cannot be undone, or fails without a word', async (t) => {
  const { server, saver, settle } = createServer(t)
  saver.change({ script: 'a' }, 'Write')
  const extended = saver.run('Extend', async (version) => {
    assert.equal(version, 2)
    assert.equal(server.content.script, 'a')
    server.change({ timeline: cuts(2, 2) })
  })
  await settle()
  await extended
  assert.deepEqual(saver.state().draft.content.timeline, cuts(2, 2))
  assert.equal(saver.state().draft.history.past.at(-1)?.label, 'Extend')
  assert.equal(server.adopted, 0)
  const failed = saver.run('Extend', () => Promise.reject(new Error('no more')))
  await Promise.all([assert.rejects(failed, /no more/), settle()])
  assert.equal(saver.state().status, 'saved')
})

test('what is undone while an errand runs cannot be done again afterwards', async (t) => {
  const { server, saver, settle } = createServer(t)
  saver.change({ script: 'new words' }, 'Write')
  const { promise: isSpoken, resolve: speak } = Promise.withResolvers<void>()
  const spoken = saver.run('Speak', async () => {
    await isSpoken
    server.change({ timeline: cuts(9) })
  })
  await settle()
  assert.equal(saver.state().isRunning, true)
  saver.undo()
  await settle()
  assert.equal(server.content.script, 'new words', 'edits wait')
  speak()
  await settle()
  await spoken
  await settle()
  assert.deepEqual([saver.state().isRunning, server.content], [false, { ...FIRST, timeline: cuts(9) }])
  saver.redo()
  await settle()
  assert.deepEqual(server.content, { ...FIRST, script: 'new words', timeline: cuts(9) })
})
