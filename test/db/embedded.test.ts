import assert from 'node:assert/strict'
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  access,
  appendFile,
  chmod,
  mkdir,
  readdir,
  readFile,
  realpath,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { type EmbeddedDatabase, openEmbedded } from '../../apps/server/src/db/embedded/embedded.ts'
import { eventually, startChild, temporaryFolder } from '../support/children.ts'

const CHILD = fileURLToPath(import.meta.resolve('./child-embedded.ts'))
const asRoot = { skip: process.getuid?.() === 0 ? false : 'only root gives PostgreSQL another user' }

let folder: Awaited<ReturnType<typeof temporaryFolder>>
/** Shared by the tests: each leaves it stopped. */
let dataDir: string
before(async () => {
  folder = await temporaryFolder()
  dataDir = path.join(folder.path, 'data')
})
after(() => folder[Symbol.asyncDispose]())

const cluster = (data: string) => path.join(data, 'postgres', '18')
const postmaster = async (data: string) =>
  Number.parseInt(await readFile(path.join(cluster(data), 'postmaster.pid'), 'utf8'), 10)
const isStopped = (data: string) =>
  access(path.join(cluster(data), 'postmaster.pid')).then(
    () => false,
    () => true,
  )

async function query(connection: EmbeddedDatabase['connection'], text: string): Promise<pg.QueryResult> {
  const client = new pg.Client(connection)
  await client.connect()
  try {
    return await client.query(text)
  } finally {
    await client.end()
  }
}

/** What kill -9 of everything leaves behind. */
async function killAll(data: string): Promise<void> {
  const pid = await postmaster(data)
  const children = execFileSync('ps', ['-o', 'pid=', '--ppid', String(pid)], { encoding: 'utf8' })
  for (const one of [pid, ...children.trim().split(/\s+/).map(Number)]) {
    try {
      process.kill(one, 'SIGKILL')
    } catch {
      // It had just ended by itself.
    }
  }
  await eventually('the end of PostgreSQL', async () => (isAlive(pid) ? undefined : true))
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return !/^State:\s+Z/m.test(execFileSync('cat', [`/proc/${pid}/status`], { encoding: 'utf8' }))
  } catch {
    return false
  }
}

test('the first start makes a UTF-8 database on a private socket, which the last one to leave stops', async () => {
  const first = await openEmbedded({ dataDir })
  const { rows } = await query(
    first.connection,
    `select current_setting('listen_addresses') as addresses, current_setting('server_encoding') as encoding,
            current_database() as database, current_user as user`,
  )
  assert.deepEqual(rows, [{ addresses: '', encoding: 'UTF8', database: 'cutroom', user: 'cutroom' }])
  assert.equal((await stat(first.connection.host)).mode & 0o777, 0o700)
  await query(first.connection, 'create table kept (n int)')

  const second = await openEmbedded({ dataDir })
  assert.deepEqual(second.connection, first.connection)
  await first.close()
  assert.equal(await isStopped(dataDir), false, 'the first one to leave stopped it')
  await query(second.connection, 'insert into kept values (1)')
  await second.close()
  assert.equal(await isStopped(dataDir), true, 'the last one to leave did not stop it')
})

test('under root, PostgreSQL runs as another user', asRoot, async () => {
  const database = await openEmbedded({ dataDir })
  assert.notEqual((await stat(`/proc/${await postmaster(dataDir)}`)).uid, 0)
  await database.close()
})

test('a database left running by a killed process is joined, and stopped by whoever joined', async () => {
  await using killed = startChild(CHILD, { dataDir })
  await killed.line()
  const pid = await postmaster(dataDir)
  await killed.end('SIGKILL')
  const database = await openEmbedded({ dataDir })
  assert.equal(await postmaster(dataDir), pid, 'another one was started')
  await database.close()
  assert.equal(await isStopped(dataDir), true)
})

test('whoever started it may be killed while others go on', async () => {
  await using starter = startChild(CHILD, { dataDir })
  await starter.line()
  const database = await openEmbedded({ dataDir })
  await starter.end('SIGKILL')
  assert.equal((await query(database.connection, 'select n from kept')).rowCount, 1)
  await database.close()
  assert.equal(await isStopped(dataDir), true)
})

test('after a crash, committed rows are there: for the next to open it, and for those who still have it open', async () => {
  const database = await openEmbedded({ dataDir })
  await query(database.connection, 'insert into kept values (2)')
  await killAll(dataDir)
  await assert.rejects(query(database.connection, 'select'))
  await Promise.all([database.ensureRunning(), database.ensureRunning()])
  assert.equal((await query(database.connection, 'select n from kept')).rowCount, 2)
  await query(database.connection, 'insert into kept values (3)')
  await killAll(dataDir)
  const next = await openEmbedded({ dataDir })
  assert.equal((await query(next.connection, 'select n from kept')).rowCount, 3)
  await next.close()
  await database.close()
  assert.equal(await isStopped(dataDir), true)
})

