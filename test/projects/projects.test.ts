import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { openDatabase } from '../../apps/server/src/db/database.ts'
import { listClips } from '../../apps/server/src/domain/clips/clips.ts'
import { LOCAL_CALLER } from '../../apps/server/src/domain/people/caller.ts'
import { changeProfile } from '../../apps/server/src/domain/profiles/change.ts'
import { listProjects } from '../../apps/server/src/domain/projects/projects.ts'
import { type Answer, startService } from '../support/service.ts'
import { addClips, addSegment, addSource, askWhileDeleting, cut, said, told, usage } from './rows.ts'

const studio = await startService()
const { a, b, request, service } = studio
const beach = await addSource(studio, a, 'beach.mp4')
const harbour = await addSource(studio, a, 'harbour.mp4', { state: 'waiting' })
const refused = await addSource(studio, a, 'refused.mp4', { state: 'refused' })
const song = await addSource(studio, a, 'song.mp3', { hasVideo: false })
const foreign = await addSource(studio, b, 'foreign.mp4')
const foreignSegment = await addSegment(studio, b, foreign, 0, 5)
const [p, q, r] = [
  await addSegment(studio, a, beach, 0, 5),
  await addSegment(studio, a, beach, 10, 15),
  await addSegment(studio, a, beach, 20, 25),
]

async function newProject(body: object = {}): Promise<string> {
  const answer = await request(a, 'POST', '/projects', { body: { name: 'Summer', ...body } })
  assert.equal(answer.status, 201)
  return answer.body.id
}
const segmentsOf = async (id: string): Promise<string[]> =>
  (await request(a, 'GET', `/projects/${id}/segments`)).body.items.map((item: { id: string }) => item.id)

test('a project comes back as another than it was made or changed to', async () => {
  const id = await newProject({ brief: 'Waves.', targetSeconds: 12, sourceIds: [harbour, beach] })
  const made = (await request(a, 'GET', `/projects/${id}`)).body
  assert.deepEqual(
    [made.name, made.brief, made.targetSeconds, made.sourceIds],
    ['Summer', 'Waves.', 12, [harbour, beach]],
  )
  assert.deepEqual(made.counts, { sources: 2, segments: 0, clips: 0 })
  const changed = await request(a, 'PATCH', `/projects/${id}`, {
    body: { name: 'Winter', targetSeconds: 30 },
  })
  assert.deepEqual(
    [changed.body.name, changed.body.brief, changed.body.targetSeconds],
    ['Winter', 'Waves.', 30],
  )
  const fewer = await request(a, 'PUT', `/projects/${id}/sources`, { body: { sourceIds: [beach] } })
  assert.deepEqual(fewer.body.sourceIds, [beach])
  const other = await newProject()
  assert.equal((await request(a, 'GET', `/projects/${other}`)).body.targetSeconds, 20)
})

test('a project takes sources that it cannot show', async () => {
  const id = await newProject({ sourceIds: [beach] })
  const cases: [unknown, string][] = [
    [[beach, foreign], '404 not-found sourceIds.1'],
    [['0'.repeat(64)], '404 not-found sourceIds.0'],
    [[beach, beach], '422 field-invalid sourceIds'],
    [['beach'], '422 field-invalid sourceIds.0'],
    [[refused], '409 conflict sourceIds.0'],
    [[song], '422 media-no-video sourceIds.0'],
  ]
  for (const [sourceIds, answer] of cases) {
    assert.equal(said(await request(a, 'PUT', `/projects/${id}/sources`, { body: { sourceIds } })), answer)
    assert.equal(said(await request(a, 'POST', '/projects', { body: { name: 'Bad', sourceIds } })), answer)
  }
  assert.deepEqual((await request(a, 'GET', `/projects/${id}`)).body.sourceIds, [beach])
  const { items } = (await request(a, 'GET', '/projects')).body
  assert.ok(items.every(({ name }: { name: string }) => name !== 'Bad'))
})

test('a project takes a source or a segment that is just being deleted, or fails without saying why', async () => {
  const id = await newProject({ sourceIds: [beach] })
  const asks: [string, (sourceId: string) => [method: string, place: string, body: object]][] = [
    ['sourceIds.1', (source) => ['PUT', `/projects/${id}/sources`, { sourceIds: [beach, source] }]],
    ['sourceIds.0', (source) => ['POST', '/projects', { name: 'Late', sourceIds: [source] }]],
    ['sourceIds.0', (source) => ['POST', '/one-shot', { videos: [source] }]],
  ]
  for (const [index, [field, ask]] of asks.entries()) {
    const source = await addSource(studio, a, `short-lived-${index}.mp4`)
    const [method, place, body] = ask(source)
    const answer = await askWhileDeleting(studio, a, { source }, () => request(a, method, place, { body }))
    assert.equal(said(answer), `404 not-found ${field}`)
  }
  const put = (segmentIds: string[]) =>
    request(a, 'POST', `/projects/${id}/segments`, { body: { segmentIds } })
  const [kept, named] = [
    await addSegment(studio, a, beach, 90, 91),
    await addSegment(studio, a, beach, 92, 93),
  ]
  await put([p, kept])
  const refused = await askWhileDeleting(studio, a, { segment: named }, () => put([q, named]))
  assert.equal(said(refused), '404 not-found segmentIds.1')
  const added = await askWhileDeleting(studio, a, { segment: kept }, () => put([q]))
  assert.deepEqual([added.status, await segmentsOf(id)], [200, [p, q]])
})

