import assert from 'node:assert/strict'
import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { it } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { CutroomError, sourceFeaturesSchema } from '@cutroom/contracts'
import { withOwner } from '../../apps/server/src/db/connection.ts'
import { insertJob } from '../../apps/server/src/db/queries/jobs.ts'
import { segments, sources } from '../../apps/server/src/db/schema/library.ts'
import { clips, projects } from '../../apps/server/src/db/schema/projects.ts'
import { ingestLibrarySource } from '../../apps/server/src/domain/library/ingest.ts'
import type { WorkJob } from '../../apps/server/src/worker/handler.ts'
import { ingest } from '../../apps/server/src/worker/handlers/ingest.ts'
import { fixture } from '../fixtures/fixtures.ts'
import { eventually } from '../support/children.ts'
import { startService, type TestProfile } from '../support/service.ts'
import { postFile, readySource, settled } from './library.ts'

/** What an attempt to ingest does before it makes anything, by its number. */
let before: Record<number, () => Promise<void>> = {}
/** The attempts that began, in their order. */
const attempts: WorkJob[] = []

const test = await startService()
// A profile may take all places of the worker but one, and an attempt that was lost keeps its own.
test.work(
  {
    ingest(job, payload) {
      attempts.push(job)
      const { artifacts } = job.studio
      const ensure: typeof artifacts.ensure = async (...args) => {
        await before[job.attempt]?.()
        return artifacts.ensure(...args)
      }
      return ingest({ ...job, studio: { ...job.studio, artifacts: { ...artifacts, ensure } } }, payload)
    },
  },
  3,
)
const base = await test.listen()

/** A clip that shows a source. */
async function clipOf(by: TestProfile, sourceId: string, name: string): Promise<string> {
  return test.service.db.ofProfile(by.id, async (tx) => {
    const [project] = await tx
      .insert(projects)
      .values({ profileId: by.id, name: 'P', targetSeconds: 5 })
      .returning()
    const cut = { sourceId, start: 0, end: 1, score: null, why: '', segmentId: null }
    const [clip] = await tx
      .insert(clips)
      .values({
        profileId: by.id,
        projectId: project?.id ?? '',
        number: 1,
        name,
        timeline: [cut],
        voice: 'espeak:en-us',
      })
      .returning()
    return clip?.id ?? ''
  })
}

it('a source says what was found in it, and its files can be read', async () => {
  const source = await readySource(test, base, test.a, await fixture('hard-cuts'))
  const { summary, probe } = source
  assert.equal(summary.cuts.length, 4)
  assert.ok(summary.usableSeconds > 0 && summary.usableSeconds <= probe.durationSeconds)
  assert.equal(summary.peaksPerSecond, null)
  const { columns, rows, tileWidth, tileHeight, count } = summary.filmstrip
  assert.ok(columns * rows >= count && tileWidth > 0 && tileHeight > 0)
  assert.equal(source.usage.segments > 0, true)
  const read = (what: string) => test.request(test.a, 'GET', `/sources/${source.id}/${what}`)
  assert.equal((await read('proxy')).bytes.toString('latin1', 4, 8), 'ftyp')
  assert.deepEqual([...(await read('filmstrip')).bytes.subarray(0, 2)], [0xff, 0xd8])
  const features = sourceFeaturesSchema.parse((await read('features')).body)
  assert.equal(features.motion.length, Math.ceil(features.durationSeconds * features.samplesPerSecond))
  assert.deepEqual(features.cuts, summary.cuts)
  assert.deepEqual(features.speech, [])
})

it('who reads a source or a segment does not wait for who writes it', async () => {
  const { id } = await readySource(test, base, test.a, await fixture('hard-cuts'))
  const [segment] = (await test.request(test.a, 'GET', `/segments?sourceId=${id}`)).body.items
  const ofSource = ['', '/file', '/proxy', '/filmstrip', '/features'].map((what) => `/sources/${id}${what}`)
  const places = [...ofSource, `/segments/${segment.id}`, `/segments/${segment.id}/stream`]
  await test.service.db.ofProfile(test.a.id, async (tx) => {
    await tx.select().from(sources).for('update')
    await tx.select().from(segments).for('update')
    const statuses = Promise.all(
      places.map(async (place) => (await test.request(test.a, 'GET', place)).status),
    )
    const tooLate = sleep(10_000, 'they wait', { ref: false })
    assert.deepEqual(await Promise.race([statuses, tooLate]), [200, 200, 200, 200, 200, 200, 200])
  })
})

