import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { openAsBlob } from 'node:fs'
import { after, test } from 'node:test'
import type { JobRecord } from '@cutroom/contracts'
import { withOwner } from '../../apps/server/src/db/connection.ts'
import { clips } from '../../apps/server/src/db/schema/projects.ts'
import { createKey } from '../../apps/server/src/domain/people/keys.ts'
import { buildServer } from '../../apps/server/src/http/server.ts'
import { startWorker } from '../../apps/server/src/worker/worker.ts'
import { fixture } from '../fixtures/fixtures.ts'
import { temporaryFolder } from '../support/children.ts'
import { testDatabase } from '../support/postgres.ts'
import { enqueue, handlersWith, jobIn, newProfile, openTestService, waiting } from './service.ts'

const opened = new AsyncDisposableStack()
// Before the database registers its own end, since ends come in the order in which they were asked for.
after(() => opened.disposeAsync())
const folder = opened.use(await temporaryFolder())
const facts = await testDatabase()
const service = opened.use(await openTestService(facts, folder.path))
const server = await buildServer(service, { authentication: true, version: '0.0.0' })
const address = await server.listen({ host: '127.0.0.1', port: 0 })
opened.defer(() => server.close())

/** A profile with a key that reads and writes it. */
async function newBrand() {
  const profileId = await newProfile(service)
  const key = await createKey(service.db, null, { name: 'test', access: 'write', profileIds: [profileId] })
  const ask = (path: string, options: RequestInit & { readonly headers?: Record<string, string> } = {}) =>
    fetch(`${address}/api/v1${path}`, {
      ...options,
      headers: { authorization: `Bearer ${key.secret}`, 'x-profile-id': profileId, ...options.headers },
    })
  return { profileId, ask }
}

// biome-ignore lint/suspicious/noExplicitAny: JSON as a client without types sees it; the assertions say what it is.
const jsonOf = async (answer: Promise<Response>): Promise<any> => (await answer).json()

/** The records of an event stream, without their empty lines. */
async function* recordsOf(response: Response): AsyncGenerator<string, void> {
  let text = ''
  for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    text += chunk
    const records = text.split('\n\n')
    text = records.pop() ?? ''
    yield* records
  }
}

test('jobs are listed by page and by what they are, read, cancelled and tried again', async () => {
  const { profileId, ask } = await newBrand()
  const ids = await enqueue(service, profileId, waiting(0), waiting(0), waiting(0))
  const first = await jsonOf(ask('/jobs?limit=2&state=waiting&kind=sweep'))
  const second = await jsonOf(ask(`/jobs?limit=2&cursor=${first.nextCursor}`))
  const listed = [...first.items, ...second.items].map(({ id }: JobRecord) => id)
  assert.deepEqual(listed.toSorted(), ids.toSorted())
  assert.equal(second.nextCursor, null)
  assert.deepEqual((await jsonOf(ask('/jobs?state=done'))).items, [])

  const path = `/jobs/${ids[0]}`
  const post = (action: string) => jsonOf(ask(`${path}/${action}`, { method: 'POST' }))
  assert.equal((await post('cancel')).state, 'cancelled')
  const { status, code } = await post('cancel')
  assert.deepEqual([status, code], [409, 'conflict'])
  assert.equal((await post('retry')).state, 'waiting')
  const read = await jsonOf(ask(path))
  assert.deepEqual([read.id, read.payload, read.profileId], [ids[0], undefined, undefined])
})

test('a source whose ingest is cancelled before it begins says so, and waits again when it is tried again', async () => {
  const { ask } = await newBrand()
  const form = new FormData()
  form.append('file', await openAsBlob(await fixture('hard-cuts')), 'cuts.mp4')
  const { id, state } = await jsonOf(ask('/sources', { method: 'POST', body: form }))
  assert.equal(state, 'waiting')
  const [job] = (await jsonOf(ask('/jobs?kind=ingest'))).items
  assert.equal((await ask(`/jobs/${job.id}/cancel`, { method: 'POST' })).status, 200)
  const cancelled = await jsonOf(ask(`/sources/${id}`))
  assert.deepEqual([cancelled.state, cancelled.problem.code], ['failed', 'cancelled'])
  assert.equal((await ask(`/sources/${id}/ingest`, { method: 'POST' })).status, 202)
  const again = await jsonOf(ask(`/sources/${id}`))
  assert.deepEqual([again.state, again.problem], ['waiting', null])
})

