import assert from 'node:assert/strict'
import { after, afterEach, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { readFigures } from '../../apps/server/src/domain/figures.ts'
import { cancelJob, cancelJobs, getJob, listJobs, retryJob } from '../../apps/server/src/domain/jobs.ts'
import type { Handler } from '../../apps/server/src/worker/handler.ts'
import { startWorker } from '../../apps/server/src/worker/worker.ts'
import { eventually, temporaryFolder } from '../support/children.ts'
import { testDatabase } from '../support/postgres.ts'
import {
  cancelAll,
  enqueue,
  handlersWith,
  jobIn,
  newProfile,
  openTestService,
  waitAsTold,
  waiting,
} from './service.ts'

const opened = new AsyncDisposableStack()
// Before the database registers its own end, since ends come in the order in which they were asked for.
after(() => opened.disposeAsync())
const folder = opened.use(await temporaryFolder())
const service = opened.use(await openTestService(await testDatabase(), folder.path))

afterEach(() => cancelAll(service))

/** Runs a worker while `work` runs, and tells of the jobs that it starts and of how many ran at once. */
async function withWorker(
  options: { readonly concurrency: number },
  work: (seen: { readonly started: string[]; readonly most: Map<string, number> }) => Promise<void>,
): Promise<void> {
  const started: string[] = []
  const now = new Map<string, number>()
  const most = new Map<string, number>()
  const count = (who: string, change: number) => {
    now.set(who, (now.get(who) ?? 0) + change)
    most.set(who, Math.max(most.get(who) ?? 0, now.get(who) ?? 0))
  }
  const sweep: Handler<'sweep'> = async (job, payload) => {
    started.push(job.jobId)
    for (const who of [job.profile.id, 'all']) count(who, 1)
    try {
      return await waitAsTold(job, payload)
    } finally {
      for (const who of [job.profile.id, 'all']) count(who, -1)
    }
  }
  const worker = startWorker({ service, handlers: handlersWith({ sweep }), ...options })
  try {
    await work({ started, most })
  } finally {
    await worker.stop({ graceSeconds: 0 })
  }
}

const isMissing = (error: unknown) => error instanceof Error && 'code' in error && error.code === 'not-found'
const isConflict = (error: unknown) => error instanceof Error && 'code' in error && error.code === 'conflict'

test('a job is enqueued with its transaction or not at all', async () => {
  const profileId = await newProfile(service)
  let jobId = ''
  const failing = service.db.ofProfile(profileId, async (tx) => {
    jobId = await service.queue.enqueue(tx, profileId, waiting(0))
    throw new Error('rolled back')
  })
  await assert.rejects(failing, /rolled back/)
  await assert.rejects(getJob(service, { profileId, jobId }), isMissing)
  assert.equal(await service.queue.claim([]), null, 'the queue has a job without a row')
})

test('a payload that is not its kind’s is refused', async () => {
  const profileId = await newProfile(service)
  const enqueued = enqueue(service, profileId, waiting(-1))
  await assert.rejects(enqueued, { code: 'field-invalid', field: 'olderThanSeconds' })
})

test('two hundred jobs of one profile let the first of another begin next', async () => {
  const [a, b] = [await newProfile(service), await newProfile(service)]
  await enqueue(service, a, ...Array.from({ length: 200 }, () => waiting(0.05)))
  await withWorker({ concurrency: 1 }, async ({ started }) => {
    await sleep(300)
    const begun = started.length
    const [first] = await enqueue(service, b, waiting(0))
    const job = await jobIn(service, b, first, 'done')
    assert.ok(started.indexOf(job.id) <= begun + 1, `it began as number ${started.indexOf(job.id) - begun}`)
    assert.ok(started.length < 200)
  })
})

test('where there are more places than one, another profile finds one free', async () => {
  const [a, b] = [await newProfile(service), await newProfile(service)]
  const long = await enqueue(service, a, ...Array.from({ length: 5 }, () => waiting(1.5)))
  await withWorker({ concurrency: 3 }, async ({ started, most }) => {
    await jobIn(service, a, long[1], 'running')
    const [first] = await enqueue(service, b, waiting(0))
    await jobIn(service, b, first, 'done')
    assert.equal(started.length, 3, 'it waited for a job of the other profile')
    assert.equal(most.get(a), 2)
  })
})

test('no more jobs run at once than the profile and the worker may', async () => {
  const [a, b] = [await newProfile(service, 2), await newProfile(service)]
  await withWorker({ concurrency: 4 }, async ({ started, most }) => {
    // Long enough that all places are taken before the first is free again, also on a machine that is busy.
    const jobs = (length: number) => Array.from({ length }, () => waiting(0.7))
    const [ofA, ofB] = await Promise.all([enqueue(service, a, ...jobs(4)), enqueue(service, b, ...jobs(10))])
    await Promise.all([
      ...ofA.map((id) => jobIn(service, a, id, 'done')),
      ...ofB.map((id) => jobIn(service, b, id, 'done')),
    ])
    assert.equal(started.length, 14)
    assert.equal(most.get(a), 2)
    assert.equal(most.get(b), 3, 'of four places one is left to others')
    assert.equal(most.get('all'), 4)
  })
})

test('limits hold over several workers', async () => {
  const profileId = await newProfile(service, 3)
  const ids = await enqueue(service, profileId, ...Array.from({ length: 12 }, () => waiting(0.1)))
  const none = new Set<string>()
  await withWorker({ concurrency: 4 }, async (one) => {
    await withWorker({ concurrency: 4 }, async (other) => {
      let most = 0
      while (ids.some((id) => !none.has(id))) {
        const { items } = await listJobs(service, profileId, { limit: 200 })
        most = Math.max(most, items.filter(({ state }) => state === 'running').length)
        for (const { id, state } of items) if (state === 'done') none.add(id)
      }
      assert.equal(most, 3)
      assert.equal(one.started.length + other.started.length, 12)
    })
  })
})

test('a higher priority goes first among the jobs of its profile, and not before another profile’s share', async () => {
  const [a, b] = [await newProfile(service), await newProfile(service)]
  const low = await enqueue(service, a, waiting(0), waiting(0))
  const other = await enqueue(service, b, waiting(0), waiting(0))
  const high = await enqueue(service, a, waiting(0, { priority: 5 }), waiting(0, { priority: 9 }))
  await withWorker({ concurrency: 1 }, async ({ started }) => {
    for (const id of low) await jobIn(service, a, id, 'done')
    for (const id of other) await jobIn(service, b, id, 'done')
    assert.deepEqual(
      started.filter((id) => !other.includes(id)),
      [high[1], high[0], ...low],
    )
    const places = other.map((id) => started.indexOf(id))
    assert.ok(Math.max(...places) <= 3, `the other profile's came at ${places}`)
  })
})

test('a job that shares one of many keys with a running one waits for its end', async () => {
  const profileId = await newProfile(service)
  const [many, one, other] = await enqueue(
    service,
    profileId,
    waiting(1, { serialKeys: ['clip:a', 'clip:b'] }),
    waiting(0.1, { serialKeys: ['clip:b'] }),
    waiting(0.1, { serialKeys: ['clip:c'] }),
  )
  const ended: (string | undefined)[] = []
  const sweep: Handler<'sweep'> = async (job, payload) => {
    if (job.jobId === one) assert.ok(ended.includes(many))
    await waitAsTold(job, payload)
    ended.push(job.jobId)
  }
  const worker = startWorker({ service, handlers: handlersWith({ sweep }), concurrency: 4 })
  await jobIn(service, profileId, one, 'done')
  await worker.stop({ graceSeconds: 5 })
  assert.deepEqual(ended, [other, many, one])
})

test('a job of many keys that is held up, or waits for its next attempt, is not overtaken by later ones of its keys', async () => {
  const profileId = await newProfile(service)
  const [first, many, later, apart] = await enqueue(
    service,
    profileId,
    waiting(0.5, { serialKeys: ['clip:y'] }),
    waiting(0, { serialKeys: ['clip:x', 'clip:y'] }),
    waiting(0, { serialKeys: ['clip:x'], priority: 9 }),
    waiting(0, { serialKeys: ['clip:z'] }),
  )
  const { waitsFor, waitsForJobId } = await getJob(service, { profileId, jobId: later ?? '' })
  assert.deepEqual([waitsFor, waitsForJobId], ['same-clip', many])
  const began: string[] = []
  const sweep: Handler<'sweep'> = async (job, payload) => {
    began.push(job.jobId)
    await waitAsTold(job, payload)
    if (job.jobId === many && job.attempt === 1) throw new Error('broken')
  }
  const worker = startWorker({ service, handlers: handlersWith({ sweep }), concurrency: 4 })
  await jobIn(service, profileId, later, 'done')
  await worker.stop({ graceSeconds: 5 })
  assert.deepEqual(
    began.filter((id) => id !== apart),
    [first, many, many, later],
  )
  assert.ok(began.indexOf(apart ?? '') < 2, 'a job of other keys goes first')
})

test('jobs of one key run one after another in their order, and a failed one lets the next begin', async () => {
  const profileId = await newProfile(service)
  const serialKeys = ['clip:one']
  const ids = await enqueue(
    service,
    profileId,
    waiting(0.1, { serialKeys }),
    waiting(0.1, { serialKeys, priority: 9 }),
    waiting(0.1, { serialKeys }),
  )
  const [free] = await enqueue(service, profileId, waiting(0.1))
  const began: string[] = []
  let running = 0
  const sweep: Handler<'sweep'> = async (job, payload) => {
    began.push(job.jobId)
    if (job.jobId !== free) running += 1
    assert.ok(running <= 1)
    await waitAsTold(job, payload)
    if (job.jobId !== free) running -= 1
    if (job.jobId === ids[0]) throw Object.assign(new Error('broken'), { code: 'x' })
  }
  const worker = startWorker({ service, handlers: handlersWith({ sweep }), concurrency: 4 })
  const last = await jobIn(service, profileId, ids[2], 'done')
  await worker.stop({ graceSeconds: 5 })
  const ofKey = began.filter((id) => id !== free)
  assert.deepEqual(
    ofKey,
    [ids[0], ids[0], ids[1], ids[2]],
    'an unforeseen failure is tried once more, in its place',
  )
  assert.equal((await getJob(service, { profileId, jobId: ids[0] ?? '' })).state, 'failed')
  assert.equal(last.attempt, 1)
})

test('a job says what it waits for, alone and in lists, and nothing once it does not wait', async () => {
  const [profileId, narrow] = [await newProfile(service), await newProfile(service, 1)]
  const why = async (of: string, jobId = '') => {
    const { waitsFor, waitsForJobId, retryAt } = await getJob(service, { profileId: of, jobId })
    const listed = (await listJobs(service, of, { limit: 200 })).items.find(({ id }) => id === jobId)
    assert.deepEqual([listed?.waitsFor, listed?.waitsForJobId], [waitsFor, waitsForJobId])
    return [waitsFor, waitsForJobId, retryAt !== null]
  }
  const serialKeys = ['clip:a']
  const [failing, behind] = await enqueue(
    service,
    profileId,
    waiting(0, { serialKeys, subject: 'failing' }),
    waiting(0, { serialKeys }),
  )
  assert.deepEqual(await why(profileId, failing), ['machine', null, false])
  assert.deepEqual(await why(profileId, behind), ['same-clip', failing, false])

  const sweep: Handler<'sweep'> = async (job, payload) => {
    if ((await getJob(service, { profileId: job.profile.id, jobId: job.jobId })).subject === 'failing')
      throw new Error('broken')
    return await waitAsTold(job, payload)
  }
  const worker = startWorker({ service, handlers: handlersWith({ sweep }), concurrency: 2 })
  try {
    const { retryAt } = await jobIn(service, profileId, failing, 'retrying')
    assert.ok(Date.parse(retryAt ?? '') > Date.now(), `${retryAt}`)
    assert.deepEqual(await why(profileId, behind), ['same-clip', failing, false])
    assert.deepEqual(await why(profileId, (await jobIn(service, profileId, behind, 'done')).id), [
      null,
      null,
      false,
    ])
    await jobIn(service, profileId, failing, 'failed')

    const [running, held, last] = await enqueue(
      service,
      narrow,
      waiting(60, { serialKeys: ['clip:b', 'clip:c'] }),
      waiting(0, { serialKeys: ['clip:c'] }),
      waiting(0),
    )
    await jobIn(service, narrow, running, 'running')
    assert.deepEqual(await why(narrow, running), [null, null, false])
    assert.deepEqual(await why(narrow, held), ['same-clip', running, false])
    assert.deepEqual(await why(narrow, last), ['profile-limit', null, false])
    const [taken, first] = await enqueue(service, profileId, waiting(60), waiting(0))
    await jobIn(service, profileId, taken, 'running')
    assert.deepEqual(await why(profileId, first), ['machine', null, false])
    const cancelled = await cancelJob(service, { profileId, jobId: first ?? '' })
    assert.deepEqual([cancelled.state, cancelled.waitsFor], ['cancelled', null])
    assert.equal((await retryJob(service, { profileId, jobId: first ?? '' })).waitsFor, 'machine')
  } finally {
    await worker.stop({ graceSeconds: 0 })
  }
})

test('a waiting job is cancelled at once; a finished one is not, and can be retried only where it did not succeed', async () => {
  const profileId = await newProfile(service)
  const [jobId = ''] = await enqueue(service, profileId, waiting(0))
  assert.equal((await cancelJob(service, { profileId, jobId })).state, 'cancelled')
  await assert.rejects(cancelJob(service, { profileId, jobId }), isConflict)
  await sleep(1000)
  const waited = async () =>
    (await readFigures(service)).longestWait.find((each) => each.profileId === profileId)?.seconds ?? NaN
  assert.equal(await waited(), 0)
  const retried = performance.now()
  assert.equal((await retryJob(service, { profileId, jobId })).state, 'waiting')
  await assert.rejects(retryJob(service, { profileId, jobId }), isConflict)
  const seconds = await waited()
  const since = (performance.now() - retried) / 1000
  assert.ok(seconds > 0 && seconds < since + 0.5, `${seconds} s, ${since} s after it was retried`)
  await withWorker({ concurrency: 1 }, async () => {
    const done = await jobIn(service, profileId, jobId, 'done')
    assert.deepEqual([done.id, done.attempt, done.fraction], [jobId, 1, 1])
  })
  await assert.rejects(retryJob(service, { profileId, jobId }), isConflict)
  await assert.rejects(cancelJob(service, { profileId, jobId }), isConflict)
})

test('all jobs of a profile are cancelled, and no other’s', async () => {
  const [a, b] = [await newProfile(service), await newProfile(service)]
  const ofA = await enqueue(service, a, waiting(60), waiting(60), waiting(0))
  const [ofB] = await enqueue(service, b, waiting(1))
  await withWorker({ concurrency: 3 }, async ({ most }) => {
    await eventually('two have begun', async () => (most.get(a) === 2 ? true : undefined))
    assert.equal(await cancelJobs(service, a), 2)
    for (const id of ofA) await jobIn(service, a, id, 'cancelled')
    assert.equal(await cancelJobs(service, a), 0)
    assert.equal((await jobIn(service, b, ofB, 'done')).attempt, 1)
    assert.equal(most.get(a), 2)
  })
})

test('another profile’s job is a missing one, and stays as it is', async () => {
  const [a, b] = [await newProfile(service), await newProfile(service)]
  const [jobId = ''] = await enqueue(service, a, waiting(0))
  const foreign = { profileId: b, jobId }
  for (const act of [getJob, cancelJob, retryJob]) await assert.rejects(act(service, foreign), isMissing)
  assert.deepEqual((await listJobs(service, b, { limit: 50 })).items, [])
  assert.equal(
    (await cancelJob(service, { profileId: a, jobId })).state,
    'cancelled',
    'it was still in the queue',
  )
})
