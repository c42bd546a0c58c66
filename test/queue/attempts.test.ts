import assert from 'node:assert/strict'
import { after, afterEach, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { CutroomError } from '@cutroom/contracts'
import { withOwner } from '../../apps/server/src/db/connection.ts'
import { getJob } from '../../apps/server/src/domain/jobs.ts'
import { runStage } from '../../apps/server/src/domain/stage.ts'
import type { Handler, Handlers } from '../../apps/server/src/worker/handler.ts'
import { startWorker } from '../../apps/server/src/worker/worker.ts'
import { eventually, temporaryFolder } from '../support/children.ts'
import { testDatabase } from '../support/postgres.ts'
import {
  cancelAll,
  enqueue,
  enqueuePreview,
  handlersWith,
  jobIn,
  newProfile,
  openTestService,
  scratchOf,
  waiting,
} from './service.ts'

const opened = new AsyncDisposableStack()
// Before the database registers its own end, since ends come in the order in which they were asked for.
after(() => opened.disposeAsync())
const folder = opened.use(await temporaryFolder())
const facts = await testDatabase()
const service = opened.use(await openTestService(facts, folder.path))

afterEach(() => cancelAll(service))

const start = (own: Partial<Handlers>) =>
  startWorker({ service, handlers: handlersWith(own), concurrency: 2 })
test('what may pass is tried again, later and later, and what cannot is not', async () => {
  const profileId = await newProfile(service)
  const begun: number[] = []
  const sweep: Handler<'sweep'> = async () => {
    begun.push(Date.now())
    throw new CutroomError('disk-full', 'There is no room left.', { toolOutput: 'last words' })
  }
  const preview: Handler<'preview'> = async () => {
    throw new CutroomError('media-broken', 'The file is cut off.')
  }
  const worker = start({ sweep, preview })
  const [passing] = await enqueue(service, profileId, waiting(0))
  const failing = await enqueuePreview(service, profileId)
  const failed = await jobIn(service, profileId, failing, 'failed')
  assert.deepEqual([failed.attempt, failed.problem?.code], [1, 'media-broken'])
  assert.notEqual(failed.finishedAt, null)

  const retrying = await jobIn(service, profileId, passing, 'retrying')
  assert.equal(retrying.problem?.code, 'disk-full')
  const given = await jobIn(service, profileId, passing, 'failed')
  await worker.stop({ graceSeconds: 0 })
  assert.equal(given.attempt, 3)
  assert.deepEqual(
    [given.problem?.detail, given.problem?.toolOutput],
    ['There is no room left.', 'last words'],
  )
  const [first = 0, second = 0, third = 0] = begun
  assert.ok(second - first >= 1000, `the second try began after ${second - first} ms`)
  assert.ok(third - second >= 2000, `the third try began after ${third - second} ms`)
})

test('progress is told while a job runs, and stays with it', async () => {
  const profileId = await newProfile(service)
  const sweep: Handler<'sweep'> = async (job) => {
    job.expect({ hash: 1, ingest: 1 })
    const about = { profile: job.profile.name, subject: 'a.mp4' }
    await runStage(job.report, { ...about, stage: 'hash' }, async () => ({ value: null, found: true }))
    await runStage(job.report, { ...about, stage: 'ingest' }, async (onProgress) => {
      onProgress({ fraction: 0.5, speed: 4, secondsLeft: 1 })
      await sleep(700)
      return { value: null, detail: 'twelve seconds' }
    })
    job.report({ type: 'note', profile: job.profile.name, message: 'It is dark.' })
    return { answer: 42 }
  }
  const worker = start({ sweep })
  const [jobId = ''] = await enqueue(service, profileId, waiting(0))
  const seen = await eventually('it is half way', async () => {
    const job = await getJob(service, { profileId, jobId })
    return job.fraction > 0 ? job : undefined
  })
  assert.deepEqual([seen.state, seen.stage, seen.speed], ['running', 'ingest', 4])
  assert.equal(seen.fraction, 6 / 11)
  const done = await jobIn(service, profileId, jobId, 'done')
  await worker.stop({ graceSeconds: 0 })
  assert.deepEqual([done.fraction, done.result, done.speed], [1, { answer: 42 }, null])
  assert.deepEqual(done.notes, [{ message: 'It is dark.' }])
  assert.deepEqual(
    done.stages.map(({ stage, state, fraction, detail }) => ({ stage, state, fraction, detail })),
    [
      { stage: 'hash', state: 'found', fraction: 1, detail: '' },
      { stage: 'ingest', state: 'done', fraction: 1, detail: 'twelve seconds' },
    ],
  )
  assert.deepEqual(await scratchOf(service, profileId), [])
})

test('a worker that is stopped hands back what does not end in time', async () => {
  const profileId = await newProfile(service)
  const [short, long = ''] = await enqueue(service, profileId, waiting(0.4), waiting(60))
  const worker = startWorker({ service, handlers: handlersWith({}), concurrency: 3 })
  await jobIn(service, profileId, long, 'running')
  const [unbegun] = await enqueue(service, profileId, waiting(0))
  await worker.stop({ graceSeconds: 1 })
  assert.equal((await jobIn(service, profileId, short, 'done')).attempt, 1)
  assert.equal((await jobIn(service, profileId, unbegun, 'waiting')).attempt, 0)
  const handedBack = await jobIn(service, profileId, long, 'waiting')
  assert.equal(handedBack.problem, null)
  assert.deepEqual(await scratchOf(service, profileId), [])

  const claim = await service.queue.claim([])
  assert.deepEqual([claim?.jobId, claim?.retryCount], [long, 0], 'a try was lost, or its place')
  if (claim) await service.db.ofProfile(profileId, (tx) => service.queue.finish(tx, claim))
})

/** Has pg-boss find a job without a sign of life, and the next try due at once. */
const lose = (jobId: string, change: string) =>
  withOwner(facts, (owner) => owner.query(`update pgboss.job set ${change} where id = $1`, [jobId]))

test('a job that ends worker after worker is given up', async () => {
  const profileId = await newProfile(service)
  const [jobId = ''] = await enqueue(service, profileId, waiting(0))
  for (const attempt of [1, 2, 3]) {
    const claim = await service.queue.claim([])
    assert.deepEqual([claim?.jobId, claim?.attempt], [jobId, attempt])
    await lose(jobId, `heartbeat_on = now() - interval '1 minute'`)
    const noticed = await eventually('the loss is noticed', async () => {
      await service.queue.noticeLost()
      const job = await getJob(service, { profileId, jobId })
      return job.state === 'running' ? undefined : job
    })
    assert.deepEqual(
      [noticed.state, noticed.problem?.code],
      [attempt < 3 ? 'retrying' : 'failed', 'worker-lost'],
    )
    await lose(jobId, 'start_after = now()')
  }
  assert.equal(await service.queue.claim([]), null)
})

test('an attempt that was given to another worker stops and says nothing more', async () => {
  const profileId = await newProfile(service)
  const attempts: number[] = []
  const sweep: Handler<'sweep'> = async (job) => {
    attempts.push(job.attempt)
    if (job.attempt > 1) return
    await new Promise((resolve) => job.signal.addEventListener('abort', resolve))
    throw new CutroomError('media-broken', 'It would fail for good.')
  }
  const worker = start({ sweep })
  const [jobId = ''] = await enqueue(service, profileId, waiting(0))
  await eventually('it runs', async () => attempts[0])
  await lose(jobId, `state = 'retry', output = '{}', start_after = now()`)
  const done = await jobIn(service, profileId, jobId, 'done')
  await worker.stop({ graceSeconds: 5 })
  assert.deepEqual([done.attempt, attempts], [2, [1, 2]])
  assert.equal((await getJob(service, { profileId, jobId })).state, 'done')
})

test('a job goes on where all connections to the database are cut', async () => {
  const profileId = await newProfile(service)
  const worker = start({})
  const [jobId] = await enqueue(service, profileId, waiting(1.5))
  await jobIn(service, profileId, jobId, 'running')
  await withOwner(facts, (owner) =>
    owner.query(`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()`),
  )
  await sleep(500)
  const done = await jobIn(service, profileId, jobId, 'done')
  const [next] = await enqueue(service, profileId, waiting(0))
  await jobIn(service, profileId, next, 'done')
  await worker.stop({ graceSeconds: 0 })
  assert.equal(done.attempt, 1)
})