test('jobs of a clip are found and name what they render for; with the clip, its project or a source they are cancelled', async () => {
  const { profileId, ask } = await newBrand()
  const post = (place: string, body: object) =>
    jsonOf(
      ask(place, {
        method: 'POST',
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json' },
      }),
    )
  const { id: projectId } = await post('/projects', { name: 'P' })
  const [one = '', two = '', three = ''] = await service.db.ofProfile(profileId, async (tx) => {
    const about = { profileId, projectId, name: 'C', timeline: [], voice: 'espeak:en-us' }
    const rows = await tx
      .insert(clips)
      .values([1, 2, 3].map((number) => ({ ...about, number })))
      .returning()
    return rows.map(({ id }) => id)
  })
  await post(`/clips/${one}/render`, { presetId: 'tiktok' })
  await post('/clips/render', { clipIds: [one, two], presetIds: ['reels'] })
  await post('/clips/voiceover', { clipIds: [one, three], script: 'Hello.' })
  const jobsOf = async (query: string) => (await jsonOf(ask(`/jobs?limit=200&${query}`))).items as JobRecord[]
  const shown = async (query: string) =>
    (await jobsOf(query)).map(({ kind, presetId, state }) => [kind, presetId, state].join(' ')).toSorted()
  assert.deepEqual(await shown(`clipId=${one}`), [
    'render reels waiting',
    'render tiktok waiting',
    'voiceover-many  waiting',
  ])
  assert.equal((await jobsOf(`projectId=${projectId}`)).length, 4)

  assert.equal((await ask(`/clips/${one}`, { method: 'DELETE' })).status, 204)
  assert.deepEqual(await shown(`clipId=${one}`), [
    'render reels cancelled',
    'render tiktok cancelled',
    'voiceover-many  waiting',
  ])
  await post('/clips/voiceover', { clipIds: [two], script: 'Hello.' })
  await post('/clips/delete', { clipIds: [two, one] })
  assert.deepEqual(await shown(`clipId=${two}`), ['render reels cancelled', 'voiceover-many  cancelled'])
  assert.equal((await ask(`/projects/${projectId}`, { method: 'DELETE' })).status, 204)
  assert.deepEqual(await shown('state=waiting'), [])

  const form = new FormData()
  form.append('file', await openAsBlob(await fixture('hard-cuts')), 'cuts.mp4')
  const { id } = await jsonOf(ask('/sources', { method: 'POST', body: form }))
  assert.equal((await ask(`/sources/${id}`, { method: 'DELETE' })).status, 204)
  assert.deepEqual(await shown('kind=ingest'), ['ingest  cancelled'])
})

test('the source of an ingest that ends worker after worker fails with it; one that no job is going to ingest is ingested again', async () => {
  const { profileId, ask } = await newBrand()
  const form = new FormData()
  form.append('file', await openAsBlob(await fixture('hard-cuts')), 'cuts.mp4')
  const { id } = await jsonOf(ask('/sources', { method: 'POST', body: form }))
  const owner = (query: string, ...values: string[]) =>
    withOwner(facts, (client) => client.query(query, values))
  const { rows } = await owner('select id from profiles where id <> $1', profileId)
  const others = rows.map((row) => row.id)
  for (let tries = 0; tries < 3; tries += 1) {
    const claim = await service.queue.claim(others)
    assert.equal(claim?.job.kind, 'ingest')
    await owner(
      `update pgboss.job set state = 'retry', output = '{}', start_after = now() where id = $1`,
      claim?.jobId ?? '',
    )
    await service.queue.noticeLost()
  }
  const ofSource = async () => {
    const { state, problem } = await jsonOf(ask(`/sources/${id}`))
    return [state, problem?.code]
  }
  assert.deepEqual(await ofSource(), ['failed', 'worker-lost'])
  const ingestAgain = async () => (await ask(`/sources/${id}/ingest`, { method: 'POST' })).status
  assert.equal(await ingestAgain(), 202)
  assert.equal(await ingestAgain(), 409)

  await owner(`update jobs set state = 'failed' where source_id = $1`, id)
  assert.deepEqual(await ofSource(), ['waiting', undefined])
  assert.equal(await ingestAgain(), 202)
})

