import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { after, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { CutroomError } from '@cutroom/contracts'
import { cancelJob, getJob } from '../../apps/server/src/domain/jobs.ts'
import { runStage } from '../../apps/server/src/domain/stage.ts'
import type { Handler, Handlers } from '../../apps/server/src/worker/handler.ts'
import { startWorker } from '../../apps/server/src/worker/worker.ts'
import { eventually, startChild, temporaryFolder } from '../support/children.ts'
import { testDatabase } from '../support/postgres.ts'
import { enqueue, handlersWith, jobIn, newProfile, openTestService, waiting } from './service.ts'

const opened = new AsyncDisposableStack()
// Before the database registers its own end, since ends come in the order in which they were asked for.
after(() => opened.disposeAsync())
const folder = opened.use(await temporaryFolder())
const facts = await testDatabase()
const service = opened.use(await openTestService(facts, folder.path))

const start = (own: Partial<Handlers>) =>
  startWorker({ service, handlers: handlersWith(own), concurrency: 2 })
const childWorker = () =>
  startChild(path.join(import.meta.dirname, 'child-worker.ts'), { facts, dataDir: folder.path })

/** Enqueues a job whose ffmpeg never ends. */
const enqueueEndless = (profileId: string): Promise<string> =>
  service.db.ofProfile(profileId, (tx) =>
    service.queue.enqueue(tx, profileId, {
      kind: 'preview',
      payload: { clipId: randomUUID() },
      subject: 'Endless',
    }),
  )

const scratchOf = (profileId: string): Promise<string[]> =>
  readdir(path.join(folder.path, 'temp', profileId)).catch(() => [])

/** Whether an ffmpeg runs that works in scratch of the job. */
async function ffmpegRuns(jobId: string): Promise<boolean> {
  for (const pid of await readdir('/proc')) {
    if (!/^\d+$/.test(pid)) continue
    const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
    if (command.includes('ffmpeg') && command.includes(jobId)) return true
  }
  return false
}

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
  const failing = await enqueueEndless(profileId)
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
  assert.deepEqual(await scratchOf(profileId), [])
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
  assert.deepEqual(await scratchOf(profileId), [])

  const claim = await service.queue.claim([])
  assert.deepEqual([claim?.jobId, claim?.retryCount], [long, 0], 'a try was lost, or its place')
  if (claim) await service.db.ofProfile(profileId, (tx) => service.queue.finish(tx, claim))
})

test('a cancelled job is gone with its ffmpeg within two seconds, also where another process runs it', async () => {
  const profileId = await newProfile(service)
  await using child = childWorker()
  const jobId = await enqueueEndless(profileId)
  await child.line()
  await eventually('ffmpeg runs', async () => (await ffmpegRuns(jobId)) || undefined)
  const asked = Date.now()
  const stopping = await cancelJob(service, { profileId, jobId })
  assert.deepEqual([stopping.state, stopping.cancelRequestedAt !== null], ['running', true])
  await jobIn(service, profileId, jobId, 'cancelled')
  const took = Date.now() - asked
  assert.ok(took < 2000, `it took ${took} ms`)
  assert.equal(await ffmpegRuns(jobId), false)
  assert.deepEqual(await scratchOf(profileId), [])
  await child.end('SIGTERM')
})

test('the job of a killed worker is tried again soon, and its scratch is swept', async () => {
  const profileId = await newProfile(service)
  const child = childWorker()
  const jobId = await enqueueEndless(profileId)
  assert.equal(await child.line(), '1')
  await child.end('SIGKILL')
  const killed = Date.now()
  assert.deepEqual(await scratchOf(profileId), [`${jobId}.1`])

  const worker = start({})
  const done = await eventually('the job is done', async () => {
    const job = await getJob(service, { profileId, jobId })
    return job.state === 'done' ? job : undefined
  }).catch(() => jobIn(service, profileId, jobId, 'done'))
  const took = (Date.now() - killed) / 1000
  await worker.stop({ graceSeconds: 0 })
  assert.equal(done.attempt, 2)
  assert.ok(took < 20, `it took ${took} s`)
  assert.deepEqual(await scratchOf(profileId), [])
})
