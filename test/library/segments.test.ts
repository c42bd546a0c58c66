import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { it } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { eventsAfter, lastEventId } from '../../apps/server/src/db/queries/events.ts'
import { inRequest } from '../../apps/server/src/domain/in-request.ts'
import { fixture } from '../fixtures/fixtures.ts'
import { temporaryFolder } from '../support/children.ts'
import { likeness } from '../support/frames.ts'
import { startService } from '../support/service.ts'
import { readySource, setLimits, startIngesting } from './library.ts'

const test = await startService()
startIngesting(test)
const base = await test.listen()
const source = await readySource(test, base, test.a, await fixture('hard-cuts'))
const { durationSeconds } = source.probe

const mark = (body: object, by = test.a) => test.request(by, 'POST', '/segments', { body })
const list = async (query: string) =>
  (await test.request(test.a, 'GET', `/segments?${query}`)).body.items as Record<string, unknown>[]

it('found segments are worth showing, lie inside of the source and do not overlap', async () => {
  const found = (await list('origin=found')) as { start: number; end: number; score: number; why: string }[]
  assert.ok(found.length > 0)
  const inOrder = found.toSorted((a, b) => a.start - b.start)
  for (const [index, { start, end, score, why }] of inOrder.entries()) {
    assert.ok(start >= 0 && end <= durationSeconds && end - start >= 1.5)
    assert.ok(score > 0 && score <= 1)
    assert.match(why, /^[A-Z].*\.$/)
    assert.ok((inOrder[index + 1]?.start ?? end) >= end)
  }
})

it('a segment is marked inside of its source, and is at least 0.2 s long', async () => {
  const { status, body } = await mark({
    sourceId: source.id,
    start: 1,
    end: 1.2,
    keywords: ['a', ' a ', 'b'],
  })
  assert.equal(status, 201)
  assert.deepEqual(
    { ...body, id: '', createdAt: '' },
    {
      ...{ id: '', createdAt: '', sourceId: source.id, start: 1, end: 1.2, name: '', keywords: ['a', 'b'] },
      ...{ favourite: false, origin: 'marked', score: null, why: '', usageCount: 0 },
    },
  )
  const wrong = [
    { sourceId: source.id, start: 1, end: 1.1 },
    { sourceId: source.id, start: 2, end: 1 },
    { sourceId: source.id, start: 0, end: durationSeconds + 0.1 },
    { sourceId: source.id, start: -1, end: 1 },
  ]
  for (const body of wrong) assert.equal((await mark(body)).status, 422, JSON.stringify(body))
  assert.equal((await mark({ sourceId: source.id, start: 0, end: 1 }, test.b)).status, 404)
  assert.equal((await mark({ sourceId: 'f'.repeat(64), start: 0, end: 1 })).status, 404)
})

it('segments are found by favourite, keyword and words', async () => {
  const { body } = await mark({ sourceId: source.id, start: 0, end: 2, name: 'Best wave', keywords: ['Sea'] })
  const one = `/segments/${body.id}`
  await test.request(test.a, 'PATCH', one, { body: { favourite: true } })
  const ids = async (query: string) => (await list(query)).map(({ id }) => id)
  assert.deepEqual(await ids('favourite=true'), [body.id])
  assert.ok(!(await ids('favourite=false')).includes(body.id))
  assert.deepEqual(await ids('keyword=Sea'), [body.id])
  assert.deepEqual(await ids('keyword=sea'), [])
  assert.deepEqual(await ids('q=sea'), [body.id])
  assert.deepEqual(await ids('q=WAVE'), [body.id])
  assert.deepEqual(await ids(`sourceId=${'0'.repeat(64)}`), [])
  assert.equal((await test.request(test.a, 'GET', '/segments?favourite=maybe')).status, 422)
})

it('a found segment whose times a person changes counts as marked', async () => {
  const [found] = await list('origin=found')
  const one = `/segments/${found?.id}`
  const named = await test.request(test.a, 'PATCH', one, { body: { name: 'Mine' } })
  assert.equal(named.body.origin, 'found')
  const moved = await test.request(test.a, 'PATCH', one, { body: { end: Number(found?.end) - 0.5 } })
  assert.equal(moved.body.origin, 'marked')
  assert.equal(moved.body.score, null)
  const wrong = await test.request(test.a, 'PATCH', one, { body: { start: Number(found?.end) } })
  assert.equal(wrong.status, 422)
})