test('segments are assigned twice, lost, or out of order', async () => {
  const [id, other] = [await newProject(), await newProject()]
  const segments = (method: string, segmentIds: unknown) =>
    request(a, method, `/projects/${id}/segments`, { body: { segmentIds } })
  await segments('POST', [q, p])
  const added = await segments('POST', [p, r])
  assert.equal(added.body.counts.segments, 3)
  assert.deepEqual(await segmentsOf(id), [q, p, r])
  await segments('PUT', [r, q, p])
  assert.deepEqual(await segmentsOf(id), [r, q, p])
  await request(a, 'POST', `/projects/${other}/segments`, { body: { segmentIds: [p] } })
  await request(a, 'DELETE', `/projects/${id}/segments/${q}`)
  assert.deepEqual([await segmentsOf(id), await segmentsOf(other)], [[r, p], [p]])
  assert.equal(said(await segments('POST', [q, foreignSegment])), '404 not-found segmentIds.1')
  assert.equal(said(await segments('PUT', [foreignSegment])), '404 not-found segmentIds.0')
  assert.equal(said(await request(a, 'DELETE', `/projects/${id}/segments/${q}`)), '404 not-found')
  assert.deepEqual(await segmentsOf(id), [r, p])
})

test('a project that loses a source or a segment, because that is deleted, goes untold', async () => {
  const source = await addSource(studio, a, 'deleted.mp4')
  const [one, two] = [await addSegment(studio, a, source, 0, 5), await addSegment(studio, a, source, 5, 10)]
  const [id, other] = [await newProject({ sourceIds: [beach, source] }), await newProject()]
  for (const project of [id, other])
    await request(a, 'POST', `/projects/${project}/segments`, { body: { segmentIds: [one, two] } })
  assert.equal((await request(a, 'DELETE', `/segments/${one}`)).status, 204)
  assert.equal((await told(studio, a, 'project', other)).counts.segments, 1)
  assert.equal((await request(a, 'DELETE', `/sources/${source}`)).status, 204)
  assert.equal((await told(studio, a, 'project', other)).counts.segments, 0)
  const { sourceIds, counts } = await told(studio, a, 'project', id)
  assert.deepEqual([sourceIds, counts.segments], [[beach], 0])
})

test('a project that is deleted while its footage is, too, keeps either from going', async () => {
  for (let round = 0; round < 5; round += 1) {
    const source = await addSource(studio, a, `both-${round}.mp4`)
    const segment = await addSegment(studio, a, source, 0, 5)
    const id = await newProject({ sourceIds: [source] })
    await request(a, 'POST', `/projects/${id}/segments`, { body: { segmentIds: [segment] } })
    await addClips(studio, a, id, [[cut(beach, 0, 5, segment)]])
    const gone = await Promise.all(
      [`/segments/${segment}`, `/projects/${id}`, `/sources/${source}`].map((place) =>
        request(a, 'DELETE', place),
      ),
    )
    assert.deepEqual(gone.slice(1).map(said), ['204', '204'])
    assert.match(said(gone[0] as Answer), /^(204|404 not-found)$/)
  }
})

test('a project that is deleted leaves clips or counts behind', async () => {
  const id = await newProject({ sourceIds: [beach] })
  const [clip] = await addClips(studio, a, id, [[cut(beach, 0, 5, p)]])
  await request(a, 'PUT', `/clips/${clip}/timeline`, { body: { version: 1, cuts: [cut(beach, 0, 5, q)] } })
  assert.equal(await usage(studio, a), '0:0 10:1 20:0')
  assert.equal((await request(a, 'DELETE', `/projects/${id}`)).status, 204)
  assert.equal(await usage(studio, a), '0:0 10:0 20:0')
  assert.equal((await request(a, 'GET', `/clips/${clip}`)).status, 404)
  assert.equal((await request(a, 'DELETE', `/projects/${id}`)).status, 404)
})

test('a job of a project that is deleted goes on waiting', async () => {
  const id = await newProject({ sourceIds: [beach] })
  const other = await newProject({ sourceIds: [beach] })
  const order = async (project: string) =>
    (await request(a, 'POST', `/projects/${project}/generate`, { body: {} })).body.id
  const [own, foreign] = [await order(id), await order(other)]
  assert.equal((await request(a, 'DELETE', `/projects/${id}`)).status, 204)
  const stateOf = async (job: string) => (await request(a, 'GET', `/jobs/${job}`)).body.state
  assert.deepEqual([await stateOf(own), await stateOf(foreign)], ['cancelled', 'waiting'])
  await request(a, 'POST', `/jobs/${foreign}/cancel`)
})