it('the waveform has as many peaks as it says', async () => {
  const source = await readySource(test, base, test.a, await fixture('tone-silence-tone'))
  const { bytes } = await test.request(test.a, 'GET', `/sources/${source.id}/waveform`)
  const seconds = source.probe.durationSeconds
  assert.equal(bytes.length, 2 * Math.ceil(seconds * source.summary.peaksPerSecond))
})

it('sound alone is ready at once, and cannot be shown', async () => {
  const { status, body } = await postFile(base, test.a, await fixture('cover-art-only'), 'song.mp3')
  assert.equal(status, 201, JSON.stringify(body))
  assert.equal(body.state, 'ready')
  assert.equal(body.probe.video, null)
  const marked = await test.request(test.a, 'POST', '/segments', {
    body: { sourceId: body.id, start: 0, end: 1 },
  })
  assert.equal(marked.status, 409)
})

it('sources are listed by state and by a part of the name, and another profile has none of them', async () => {
  const { body } = await postFile(base, test.a, await fixture('square'), '100%_Sunset.mp4')
  await settled(test, test.a, body.id)
  const names = async (query: string) =>
    (await test.request(test.a, 'GET', `/sources?${query}`)).body.items.map(
      ({ name }: { name: string }) => name,
    )
  assert.deepEqual(await names('q=sunSET'), ['100%_Sunset.mp4'])
  assert.deepEqual(await names(`q=${encodeURIComponent('0%_S')}`), ['100%_Sunset.mp4'])
  assert.deepEqual(await names(`q=${encodeURIComponent('%')}&state=failed`), [])
  assert.equal((await test.request(test.b, 'GET', '/sources')).body.items.length, 0)
  assert.equal((await test.request(test.b, 'GET', `/sources/${body.id}`)).status, 404)
  const renamed = await test.request(test.a, 'PATCH', `/sources/${body.id}`, { body: { name: 'Dawn' } })
  assert.equal(renamed.body.name, 'Dawn')
  assert.deepEqual(await names('q=dawn'), ['Dawn'])
})

it('a source that a clip shows is not deleted; without it, it goes with all its files', async () => {
  const c = await test.newProfile()
  const source = await readySource(test, base, c, await fixture('portrait'))
  const clipId = await clipOf(c, source.id, 'Opening')
  assert.equal((await test.request(c, 'GET', `/sources/${source.id}`)).body.usage.clips, 1)
  const refused = await test.request(c, 'DELETE', `/sources/${source.id}`)
  assert.equal(refused.status, 409)
  assert.match(refused.body.detail, /"Opening"/)
  assert.deepEqual(refused.body.details.clipIds, [clipId])
  await test.service.db.ofProfile(c.id, (tx) => tx.delete(clips))
  assert.equal((await test.request(c, 'DELETE', `/sources/${source.id}`)).status, 204)
  assert.equal((await test.request(c, 'GET', `/sources/${source.id}`)).status, 404)
  assert.equal((await test.request(c, 'GET', `/segments`)).body.items.length, 0)
  assert.equal((await test.request(c, 'GET', '/storage')).body.storedBytes, 0)
  for (const kind of ['source', 'ingest'])
    assert.deepEqual(await readdir(path.join(test.dataDir, 'storage', c.id, kind)), [])
})

