import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { readdir, utimes, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { it } from 'node:test'
import type { EntryKind, StorageHistory } from '@cutroom/contracts'
import { noteRestore } from '../../apps/server/src/data-folder.ts'
import { jobs } from '../../apps/server/src/db/schema/jobs.ts'
import { artifacts, storageDays } from '../../apps/server/src/db/schema/library.ts'
import { recordArtifact } from '../../apps/server/src/domain/library/artifacts.ts'
import { collectGarbage } from '../../apps/server/src/domain/library/collect.ts'
import { noteStorage } from '../../apps/server/src/domain/library/history.ts'
import { admitScratch } from '../../apps/server/src/domain/library/room.ts'
import { createScratch } from '../../apps/server/src/scratch/scratch.ts'
import { ingest } from '../../apps/server/src/worker/handlers/ingest.ts'
import { sweep } from '../../apps/server/src/worker/handlers/sweep.ts'
import { fixture } from '../fixtures/fixtures.ts'
import { startChild, temporaryFolder } from '../support/children.ts'
import { startService, type TestProfile } from '../support/service.ts'
import { postFile, readySource, setLimits, sha256 } from './library.ts'

const test = await startService()
test.work({ ingest, sweep })
const base = await test.listen()
const { storage } = test.service.studio

const DAY = 86_400
const grace = { dryRun: false, graceSeconds: DAY }

/** Publishes an entry that nothing names, and writes its row. Returns its hash. */
async function orphan(by: TestProfile, kind: EntryKind): Promise<string> {
  await using folder = await temporaryFolder()
  const file = path.join(folder.path, 'file')
  await writeFile(file, randomUUID())
  const hash = sha256(Buffer.from(randomUUID()))
  const entry = await storage.publish({ profileId: by.id, kind, hash }, { files: { file }, meta: null })
  await test.service.db.ofProfile(by.id, (tx) => recordArtifact(tx, by.id, entry))
  return hash
}

/** Makes everything that a profile keeps look as if it had not been used for two days. */
async function age(by: TestProfile): Promise<void> {
  const then = new Date(Date.now() - 2 * DAY * 1000)
  const root = path.join(test.dataDir, 'storage', by.id)
  for (const kind of await readdir(root)) {
    for (const hash of await readdir(path.join(root, kind)))
      await utimes(path.join(root, kind, hash), then, then)
  }
  await test.service.db.ofProfile(by.id, (tx) => tx.update(artifacts).set({ usedAt: then }))
}

const kept = async (by: TestProfile, kind: EntryKind) =>
  (await storage.list(by.id, kind)).map(({ hash }) => hash)

it('a sweep that is asked for is a job of the profile', async () => {
  const { status, body } = await test.request(test.b, 'POST', '/storage/sweep')
  assert.deepEqual([status, body.kind], [202, 'sweep'])
  const { result } = await test.done(test.b, body.id)
  assert.deepEqual(result, {
    scratch: { removed: [], kept: [{ name: `${body.id}.1`, why: 'alive' }], bytesFreed: 0 },
    storage: { removed: [], bytesFreed: 0 },
    uploads: { expired: 0, finished: 0 },
  })
})

it('spoken phrases, which are kept without a database, are counted from the next sweep on', async () => {
  const c = await test.newProfile()
  await orphan(c, 'speech-phrase')
  const kinds = async () => (await test.request(c, 'GET', '/storage')).body.kinds
  const counted = await kinds()
  await test.service.db.ofProfile(c.id, (tx) => tx.delete(artifacts))
  assert.deepEqual(await kinds(), [])
  const { body } = await test.request(c, 'POST', '/storage/sweep')
  await test.done(c, body.id)
  assert.deepEqual(await kinds(), counted)
  assert.equal(counted[0].kind, 'speech-phrase')
})

it('garbage collection removes what nothing names, after the grace, and keeps all else', async () => {
  const source = await readySource(test, base, test.a, await fixture('square'))
  const foreign = await orphan(test.b, 'preview')
  const orphans = new Map<EntryKind, string>()
  for (const kind of ['ingest', 'preview', 'thumbnail', 'voiceover', 'export', 'logo', 'source'] as const)
    orphans.set(kind, await orphan(test.a, kind))
  const phrase = await orphan(test.a, 'speech-phrase')
  assert.deepEqual((await collectGarbage(test.service, test.a.id, grace)).removed, [], 'it was too young')
  await age(test.a)
  await age(test.b)
  const dry = await test.request(test.a, 'POST', '/storage/collect', { body: { dryRun: true } })
  assert.equal(dry.body.removed.length, 7)
  await assert.rejects(collectGarbage(test.service, test.a.id, grace, AbortSignal.abort()), {
    name: 'AbortError',
  })
  assert.equal(
    (await kept(test.a, 'preview')).length,
    1,
    'a dry run, or one that was broken off, removed something',
  )
  const { body } = await test.request(test.a, 'POST', '/storage/collect', { body: {} })
  assert.deepEqual(body, dry.body)
  for (const [kind, hash] of orphans) assert.ok(!(await kept(test.a, kind)).includes(hash), kind)
  assert.deepEqual(await kept(test.a, 'source'), [source.id])
  assert.equal((await kept(test.a, 'ingest')).length, 1)
  assert.deepEqual(await kept(test.a, 'speech-phrase'), [phrase])
  assert.deepEqual(await kept(test.b, 'preview'), [foreign])
  const kinds = (await test.request(test.a, 'GET', '/storage')).body.kinds.map(
    ({ kind }: { kind: string }) => kind,
  )
  assert.deepEqual(kinds, ['ingest', 'source', 'speech-phrase'])
  assert.equal((await test.request(test.a, 'GET', `/sources/${source.id}/proxy`)).status, 200)
})

it('what a running job has made, and no row names yet, is collected', async () => {
  const c = await test.newProfile()
  const hash = await orphan(c, 'voiceover')
  await age(c)
  const startedAt = new Date(Date.now() - 3 * DAY * 1000)
  const job = { profileId: c.id, kind: 'one-shot', subject: 'Long', payload: {}, startedAt } as const
  await test.service.db.ofProfile(c.id, (tx) => tx.insert(jobs).values({ ...job, state: 'running' }))
  assert.deepEqual((await collectGarbage(test.service, c.id, grace)).removed, [])
  assert.deepEqual(await kept(c, 'voiceover'), [hash])
  await test.service.db.ofProfile(c.id, (tx) => tx.update(jobs).set({ state: 'done' }))
  assert.equal((await collectGarbage(test.service, c.id, grace)).removed.length, 1)
})

it('after a backup was restored nothing is collected for some days, however old it is', async () => {
  const c = await test.newProfile()
  const hash = await orphan(c, 'export')
  await age(c)
  const marker = path.join(test.dataDir, 'restored')
  await noteRestore(test.dataDir)
  assert.deepEqual((await collectGarbage(test.service, c.id, grace)).removed, [])
  assert.deepEqual(await kept(c, 'export'), [hash])
  const longAgo = new Date(Date.now() - 8 * DAY * 1000)
  await utimes(marker, longAgo, longAgo)
  assert.equal((await collectGarbage(test.service, c.id, grace)).removed.length, 1)
})

it('an entry that is used between the look and the removal stays', async () => {
  const hash = await orphan(test.b, 'export')
  await age(test.b)
  const key = { profileId: test.b.id, kind: 'export', hash } as const
  await storage.use(key)
  assert.equal(await storage.removeUnused(key, Date.now() - DAY * 1000), null)
  assert.ok(await storage.find(key))
})

it('what is stored is counted by kind and against the quota', async () => {
  const c = await test.newProfile()
  const file = await fixture('portrait')
  const source = await readySource(test, base, c, file)
  const { body } = await test.request(c, 'GET', '/storage')
  const sum = body.kinds.reduce((all: number, { sizeBytes }: { sizeBytes: number }) => all + sizeBytes, 0)
  assert.equal(body.storedBytes, sum)
  assert.deepEqual(
    body.kinds.map(({ kind, count }: { kind: string; count: number }) => [kind, count]),
    [
      ['ingest', 1],
      ['source', 1],
    ],
  )
  assert.equal(body.kinds[1].sizeBytes, source.sizeBytes)
  await setLimits(test, c, { scratchBytes: 5000, storageBytes: sum })
  const full = await postFile(base, c, await fixture('fps25'))
  assert.equal(full.status, 507)
  assert.equal(full.body.code, 'quota-exceeded')
  await admitScratch(test.service, c.id, 5000)
  await assert.rejects(admitScratch(test.service, c.id, 5001), { code: 'quota-exceeded' })
})

it('the history begins with today, goes on day by day, and holds what was made', async () => {
  const by = await test.newProfile()
  const history = async (query = '') =>
    (await test.request(by, 'GET', `/storage/history${query}`)).body.items as StorageHistory['items']
  const groups = { sources: 0, previews: 0, voices: 0, exports: 0, other: 0 }
  const empty = {
    storedBytes: 0,
    groups,
    scratchPeakBytes: 0,
    jobsDone: 0,
    jobsFailed: 0,
    exportedSeconds: 0,
  }
  const dayAgo = (days: number) => new Date(Date.now() - days * DAY * 1000).toISOString().slice(0, 10)
  assert.deepEqual(await history(), [{ day: dayAgo(0), ...empty }])

  await orphan(by, 'export')
  await orphan(by, 'preview')
  const stored = { ...groups, exports: 36, previews: 36 }
  const job = await test.request(by, 'POST', '/storage/sweep')
  await test.done(by, job.body.id)
  await noteStorage(test.service)
  const before = { ...groups, sources: 7 }
  await test.service.db.ofProfile(by.id, (tx) =>
    tx.insert(storageDays).values(
      [500, 3].map((days) => ({
        ...{ profileId: by.id, day: dayAgo(days), stored: before, scratchPeakBytes: 9 },
      })),
    ),
  )
  const [today] = (await history()).slice(-1)
  assert.deepEqual(today, { day: dayAgo(0), ...empty, storedBytes: 72, groups: stored, jobsDone: 1 })
  assert.deepEqual(
    (await history('?days=5')).map(({ day, storedBytes, scratchPeakBytes }) => [
      day,
      storedBytes,
      scratchPeakBytes,
    ]),
    [
      [dayAgo(4), 7, 0],
      [dayAgo(3), 7, 9],
      [dayAgo(2), 7, 0],
      [dayAgo(1), 7, 0],
      [dayAgo(0), 72, 0],
    ],
  )
  assert.equal((await history('?days=1')).length, 1)
  await noteStorage(test.service)
  const rows = await test.service.db.ofProfile(by.id, (tx) => tx.select().from(storageDays))
  assert.deepEqual(rows.map(({ day }) => day).toSorted(), [dayAgo(3), dayAgo(0)], 'old days are forgotten')
  assert.equal((await test.request(by, 'GET', '/storage/history?days=367')).status, 422)
})

it('cleaning removes dead work of the own profile, and neither living nor foreign work', async () => {
  const { dataDir } = test
  /** An attempt whose process was killed. Returns the name of its folder. */
  const killed = async (by: TestProfile) => {
    const options = {
      dataDir,
      profileId: by.id,
      jobId: randomUUID(),
      attempt: 1,
      leaseSeconds: 1,
      endless: true,
    }
    const child = startChild(path.join(import.meta.dirname, '../scratch/child-worker.ts'), options)
    await child.line()
    await child.end('SIGKILL')
    return `${options.jobId}.1`
  }
  await using alive = await createScratch({ dataDir, profileId: test.a.id, jobId: randomUUID(), attempt: 1 })
  const mine = await killed(test.a)
  const theirs = await killed(test.b)
  await new Promise((resolve) => setTimeout(resolve, 1100))
  const { status, body } = await test.request(test.a, 'POST', '/storage/clean', { body: {} })
  assert.equal(status, 200)
  assert.ok(!JSON.stringify(body).includes(dataDir), 'the report tells a path')
  assert.deepEqual(
    body.removed.map(({ name }: { name: string }) => name),
    [mine],
  )
  assert.deepEqual(body.kept, [{ name: path.basename(path.dirname(alive.path)), why: 'alive' }])
  assert.deepEqual(await readdir(path.join(dataDir, 'temp', test.b.id)), [theirs])
})