test('a job of another profile and what is no id are not found', async () => {
  const [own, foreign] = [await newBrand(), await newBrand()]
  const [id] = await enqueue(service, foreign.profileId, waiting(0))
  for (const missing of [id, randomUUID(), 'x', '..%2f']) {
    for (const [method, path] of [
      ['GET', ''],
      ['POST', '/cancel'],
      ['POST', '/retry'],
    ] as const) {
      const { status, code } = await jsonOf(own.ask(`/jobs/${missing}${path}`, { method }))
      assert.deepEqual([status, code], [404, 'not-found'], `${method} ${path}`)
    }
  }
  await jobIn(service, foreign.profileId, id, 'waiting')
})

test('the stream tells of jobs as the API shows them, and goes on where it was left', async () => {
  const { profileId, ask } = await newBrand()
  const stream = await ask('/events')
  assert.equal(stream.headers.get('content-type'), 'text/event-stream')
  const records = recordsOf(stream)
  const { value: start } = await records.next()
  assert.match(start ?? '', /^retry: \d+\nid: \d+\.\d+\nevent: quiet\ndata: \{\}$/)
  const [id] = await enqueue(service, profileId, waiting(0))
  const { value: told } = await records.next()
  const [, position = '', data = ''] = /^id: (.*)\nevent: job\ndata: (.*)$/.exec(told ?? '') ?? []
  // What it waits for is asked of the queue.
  const read = { ...(await jsonOf(ask(`/jobs/${id}`))), waitsFor: null }
  assert.deepEqual(JSON.parse(data), read)
  await records.return()

  const worker = startWorker({ service, handlers: handlersWith({}), concurrency: 1 })
  await jobIn(service, profileId, id, 'done')
  await worker.stop({ graceSeconds: 1 })
  const later = recordsOf(await ask('/events', { headers: { 'last-event-id': position } }))
  await later.next()
  const { value: missed } = await later.next()
  assert.equal(JSON.parse(/data: (.*)/.exec(missed ?? '')?.[1] ?? '').state, 'done')
  await later.return()

  const stale = recordsOf(await ask('/events', { headers: { 'last-event-id': 'x' } }))
  assert.match((await stale.next()).value ?? '', /event: reset\ndata: \{\}/)
  await stale.return()
})

test('a browser, which sends no headers, names the profile of its stream in the address, and reaches no other by it', async () => {
  const [own, foreign] = [await newBrand(), await newBrand()]
  const key = await createKey(service.db, null, { name: 'both', access: 'read', profileIds: null })
  const ask = (query: string, headers: Record<string, string> = {}) =>
    fetch(`${address}/api/v1/events${query}`, {
      headers: { authorization: `Bearer ${key.secret}`, ...headers },
    })
  const records = recordsOf(await ask(`?profileId=${foreign.profileId}`))
  await records.next()
  const [id = ''] = await enqueue(service, foreign.profileId, waiting(0))
  assert.ok((await records.next()).value?.includes(id))
  await records.return()
  const statusOf = async (answer: Promise<Response>) => (await answer).status
  const twice = `?profileId=${own.profileId}&profileId=${own.profileId}`
  for (const query of ['?profileId=x', `?profileId=${randomUUID()}`, twice])
    assert.equal(await statusOf(ask(query)), 404, query)
  const narrow = await createKey(service.db, null, {
    name: 'one',
    access: 'read',
    profileIds: [own.profileId],
  })
  const headers = { authorization: `Bearer ${narrow.secret}` }
  assert.equal(await statusOf(ask(`?profileId=${foreign.profileId}`, headers)), 404)
  assert.equal(
    await statusOf(fetch(`${address}/api/v1/jobs/${id}?profileId=${foreign.profileId}`, { headers })),
    404,
  )
})

test('a stream ends when the server is closed', async () => {
  const { ask } = await newBrand()
  const records = recordsOf(await ask('/events'))
  await records.next()
  const closing = server.close()
  assert.equal((await records.next()).done, true)
  // What this client keeps open for further requests.
  server.server.closeAllConnections()
  await closing
})