test('a database that is dead when its last user leaves is left at rest', async () => {
  const database = await openEmbedded({ dataDir })
  await killAll(dataDir)
  await database.close()
  const next = await openEmbedded({ dataDir })
  assert.equal((await query(next.connection, 'select n from kept')).rowCount, 3)
  await next.close()
})

test('a process id that the dead database left behind and a stranger has now stops nobody', async () => {
  const { uid, gid } = await stat(path.join(dataDir, 'postgres'))
  const stranger = spawn('sleep', ['60'], { uid, gid })
  await once(stranger, 'spawn')
  await writeFile(path.join(cluster(dataDir), 'postmaster.pid'), `${stranger.pid}\n${cluster(dataDir)}\n`)
  const database = await openEmbedded({ dataDir })
  assert.notEqual(await postmaster(dataDir), stranger.pid)
  await database.close()
  assert.equal(stranger.exitCode, null, 'the stranger was ended')
  stranger.kill()
  await once(stranger, 'exit')
})

test('the log stays small: failed statements are not in it, and one that grew makes room at the next start', async () => {
  const log = path.join(dataDir, 'postgres', 'postgres.log')
  await appendFile(log, 'x'.repeat(1_100_000))
  const database = await openEmbedded({ dataDir })
  await assert.rejects(query(database.connection, 'select * from nowhere'))
  await database.close()
  assert.equal((await stat(`${log}.1`)).size > 1_000_000, true)
  const text = await readFile(log, 'utf8')
  assert.match(text, /ready to accept connections/)
  assert.doesNotMatch(text, /nowhere/)
})

test('two processes that open a new folder at the same instant share one database', async () => {
  const fresh = path.join(folder.path, 'fresh')
  await using one = startChild(CHILD, { dataDir: fresh })
  await using other = startChild(CHILD, { dataDir: fresh })
  const [connection = ''] = await Promise.all([one.line(), other.line()])
  const { rows } = await query(
    JSON.parse(connection),
    "select from pg_stat_activity where application_name = 'cutroom keeper'",
  )
  assert.equal(rows.length, 2)
  one.process.stdin?.end()
  other.process.stdin?.end()
  assert.deepEqual(await Promise.all([one.line(), other.line()]), ['closed', 'closed'])
  assert.equal(await isStopped(fresh), true)
})

test('a first start that was killed half way is made anew', async () => {
  const killed = path.join(folder.path, 'killed')
  await using child = startChild(CHILD, { dataDir: killed })
  await eventually('initdb is at work', async () =>
    (await readdir(path.join(killed, 'postgres')).catch(() => [])).find((name) => name.startsWith('new-')),
  )
  await child.end('SIGKILL')
  const database = await openEmbedded({ dataDir: killed })
  await query(database.connection, 'select')
  const names = await readdir(path.join(killed, 'postgres'))
  assert.deepEqual(
    names.filter((name) => name.startsWith('new-')),
    [],
  )
  await database.close()
})

test('a path that is too long for a socket gets its socket elsewhere, and finds it again', async () => {
  const long = path.join(folder.path, 'l'.repeat(120))
  const one = await openEmbedded({ dataDir: long })
  const two = await openEmbedded({ dataDir: long })
  assert.ok(one.connection.host.length < 90)
  assert.equal((await stat(one.connection.host)).mode & 0o777, 0o700)
  assert.equal(two.connection.host, one.connection.host)
  await query(two.connection, 'select')
  await one.close()
  await two.close()
  const emptied = one.connection.host
  await rm(emptied, { recursive: true })
  const again = await openEmbedded({ dataDir: long })
  await query(again.connection, 'select')
  await again.close()
  await rm(again.connection.host, { recursive: true })
})

test(
  'a data folder that only root can enter is used; its database lies where its user can reach it',
  asRoot,
  async () => {
    const hidden = path.join(folder.path, 'hidden')
    await mkdir(hidden, { mode: 0o700 })
    const inside = await openEmbedded({ dataDir: path.join(hidden, 'data') })
    await query(inside.connection, 'select')
    await inside.close()
    assert.equal((await stat(hidden)).mode & 0o777, 0o700, "a folder that is not Cutroom's was changed")
    await rm(await realpath(path.join(hidden, 'data', 'postgres')), { recursive: true })

    const own = path.join(folder.path, 'own')
    await mkdir(own)
    await chmod(own, 0o700)
    const open = await openEmbedded({ dataDir: own })
    await open.close()
    assert.equal((await stat(own)).mode & 0o777, 0o710)
    assert.equal(await realpath(path.join(own, 'postgres')), path.join(own, 'postgres'))
  },
)
