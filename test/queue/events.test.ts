import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { withOwner } from '../../apps/server/src/db/connection.ts'
import { appendEvent, trimEvents } from '../../apps/server/src/db/queries/events.ts'
import { events } from '../../apps/server/src/db/schema/jobs.ts'
import { followEvents, type Told } from '../../apps/server/src/domain/events.ts'
import { startWorker } from '../../apps/server/src/worker/worker.ts'
import { temporaryFolder } from '../support/children.ts'
import { testDatabase } from '../support/postgres.ts'
import { enqueue, handlersWith, newProfile, openTestService, waiting } from './service.ts'

const opened = new AsyncDisposableStack()
// Before the database registers its own end, since ends come in the order in which they were asked for.
after(() => opened.disposeAsync())
const folder = opened.use(await temporaryFolder())
const facts = await testDatabase()
const service = opened.use(await openTestService(facts, folder.path))

/** Listens until enough is heard. */
async function hear(
  profileId: string,
  enough: (heard: readonly Told[]) => boolean,
  options: { readonly after?: string; readonly quietMs?: number } = {},
): Promise<Told[]> {
  const ending = new AbortController()
  const heard: Told[] = []
  const { quietMs = 5000, after } = options
  for await (const told of followEvents(service, profileId, { after, signal: ending.signal, quietMs })) {
    heard.push(told)
    if (enough(heard)) break
  }
  return heard
}

const happen = (profileId: string, subjectId: string, said: string) =>
  service.db.ofProfile(profileId, (tx) =>
    appendEvent(tx, profileId, { type: 'clip', subjectId, data: { said } }),
  )

/** Starts to listen, and resolves once it does. */
async function listening(profileId: string): Promise<string> {
  const [first] = await hear(profileId, () => true)
  assert.equal(first?.what, 'quiet')
  return first?.position ?? ''
}

const dataOf = (heard: readonly Told[]): Record<string, unknown>[] =>
  heard.flatMap((told) => (told.what === 'event' ? [told.event.data as Record<string, unknown>] : []))
const saidIn = (heard: readonly Told[]) => dataOf(heard).map(({ said }) => said)

test('nothing is lost or told twice where two writers commit side by side and the listener comes back again and again', async () => {
  const profileId = await newProfile(service)
  let position = await listening(profileId)
  const write = async (writer: string): Promise<void> => {
    for (let number = 0; number < 40; number += 1) {
      await service.db.ofProfile(profileId, async (tx) => {
        await appendEvent(tx, profileId, {
          type: 'clip',
          subjectId: randomUUID(),
          data: { said: `${writer}${number}` },
        })
        // The other writer's turn comes while this one has its id already and has not committed.
        await sleep(Math.random() * 10)
      })
    }
  }
  const writing = Promise.all([write('a'), write('b')])
  const heard: unknown[] = []
  while (heard.length < 80) {
    const some = await hear(
      profileId,
      (told) => told.length >= 8 || heard.length + dataOf(told).length === 80,
      { after: position, quietMs: 2000 },
    )
    heard.push(...saidIn(some))
    position = some.at(-1)?.position ?? position
  }
  await writing
  assert.equal(new Set(heard).size, heard.length, 'something was told twice')
  for (const writer of ['a', 'b']) {
    const own = heard.filter((data) => String(data).startsWith(writer))
    assert.deepEqual(
      own,
      Array.from({ length: 40 }, (_, number) => `${writer}${number}`),
    )
  }
})

test('of a thing that changed several times while nobody listened the latest is told', async () => {
  const profileId = await newProfile(service)
  const position = await listening(profileId)
  for (const data of ['one', 'two', 'three']) await happen(profileId, 'the clip', data)
  await happen(profileId, 'another', 'four')
  const heard = await hear(profileId, (told) => dataOf(told).length === 2, { after: position })
  assert.deepEqual(saidIn(heard), ['three', 'four'])
})

