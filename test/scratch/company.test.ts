import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { readdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { createScratch } from '../../apps/server/src/scratch/scratch.ts'
import { sweep } from '../../apps/server/src/scratch/sweep.ts'
import { type Child, eventually, startChild, temporaryFolder } from '../support/children.ts'
import { smallJob } from './small-job.ts'

const CHURNER = fileURLToPath(import.meta.resolve('./child-churner.ts'))
const SWEEPER = fileURLToPath(import.meta.resolve('./child-sweeper.ts'))
const WORKER = fileURLToPath(import.meta.resolve('./child-worker.ts'))
const LEASE_SECONDS = 0.3

/** Runs `work` while two processes sweep the profiles without rest. Returns what they removed. */
async function amongSweepers(
  dataDir: string,
  profileIds: readonly string[],
  work: () => Promise<void>,
): Promise<string[]> {
  const order = { dataDir, profileIds, stop: path.join(dataDir, 'stop') }
  await using first = startChild(SWEEPER, order)
  await using second = startChild(SWEEPER, order)
  const sweepers = [first, second]
  await Promise.all(sweepers.map((sweeper) => sweeper.line()))
  await work()
  await writeFile(order.stop, '')
  const reports = await Promise.all(sweepers.map(async (sweeper) => JSON.parse(await sweeper.line())))
  for (const { rounds } of reports) assert.ok(rounds > 10, `a sweeper came round only ${rounds} times`)
  return reports.flatMap(({ removed }) => removed)
}

test('eight jobs of four profiles with the same file names, among killed ones and sweepers, make what each makes alone', async () => {
  await using data = await temporaryFolder()
  await using quiet = await temporaryFolder()
  const profiles = Array.from({ length: 4 }, () => randomUUID())
  const jobs = Array.from({ length: 8 }, (_, flavour) => ({
    dataDir: data.path,
    profileId: profiles[flavour % 4] ?? '',
    jobId: randomUUID(),
    attempt: 1,
    leaseSeconds: LEASE_SECONDS,
    flavour,
    endless: false,
  }))
  const start = (job: (typeof jobs)[number]): Child => startChild(WORKER, job)

  const alone: string[] = []
  for (const job of jobs) {
    await using scratch = await createScratch({ ...job, dataDir: quiet.path })
    alone.push(await smallJob(scratch, job.flavour))
  }
  assert.equal(new Set(alone).size, jobs.length, 'the jobs must differ, or a mix-up would not show')

  const victims = jobs.slice(0, 4).map((job) => ({ ...job, jobId: randomUUID(), endless: true }))
  let together: string[] = []
  const removed = await amongSweepers(data.path, profiles, async () => {
    const doomed = victims.map(async (job) => {
      await using child = start(job)
      await child.line()
      await sleep(Math.random() * 300)
    })
    const living = jobs.map(async (job) => {
      await using child = start(job)
      assert.equal(await child.line(), 'working')
      const hash = await child.line()
      await child.ended
      return hash
    })
    together = await Promise.all(living)
    await Promise.all(doomed)
    await eventually('the scratch of the killed is swept', async () => {
      const left = await Promise.all(profiles.map((id) => readdir(path.join(data.path, 'temp', id))))
      return left.flat().length === 0 ? true : undefined
    })
  })
  assert.deepEqual(together, alone)
  const expected = victims.map(({ profileId, jobId }) =>
    path.join(data.path, 'temp', profileId, `${jobId}.1`),
  )
  assert.deepEqual(removed.sort(), expected.sort())
})

test('processes killed at any instant leave nothing that is not swept, and take nothing of the living with them', async () => {
  await using data = await temporaryFolder()
  const churner = (profileId: string, rounds: number): Child =>
    startChild(CHURNER, {
      dataDir: data.path,
      profileId,
      jobId: randomUUID(),
      leaseSeconds: 0.02,
      rounds,
    })
  const profileId = randomUUID()
  const neighbour = randomUUID()
  await amongSweepers(data.path, [profileId, neighbour], async () => {
    const living = [churner(profileId, 25), churner(neighbour, 25)]
    for (let round = 0; round < 4; round += 1) {
      const doomed = [churner(profileId, 0), churner(profileId, 0)]
      await Promise.all(
        doomed.map(async (child) => {
          await child.line()
          await sleep(Math.random() * 60)
          await child.end('SIGKILL')
        }),
      )
    }
    for (const child of living) {
      assert.equal(await child.line(), 'churning')
      assert.equal(await child.line(), 'done')
    }
  })
  // Folders that were just being made hold no work and wait a minute for their maker.
  for (const swept of [profileId, neighbour]) {
    const { kept } = await sweep({ dataDir: data.path, profileId: swept, nowMs: Date.now() + 61_000 })
    assert.deepEqual(kept, [])
    assert.deepEqual(await readdir(path.join(data.path, 'temp', swept)), [])
  }
})