it('a segment is played from its first picture, in ranges, and found the second time', async () => {
  await using folder = await temporaryFolder()
  const { body } = await mark({ sourceId: source.id, start: 1.4, end: 3 })
  const stream = `/segments/${body.id}/stream`
  const answer = await test.request(test.a, 'GET', stream)
  assert.equal(answer.status, 200)
  assert.equal(answer.headers['content-type'], 'video/mp4')
  const file = path.join(folder.path, 'segment.mp4')
  await writeFile(file, answer.bytes)
  const same = await likeness({ path: file, at: 0.5 }, { path: await fixture('hard-cuts'), at: 1.9 })
  assert.ok(same > 28, `${same} dB`)
  const part = await test.request(test.a, 'GET', stream, { headers: { range: 'bytes=0-99' } })
  assert.equal(part.status, 206)
  assert.equal(part.headers.etag, answer.headers.etag)
  assert.equal((await test.request(test.b, 'GET', stream)).status, 404)
})

it('a segment is played without room for what is cut out of it, or one that was cut before is not found then', async () => {
  const { body } = await mark({ sourceId: source.id, start: 1.1, end: 2.9 })
  const play = async () => {
    const answer = await test.request(test.a, 'GET', `/segments/${body.id}/stream`)
    return `${answer.status} ${answer.body?.code ?? ''}`.trim()
  }
  const none = { scratchBytes: null, storageBytes: null }
  for (const limits of [{ storageBytes: 1 }, { scratchBytes: 1 }]) {
    await setLimits(test, test.a, { ...none, ...limits })
    assert.equal(await play(), '507 quota-exceeded', JSON.stringify(limits))
  }
  await setLimits(test, test.a, none)
  assert.equal(await play(), '200')
  await setLimits(test, test.a, { ...none, storageBytes: 1 })
  assert.equal(await play(), '200')
  await setLimits(test, test.a, none)
})

it('as many processes as there are requests run at once', async () => {
  let [running, most] = [0, 0]
  const moment = async () => {
    running += 1
    most = Math.max(most, running)
    await setTimeout(20)
    running -= 1
  }
  await Promise.all(Array.from({ length: 6 }, () => inRequest(test.service.studio, test.a.id, moment)))
  assert.equal(most, 2)
})

it('what happens to a segment is told', async () => {
  const inProfile = test.service.db.ofProfile
  const last = await inProfile(test.a.id, (tx) => lastEventId(tx, test.a.id))
  const told = async () =>
    (await inProfile(test.a.id, (tx) => eventsAfter(tx, test.a.id, last, 10))).map(({ type, data }) => ({
      type,
      data,
    }))
  const { body } = await mark({ sourceId: source.id, start: 0, end: 1 })
  assert.deepEqual(await told(), [{ type: 'segment', data: body }])
  const one = `/segments/${body.id}`
  const changed = await test.request(test.a, 'PATCH', one, { body: { favourite: true } })
  assert.deepEqual(await told(), [{ type: 'segment', data: changed.body }])
  await test.request(test.a, 'PATCH', one, { body: { end: 1e6 } })
  assert.deepEqual(await told(), [{ type: 'segment', data: changed.body }], 'a refused change is none')
  await test.request(test.a, 'DELETE', one)
  assert.deepEqual(await told(), [{ type: 'segment', data: { id: body.id, deleted: true } }])
})

it('a deleted segment is gone, and another profile cannot touch one', async () => {
  const { body } = await mark({ sourceId: source.id, start: 0, end: 1 })
  const one = `/segments/${body.id}`
  assert.equal((await test.request(test.b, 'GET', one)).status, 404)
  assert.equal((await test.request(test.b, 'PATCH', one, { body: { name: 'x' } })).status, 404)
  assert.equal((await test.request(test.b, 'DELETE', one)).status, 404)
  assert.equal((await test.request(test.a, 'GET', one)).status, 200)
  assert.equal((await test.request(test.a, 'DELETE', one)).status, 204)
  assert.equal((await test.request(test.a, 'DELETE', one)).status, 404)
})