test('another profile’s changes are not told', async () => {
  const [a, b] = [await newProfile(service), await newProfile(service)]
  const position = await listening(a)
  await happen(b, 'foreign', 'foreign')
  await happen(a, 'own', 'own')
  const heard = await hear(a, (told) => told.length === 3, { after: position, quietMs: 100 })
  assert.deepEqual(saidIn(heard), ['own'])
  assert.equal(heard.at(-1)?.what, 'quiet')
})

test('who comes back after too long is told to read anew, and hears what follows', async () => {
  const profileId = await newProfile(service)
  await happen(profileId, 'x', 'old')
  const hourAgo = `0.${Date.now() - 3_700_000}`
  for (const after of [hourAgo, 'nonsense', `999999.${Date.now()}`]) {
    const ending = new AbortController()
    const stream = followEvents(service, profileId, { after, signal: ending.signal, quietMs: 5000 })
    assert.equal((await stream.next()).value?.what, 'reset')
    await happen(profileId, 'x', after)
    const { value } = await stream.next()
    assert.deepEqual(value && saidIn([value]), [after])
    ending.abort()
    assert.equal((await stream.next()).done, true, 'it did not end with its signal')
  }
})

test('what is too old to be asked for is forgotten, and nothing else', async () => {
  const [a, b] = [await newProfile(service), await newProfile(service)]
  for (const profileId of [a, b]) {
    await happen(profileId, 'old', 'old')
    const longAgo = new Date(Date.now() - 3 * 3_600_000)
    await service.db.ofProfile(profileId, (tx) => tx.update(events).set({ createdAt: longAgo }))
    await happen(profileId, 'new', 'new')
  }
  await service.db.ofProfile(a, (tx) => trimEvents(tx, a))
  const kept = (profileId: string) =>
    service.db.ofProfile(profileId, (tx) => tx.select({ id: events.subjectId }).from(events))
  assert.deepEqual(await kept(a), [{ id: 'new' }])
  assert.equal((await kept(b)).length, 2)
})

test('who heard the last event of a profile cannot go on after it was quiet for hours', async () => {
  const profileId = await newProfile(service)
  await happen(profileId, 'old', 'old')
  const position = await listening(profileId)
  const longAgo = new Date(Date.now() - 3 * 3_600_000)
  await service.db.ofProfile(profileId, (tx) => tx.update(events).set({ createdAt: longAgo }))
  await service.db.ofProfile(profileId, (tx) => trimEvents(tx, profileId))
  const [first] = await hear(profileId, () => true, { after: position })
  assert.equal(first?.what, 'quiet')
})

test('a job is told of from its start to its end, as the API shows it', async () => {
  const profileId = await newProfile(service)
  const position = await listening(profileId)
  const states: string[] = []
  const worker = startWorker({ service, handlers: handlersWith({}), concurrency: 1 })
  const listens = hear(
    profileId,
    (told) => {
      const { state, payload } = dataOf(told).at(-1) ?? {}
      assert.equal(payload, undefined)
      if (state !== undefined && states.at(-1) !== state) states.push(String(state))
      return state === 'done'
    },
    { after: position },
  )
  await enqueue(service, profileId, waiting(0.3))
  await listens
  await worker.stop({ graceSeconds: 1 })
  assert.deepEqual(states.slice(-2), ['running', 'done'])
})

test('a connection that is lost is found again, and what happened meanwhile is told', async () => {
  const profileId = await newProfile(service)
  const position = await listening(profileId)
  const listens = hear(profileId, (told) => dataOf(told).length === 1, { after: position, quietMs: 60_000 })
  await sleep(100)
  await withOwner(facts, (owner) =>
    owner.query(`select pg_terminate_backend(pid) from pg_stat_activity
      where application_name = 'cutroom events' and datname = current_database()`),
  )
  await happen(profileId, 'x', 'meanwhile')
  assert.deepEqual(saidIn(await listens), ['meanwhile'])
})
