import assert from 'node:assert/strict'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from '../../apps/server/src/db/drizzle.ts'
import { openEventHub } from '../../apps/server/src/db/event-hub.ts'
import { openMigrated } from '../../apps/server/src/db/open.ts'
import { openQueue } from '../../apps/server/src/queue/queue.ts'
import { temporaryFolder } from '../support/children.ts'

/** The processes of the PostgreSQL of a data folder: the first, and those that it has started. */
async function processesOf(dataDir: string): Promise<number[]> {
  const home = path.join(dataDir, 'postgres')
  const cluster = (await readdir(home)).find((name) => /^\d+$/.test(name)) ?? ''
  const file = path.join(home, cluster, 'postmaster.pid')
  const first = Number.parseInt(await readFile(file, 'utf8'), 10)
  const all = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number)
  const parents = await Promise.all(
    all.map(async (pid) => {
      const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
      return { pid, parent: Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) }
    }),
  )
  return [first, ...parents.filter(({ parent }) => parent === first).map(({ pid }) => pid)]
}

test('a database that dies in the middle of transactions comes back, with every connection, and can be left', async () => {
  await using folder = await temporaryFolder()
  const { db, facts, ensureRunning, close } = await openMigrated({ dataDir: folder.path, database: null })
  const hub = await openEventHub(facts)
  const queue = await openQueue(db, facts, {
    supervise: true,
    onError: () => undefined,
    letGo: async () => async () => undefined,
  })
  const codes = new Set<unknown>()
  let busy = true
  const work = async (): Promise<void> => {
    while (busy) {
      const query = db.shared((tx) => tx.execute(sql`select pg_sleep(0.01)`))
      await query.catch((error: { code: unknown }) => codes.add(error.code))
      await sleep(5)
    }
  }
  const workers = Array.from({ length: 6 }, work)
  await sleep(300)
  for (const pid of await processesOf(folder.path)) process.kill(pid, 'SIGKILL')
  await sleep(200)
  await ensureRunning()
  await sleep(1500)
  busy = false
  await Promise.all(workers)
  assert.deepEqual([...codes], ['database-unavailable'])
  await db.shared((tx) => tx.execute(sql`select 1`))
  const { total, idle } = db.counts()
  assert.equal(total - idle, 0, 'connections were not given back')
  await queue.close()
  await hub.close()
  assert.equal(await Promise.race([close().then(() => 'left'), sleep(5000, 'it hangs')]), 'left')
})
