import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { cancelJob } from '../../apps/server/src/domain/jobs.ts'
import { startWorker } from '../../apps/server/src/worker/worker.ts'
import { eventually, ffmpegRuns, startChild, temporaryFolder } from '../support/children.ts'
import { testDatabase } from '../support/postgres.ts'
import { enqueuePreview, handlersWith, jobIn, newProfile, openTestService, scratchOf } from './service.ts'

const opened = new AsyncDisposableStack()
// Before the database registers its own end, since ends come in the order in which they were asked for.
after(() => opened.disposeAsync())
const folder = opened.use(await temporaryFolder())
const facts = await testDatabase()
const service = opened.use(await openTestService(facts, folder.path))

const childWorker = () =>
  startChild(fileURLToPath(import.meta.resolve('./child-worker.ts')), { facts, dataDir: folder.path })

test('a cancelled job goes on, or its ffmpeg does, where another process runs it', async () => {
  const profileId = await newProfile(service)
  await using child = childWorker()
  const jobId = await enqueuePreview(service, profileId)
  await child.line()
  await eventually('ffmpeg runs', async () => (await ffmpegRuns(jobId)) || undefined)
  const stopping = await cancelJob(service, { profileId, jobId })
  assert.deepEqual([stopping.state, stopping.cancelRequestedAt !== null], ['running', true])
  await jobIn(service, profileId, jobId, 'cancelled')
  assert.equal(await ffmpegRuns(jobId), false)
  assert.deepEqual(await scratchOf(service, profileId), [])
  await child.end('SIGTERM')
})

test('the job of a killed worker waits for a full minute, or its scratch is left', async () => {
  const profileId = await newProfile(service)
  const child = childWorker()
  const jobId = await enqueuePreview(service, profileId)
  assert.equal(await child.line(), '1')
  await child.end('SIGKILL')
  const killed = Date.now()
  assert.deepEqual(await scratchOf(service, profileId), [`${jobId}.1`])

  const worker = startWorker({ service, handlers: handlersWith({}), concurrency: 1 })
  await jobIn(service, profileId, jobId, 'retrying')
  const done = await jobIn(service, profileId, jobId, 'done')
  const took = (Date.now() - killed) / 1000
  await worker.stop({ graceSeconds: 0 })
  assert.equal(done.attempt, 2)
  // It is missed after ten seconds; left to itself, the queue would look once a minute.
  assert.ok(took < 50, `it took ${took} s`)
  assert.deepEqual(await scratchOf(service, profileId), [])
  assert.equal(await ffmpegRuns(jobId), false)
})
