import assert from 'node:assert/strict'
import { after, afterEach, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { CutroomError, type SweepReport } from '@cutroom/contracts'
import { withOwner } from '../../apps/server/src/db/connection.ts'
import { sql } from '../../apps/server/src/db/drizzle.ts'
import { LOCKS } from '../../apps/server/src/db/locks.ts'
import { cancelJob, getJob } from '../../apps/server/src/domain/jobs.ts'
import { runStage } from '../../apps/server/src/domain/stage.ts'
import { createLog } from '../../apps/server/src/log.ts'
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

/** Has pg-boss find a job without a sign of life, or the next try due at once. */
const lose = (jobId: string, change: string) =>
  withOwner(facts, (owner) => owner.query(`update pgboss.job set ${change} where id = $1`, [jobId]))

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

test('what a tool says last is kept whatever its bytes are, and paths and words that nobody foresaw are not', async () => {
  const profileId = await newProfile(service)
  const halfEmoji = '\udfac cut off'
  const sweep: Handler<'sweep'> = async (job) => {
    job.report({ type: 'note', profile: job.profile.name, message: `a note${'\0'} of ${job.scratch.path}` })
    throw new CutroomError('media-broken', `${job.scratch.path}/a.mp4 is cut off.`, {
      toolOutput: `${halfEmoji}${'\0'} in ${job.scratch.path}`,
    })
  }
  const preview: Handler<'preview'> = (job) =>
    service.db.ofProfile(job.profile.id, async (tx) => {
      await tx.execute(sql`select * from nothing_of_that_name where secret = ${'s3cret'}`)
      return null
    })
  const worker = start({ sweep, preview })
  const [broken] = await enqueue(service, profileId, waiting(0))
  const { problem, notes } = await jobIn(service, profileId, broken, 'failed')
  const unforeseen = await enqueuePreview(service, profileId)
  const retried = await jobIn(service, profileId, unforeseen, 'retrying', 'failed')
  await worker.stop({ graceSeconds: 0 })
  assert.equal(problem?.code, 'media-broken')
  assert.match(problem?.toolOutput ?? '', /^\ufffd cut off in …\/temp\//)
  assert.match(notes[0]?.message ?? '', /^a note of …\/temp\//)
  assert.ok(!JSON.stringify([problem, notes]).includes(folder.path))
  assert.equal(retried.problem?.detail, 'Something failed that Cutroom did not foresee.')
})

test('each line of the log about a job names it and its profile', async () => {
  const profileId = await newProfile(service)
  const lines: string[] = []
  const log = createLog({ level: 'debug', destination: { write: (line) => void lines.push(line) } })
  const sweep: Handler<'sweep'> = async () => {
    throw new Error('Nobody foresaw this.')
  }
  const [jobId] = await enqueue(service, profileId, waiting(0))
  const worker = startWorker({
    service: { ...service, log },
    handlers: handlersWith({ sweep }),
    concurrency: 2,
  })
  await jobIn(service, profileId, jobId, 'failed')
  await worker.stop({ graceSeconds: 5 })
  const told = lines.map((line) => JSON.parse(line))
  const attempt = ['attempt started', 'attempt failed', 'attempt ended']
  assert.deepEqual(
    told.map(({ msg }) => msg),
    [...attempt, ...attempt],
  )
  for (const line of told) assert.deepEqual([line.jobId, line.profileId], [jobId, profileId], line.msg)
})

const REPORT: SweepReport = {
  scratch: { removed: [], kept: [], bytesFreed: 0 },
  storage: { removed: [], bytesFreed: 7 },
  uploads: { expired: 0, finished: 0 },
}

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
    return REPORT
  }
  const worker = start({ sweep })
  const [jobId = ''] = await enqueue(service, profileId, waiting(0))
  const seen = await eventually('it is half way', async () => {
    const job = await getJob(service, { profileId, jobId })
    return job.fraction > 0 ? job : undefined
  })
  assert.deepEqual([seen.state, seen.stage, seen.speed], ['running', 'ingest', 4])
  assert.equal(seen.fraction, 0.5, 'what was found took no time')
  const done = await jobIn(service, profileId, jobId, 'done')
  await worker.stop({ graceSeconds: 0 })
  assert.deepEqual([done.fraction, done.result, done.speed], [1, REPORT, null])
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

test('a worker whose look at the queue has to wait for others loses no job over it', async () => {
  const profileId = await newProfile(service)
  const worker = start({})
  const [jobId = ''] = await enqueue(service, profileId, waiting(4))
  await jobIn(service, profileId, jobId, 'running')
  const sign = async () => {
    const { rows } = await withOwner(facts, (owner) =>
      owner.query<{ at: Date }>('select heartbeat_on as at from pgboss.job where id = $1', [jobId]),
    )
    return Number(rows[0]?.at)
  }
  await withOwner(facts, async (owner) => {
    await owner.query('select pg_advisory_lock($1)', [LOCKS.claims])
    const before = await sign()
    await sleep(2500)
    assert.ok((await sign()) > before + 1000, 'no sign of life was given meanwhile')
  })
  assert.equal((await jobIn(service, profileId, jobId, 'done')).attempt, 1)
  await worker.stop({ graceSeconds: 0 })
})

test('a job that a worker finished after it was thought to be gone is not cancelled any more', async () => {
  const profileId = await newProfile(service)
  const [jobId = ''] = await enqueue(service, profileId, waiting(0))
  const claim = await service.queue.claim([])
  assert.equal(claim?.jobId, jobId)
  await lose(jobId, `state = 'retry', output = '{}', start_after = now() + interval '1 hour'`)
  await withOwner(facts, (owner) => owner.query(`update jobs set state = 'done' where id = $1`, [jobId]))
  await assert.rejects(cancelJob(service, { profileId, jobId }), { code: 'conflict' })
  assert.equal((await getJob(service, { profileId, jobId })).state, 'done')
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