it('a source is ingested again, its found segments are made anew, and what people touched stays', async () => {
  const source = await readySource(test, base, test.b, await fixture('hard-cuts'))
  const list = async () =>
    (await test.request(test.b, 'GET', `/segments?sourceId=${source.id}`)).body.items as {
      id: string
      start: number
    }[]
  const before = await list()
  const [kept] = before
  await test.request(test.b, 'PATCH', `/segments/${kept?.id}`, { body: { favourite: true } })
  const job = await test.request(test.b, 'POST', `/sources/${source.id}/ingest`)
  assert.equal(job.status, 202)
  const done = await test.done(test.b, job.body.id)
  assert.equal(done.stages[0]?.state, 'found', 'it was decoded again')
  const after = await list()
  assert.deepEqual(after.map(({ start }) => start).sort(), before.map(({ start }) => start).sort())
  assert.deepEqual(
    after.filter(({ id }) => before.some((segment) => segment.id === id)).map(({ id }) => id),
    [kept?.id],
  )
})

it('a source that cannot be decoded fails with its reason, and is tried again when it comes again', async () => {
  const file = await fixture('damaged-middle')
  const { status, body } = await postFile(base, test.b, file)
  assert.equal(status, 201)
  const source = await settled(test, test.b, body.id)
  assert.equal(source.state, 'failed')
  assert.equal(source.problem.code, 'media-broken')
  assert.ok(!JSON.stringify(source).includes(test.dataDir))
  const [{ id: jobId }] = (await test.request(test.b, 'GET', '/jobs?limit=1')).body.items
  const job = await test.ended(test.b, jobId)
  assert.equal(job.problem?.code, 'media-broken')
  assert.ok(!JSON.stringify(job).includes(test.dataDir), 'the job tells a path')
  assert.equal((await postFile(base, test.b, file)).status, 201)
  assert.equal((await settled(test, test.b, body.id)).state, 'failed')
})

it('an attempt that is not the running one any more, or another job, overwrites what became of a source', async (t) => {
  const c = await test.newProfile()
  const [first, second] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  before = {
    1: async () => {
      await first.promise
      throw new CutroomError('tool-failed', 'It fell asleep.')
    },
    2: () => second.promise,
  }
  t.after(() => {
    before = {}
    first.resolve()
    second.resolve()
  })
  attempts.length = 0
  const { id } = (await postFile(base, c, await fixture('square'))).body
  const begun = (number: number) => eventually(`attempt ${number}`, async () => attempts[number - 1])
  const stateOf = async () => (await test.request(c, 'GET', `/sources/${id}`)).body.state
  const { jobId } = await begun(1)
  const owner = (query: string, value: string) =>
    withOwner(test.service.facts, (client) => client.query(query, [value]))
  await owner(
    `update pgboss.job set state = 'retry', output = '{}', start_after = now() where id = $1`,
    jobId,
  )
  const running = await begun(2)
  await eventually('it is ingested once more', async () => (await stateOf()) === 'ingesting' || undefined)
  first.resolve()
  await eventually('the first attempt has ended', async () => {
    const left = await readdir(path.join(test.dataDir, 'temp', c.id))
    return left.every((name) => !name.endsWith('.1')) || undefined
  })
  assert.equal(await stateOf(), 'ingesting')

  // A job of another worker, which the queue of this one does not give out.
  const { id: anotherId } = await test.service.db.ofProfile(c.id, (tx) =>
    insertJob(tx, c.id, {
      ...{ kind: 'one-shot', payload: { videos: [id] }, subject: 'Another', priority: 0 },
      ...{ serialKeys: [], projectId: null, clipId: null, sourceId: null },
    }),
  )
  await owner(`update jobs set state = 'running', attempt = 1 where id = $1`, anotherId)
  const other = { ...running, jobId: anotherId, attempt: 1, signal: AbortSignal.abort('cancelled') }
  await assert.rejects(ingestLibrarySource(other, id), { code: 'cancelled' })
  assert.equal(await stateOf(), 'waiting')
  second.resolve()
  assert.equal((await test.done(c, jobId)).attempt, 2)
  assert.equal(await stateOf(), 'ready')
  // Its scratch is gone.
  await assert.rejects(ingestLibrarySource(other, id))
  assert.equal(await stateOf(), 'ready')
})
