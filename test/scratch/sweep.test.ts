import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { cp, lstat, mkdir, readdir, readFile, rename, symlink, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { createScratch } from '../../apps/server/src/scratch/scratch.ts'
import { type SweepOptions, type SweepReport, sweep } from '../../apps/server/src/scratch/sweep.ts'
import { type Child, eventually, startChild, temporaryFolder } from '../support/children.ts'

const HOLDER = fileURLToPath(import.meta.resolve('./child-holder.ts'))
const LEASE_SECONDS = 0.3
/** Later than any lease of these tests ends. */
const later = (): number => Date.now() + 10_000

/** A process that holds scratch until it is killed. */
async function startHolder(
  dataDir: string,
  mood: 'idle' | 'busy' = 'idle',
  before: readonly string[] = [],
  profileId: string = randomUUID(),
): Promise<Child & { folder: string; profileId: string }> {
  const order = { dataDir, profileId, jobId: randomUUID(), attempt: 1, leaseSeconds: LEASE_SECONDS, mood }
  const child = startChild(HOLDER, order, before)
  return { ...child, profileId, folder: path.dirname(await child.line()) }
}

const paths = (report: SweepReport) => ({
  removed: report.removed.map((item) => item.path),
  kept: Object.fromEntries(report.kept.map((item) => [item.path, item.why])),
})

const sweepPaths = async (options: SweepOptions) => paths(await sweep(options))

/** Rewrites who a scratch folder belongs to, as if it came from elsewhere. */
async function forgeOwner(folder: string, change: Record<string, unknown>): Promise<void> {
  const file = path.join(folder, 'owner.json')
  await writeFile(file, JSON.stringify({ ...JSON.parse(await readFile(file, 'utf8')), ...change }))
}

test('a killed owner keeps its scratch until the lease has run out, and no longer', async () => {
  await using data = await temporaryFolder()
  await using holder = await startHolder(data.path)
  const { folder, profileId } = holder
  const where = { dataDir: data.path, profileId }
  assert.deepEqual(await sweepPaths({ ...where, nowMs: later() }), {
    removed: [],
    kept: { [folder]: 'alive' },
  })
  await holder.end('SIGKILL')
  const beat = (await lstat(path.join(folder, 'lease'))).mtimeMs
  const end = beat + LEASE_SECONDS * 1000
  const at = async (nowMs: number, more: Partial<SweepOptions> = {}) =>
    (await sweep({ ...where, nowMs, ...more })).kept[0]?.why
  assert.equal(await at(end - 5), 'lease-running')
  assert.equal(await at(beat + 9_000, { olderThanSeconds: 10 }), 'too-young')
  const dry = await sweepPaths({ ...where, nowMs: end + 5, dryRun: true })
  assert.deepEqual(dry, { removed: [folder], kept: {} })
  assert.ok((await lstat(folder)).isDirectory(), 'a dry run deletes nothing')
  assert.deepEqual(await sweepPaths({ ...where, nowMs: end + 5 }), { removed: [folder], kept: {} })
  assert.deepEqual(await readdir(path.dirname(folder)), [])
})

test('the lease is renewed for as long as its owner is well', async () => {
  await using data = await temporaryFolder()
  await using holder = await startHolder(data.path)
  const { folder } = holder
  const beat = async () => (await lstat(path.join(folder, 'lease'))).mtimeMs
  const first = await beat()
  await eventually('a heartbeat', async () => ((await beat()) > first ? true : undefined))
})

test('owners that are stopped or busy past the end of their lease are kept until they are killed', async () => {
  await using data = await temporaryFolder()
  await using stopped = await startHolder(data.path)
  const { profileId } = stopped
  await using busy = await startHolder(data.path, 'busy', [], profileId)
  stopped.process.kill('SIGSTOP')
  assert.deepEqual(await sweepPaths({ dataDir: data.path, profileId, nowMs: later() }), {
    removed: [],
    kept: { [stopped.folder]: 'alive', [busy.folder]: 'alive' },
  })
  await Promise.all([stopped.end('SIGKILL'), busy.end('SIGKILL')])
  const { removed, kept } = await sweepPaths({ dataDir: data.path, profileId, nowMs: later() })
  assert.deepEqual(removed.sort(), [stopped.folder, busy.folder].sort())
  assert.deepEqual(kept, {})
})

test('an owner in another container is seen: kept while it lives, swept after', async (t) => {
  const container = ['unshare', '--pid', '--fork', '--kill-child', '--mount-proc']
  try {
    execFileSync('unshare', [...container.slice(1), 'true'], { stdio: 'ignore' })
  } catch {
    return t.skip('this user may not make process namespaces')
  }
  await using data = await temporaryFolder()
  await using holder = await startHolder(data.path, 'idle', container)
  const { folder, profileId } = holder
  const { kept } = await sweepPaths({ dataDir: data.path, profileId, nowMs: later() })
  assert.deepEqual(kept, { [folder]: 'alive' })
  await holder.end('SIGKILL')
  const gone = await eventually('the container is gone and its scratch swept', async () => {
    const { removed } = await sweepPaths({ dataDir: data.path, profileId, nowMs: later() })
    return removed.length > 0 ? removed : undefined
  })
  assert.deepEqual(gone, [folder])
})

test('who the owner was decides, not what looks like it', async () => {
  await using data = await temporaryFolder()
  await using holder = await startHolder(data.path)
  const { folder } = holder
  await holder.end('SIGKILL')
  const verdict = async (change: Record<string, unknown>, more: Partial<SweepOptions> = {}) => {
    const profileId = randomUUID()
    const copy = path.join(data.path, 'temp', profileId, path.basename(folder))
    await mkdir(path.dirname(copy))
    await rename(folder, copy)
    const before = await readFile(path.join(copy, 'owner.json'), 'utf8')
    await forgeOwner(copy, change)
    const { removed, kept } = await sweepPaths({
      ...{ dataDir: data.path, profileId, nowMs: later(), dryRun: true },
      ...more,
    })
    await writeFile(path.join(copy, 'owner.json'), before)
    await rename(copy, folder)
    return removed.includes(copy) ? 'removed' : kept[copy]
  }
  assert.equal(await verdict({}), 'removed')
  const kernel = randomUUID()
  const machine: unknown = JSON.parse(await readFile(path.join(folder, 'owner.json'), 'utf8')).machine
  if (machine !== null)
    assert.equal(await verdict({ kernel }), 'removed', 'before this machine was restarted')
  assert.equal(await verdict({ kernel, machine: 'another' }), 'owner-unknown', 'on another machine')
  assert.equal(await verdict({ kernel, machine: null }), 'owner-unknown', 'on a machine without a name')
  const isOver = async (jobId: string, attempt: number) => `${jobId}.${attempt}` === path.basename(folder)
  const elsewhere = { kernel, machine: null }
  assert.equal(await verdict(elsewhere, { isOver, nowMs: 0 }), 'owner-unknown', 'its lease runs')
  assert.equal(await verdict(elsewhere, { isOver: async () => false }), 'owner-unknown', 'its attempt runs')
  assert.equal(await verdict(elsewhere, { isOver }), 'removed', 'its attempt is known to be over')
  assert.equal(await verdict({ inode: 1 }), 'owner-unknown', 'the lease is another file')
  assert.equal(await verdict({ version: 2 }), 'not-ours', 'written by a later Cutroom')
})

test('a copy of living scratch is not taken for dead', async () => {
  await using data = await temporaryFolder()
  await using holder = await startHolder(data.path)
  const { folder, profileId } = holder
  const copy = path.join(path.dirname(folder), `${randomUUID()}.1`)
  execFileSync('cp', ['-a', folder, copy])
  assert.deepEqual((await sweepPaths({ dataDir: data.path, profileId, nowMs: later() })).kept, {
    [folder]: 'alive',
    [copy]: 'owner-unknown',
  })
})

test('what Cutroom did not make is reported and left alone', async () => {
  await using data = await temporaryFolder()
  await using precious = await temporaryFolder()
  await writeFile(path.join(precious.path, 'keep'), 'me')
  const temp = path.join(data.path, 'temp')
  const profileId = randomUUID()
  const detour = randomUUID()
  const profile = path.join(temp, profileId)
  await mkdir(profile, { recursive: true })
  await symlink(precious.path, path.join(temp, detour))
  await writeFile(path.join(profile, 'file'), '')
  await writeFile(path.join(profile, `${randomUUID()}.1`), '')
  await symlink(precious.path, path.join(profile, `${randomUUID()}.2`))
  await symlink(precious.path, path.join(profile, `.swept-${randomUUID()}`))
  await cp(precious.path, path.join(profile, `${randomUUID()}.3`), { recursive: true })
  const everything = (await readdir(profile)).map((name) => path.join(profile, name))
  const { removed, kept } = await sweepPaths({ dataDir: data.path, profileId, nowMs: later() })
  assert.deepEqual(removed, [])
  assert.deepEqual(kept, Object.fromEntries(everything.map((place) => [place, 'not-ours'])))
  assert.deepEqual(await sweepPaths({ dataDir: data.path, profileId: detour, nowMs: later() }), {
    removed: [],
    kept: { [path.join(temp, detour)]: 'not-ours' },
  })
  assert.equal(await readFile(path.join(precious.path, 'keep'), 'utf8'), 'me')
})

test('cleaning one profile leaves the dead and the living of another alone', async () => {
  await using data = await temporaryFolder()
  await using mine = await startHolder(data.path)
  await using other = await startHolder(data.path)
  await using living = await createScratch({
    dataDir: data.path,
    profileId: other.profileId,
    jobId: randomUUID(),
    attempt: 1,
  })
  await Promise.all([mine.end('SIGKILL'), other.end('SIGKILL')])
  assert.deepEqual(await sweepPaths({ dataDir: data.path, profileId: mine.profileId, nowMs: later() }), {
    removed: [mine.folder],
    kept: {},
  })
  assert.ok((await lstat(other.folder)).isDirectory())
  assert.ok((await lstat(living.path)).isDirectory())
})

test('a data folder or profile without scratch is nothing to sweep', async () => {
  await using data = await temporaryFolder()
  const nothing = { removed: [], kept: [], bytesFreed: 0 }
  const profileId = randomUUID()
  assert.deepEqual(await sweep({ dataDir: data.path, profileId }), nothing)
  await mkdir(path.join(data.path, 'temp'))
  assert.deepEqual(await sweep({ dataDir: data.path, profileId }), nothing)
})