test('a foreign project is told from a missing one, or is changed', async () => {
  const id = await newProject({ sourceIds: [beach] })
  const before = (await request(a, 'GET', `/projects/${id}`)).body
  const calls: [string, string, unknown?][] = [
    ['GET', ''],
    ['PATCH', '', { name: 'x' }],
    ['DELETE', ''],
    ['PUT', '/sources', { sourceIds: [] }],
    ['GET', '/segments'],
    ['PUT', '/segments', { segmentIds: [] }],
    ['POST', '/segments', { segmentIds: [] }],
    ['DELETE', `/segments/${p}`],
    ['POST', '/generate', {}],
  ]
  for (const [method, place, body] of calls) {
    for (const project of [id, randomUUID(), 'no-id']) {
      const answer = await request(b, method, `/projects/${project}${place}`, body ? { body } : {})
      assert.equal(said(answer), '404 not-found', `${method} ${place} of ${project}`)
    }
  }
  assert.deepEqual((await request(a, 'GET', `/projects/${id}`)).body, before)
})

test('a walk over 500 clips loses or repeats one while others are added', async () => {
  const id = await newProject()
  const timeline = [cut(beach, 0, 5)]
  const ids = await addClips(
    studio,
    a,
    id,
    Array.from({ length: 500 }, () => timeline),
  )
  const seen: string[] = []
  let cursor: string | null = null
  let number = 501
  do {
    const page: Answer = await request(
      a,
      'GET',
      `/clips?projectId=${id}&limit=60${cursor === null ? '' : `&cursor=${cursor}`}`,
    )
    seen.push(...page.body.items.map((item: { id: string }) => item.id))
    cursor = page.body.nextCursor
    await addClips(studio, a, id, [timeline, timeline], number)
    number += 2
  } while (cursor !== null)
  assert.equal(new Set(seen).size, seen.length)
  assert.deepEqual(new Set(seen), new Set(ids))
})

test('a longer list takes more queries', async () => {
  const queries: string[] = []
  const db = openDatabase(service.facts, { onQuery: (text) => queries.push(text) })
  try {
    const counted = { ...service, db }
    const clipQueries = async (limit: number): Promise<number> => {
      queries.length = 0
      const { items } = await listClips(counted, a.id, { limit })
      assert.equal(items.length, limit)
      return queries.length
    }
    const single = await clipQueries(1)
    assert.equal(single, await clipQueries(200))
    assert.ok(single <= 7, `${single} queries, begin and commit included`)
    for (const limit of [1, 5]) {
      queries.length = 0
      await listProjects(counted, a.id, { limit })
      assert.ok(queries.length <= 4, queries.join('\n'))
    }
  } finally {
    await db.close()
  }
})

test('presets shadow the built-in ones, pass with odd sizes, or are lost', async () => {
  const [reels] = (await request(a, 'GET', '/presets')).body.items
  assert.deepEqual([reels.id, reels.builtIn], ['reels', true])
  const { builtIn: _, id: __, ...content } = reels
  const create = (body: object) => request(a, 'POST', '/presets', { body })
  assert.equal(said(await create({ ...content, id: 'reels' })), '409 conflict id')
  const odd = { ...content, id: 'odd', frame: { width: 1081, height: 1920 } }
  assert.match(said(await create(odd)), /^422 field-invalid frame/)
  assert.equal(said(await create({ ...content, id: 'Not a slug' })), '422 field-invalid id')
  const small = { ...content, name: 'Small', frame: { width: 720, height: 1280 } }
  assert.equal((await create({ ...small, id: 'small' })).status, 201)
  assert.equal(said(await create({ ...small, id: 'small' })), '409 conflict id')
  const replaced = await request(a, 'PUT', '/presets/small', { body: { ...small, name: 'Smaller' } })
  assert.deepEqual([replaced.body.id, replaced.body.name, replaced.body.builtIn], ['small', 'Smaller', false])
  assert.deepEqual(await told(studio, a, 'preset', 'small'), replaced.body)
  assert.equal(said(await request(a, 'PUT', '/presets/reels', { body: small })), '409 conflict')
  assert.equal(said(await request(b, 'PUT', '/presets/small', { body: small })), '404 not-found')
  assert.equal(said(await request(b, 'DELETE', '/presets/small')), '404 not-found')
  await changeProfile(service, LOCAL_CALLER, a.id, { defaults: { preset: 'small' } })
  assert.equal(said(await request(a, 'DELETE', '/presets/small')), '409 conflict')
  assert.equal(said(await request(a, 'DELETE', '/presets/reels')), '409 conflict')
  await changeProfile(service, LOCAL_CALLER, a.id, { defaults: { preset: 'reels' } })
  assert.equal((await request(a, 'DELETE', '/presets/small')).status, 204)
  assert.deepEqual(await told(studio, a, 'preset', 'small'), { id: 'small', deleted: true })
})
