import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { after, test } from 'node:test'
import pg from 'pg'
import { cutroom, records } from '../cli/cli.ts'
import { fixture } from '../fixtures/fixtures.ts'
import { eventually, ffmpegRuns, temporaryFolder } from '../support/children.ts'
import { databaseUrl, testDatabase } from '../support/postgres.ts'
import { clientOfOwner, clipOf, ENDED, longRender, newProfile, scratchIn, startServer } from './server.ts'

const opened = new AsyncDisposableStack()
// Before the database registers its own end, since ends come in the order in which they were asked for.
after(() => opened.disposeAsync())
const folder = opened.use(await temporaryFolder())
const facts = await testDatabase()
const DATABASE_URL = databaseUrl(facts)
const data = path.join(folder.path, 'data')
const METRICS_TOKEN = 'metrics-token-of-the-test'
const OBSERVED = { CUTROOM_WORKER_PORT: '0', CUTROOM_METRICS_TOKEN: METRICS_TOKEN }
const [api, worker] = await Promise.all([
  startServer(data, { command: 'api', env: { DATABASE_URL } }),
  startServer(data, { command: 'worker', env: { DATABASE_URL, ...OBSERVED } }),
])
opened.use(api)
opened.use(worker)
const client = await newProfile(await clientOfOwner(api), 'Acme')

test('what is queued by the API is done by the worker, and cancelling reaches its ffmpeg', async () => {
  const clipId = await clipOf(client, await client.source(await fixture('eight-shots')), 10)
  const id = await longRender(client, clipId, 'own')
  await client.ask('POST', `/jobs/${id}/cancel`)
  await eventually('ffmpeg is gone', async () => !(await ffmpegRuns(id)) || undefined)
  const { state, fraction } = await client.job(id, (job) => ENDED.includes(job.state))
  assert.equal(state, 'cancelled')
  assert.ok(fraction < 0.9, 'its ffmpeg was left to come to its end')
  await eventually('its scratch is gone', async () => (await scratchIn(data)).length === 0 || undefined)

  const again = await client.ask('POST', `/jobs/${id}/retry`)
  assert.equal(again.id, id)
  const done = await client.done(id)
  assert.equal(done.attempt, 2)
  const { items } = await client.ask('GET', `/exports?clipId=${clipId}`)
  assert.equal((await client.request('GET', `/exports/${items[0].id}/file`)).bytes.length, items[0].sizeBytes)
})

test('a worker answers for its health and what it has counted where it is given a port, and for nothing else', async () => {
  const ask = (place: string, key = '') =>
    fetch(worker.url + place, { headers: key === '' ? {} : { authorization: `Bearer ${key}` } })
  const ready = await ask('/readyz')
  assert.deepEqual([ready.status, ((await ready.json()) as { ready: boolean }).ready], [200, true])
  assert.equal((await ask('/healthz')).status, 200)
  const counted = await (await ask('/metrics', METRICS_TOKEN)).text()
  assert.match(counted, /^cutroom_stage_seconds_count\{stage="render",found="false"\} 1$/m)
  assert.match(counted, /^cutroom_ffmpeg_speed_count\{stage="render"\} 1$/m)
  const others = [
    await ask('/metrics'),
    await ask('/metrics', 'cut_wrong'),
    await ask('/api/v1/jobs', client.key),
    await ask('/'),
  ]
  assert.deepEqual(
    others.map(({ status }) => status),
    [401, 401, 404, 404],
  )
})

test('a worker that is gone does not keep the API from answering, and the next one goes on', async () => {
  assert.equal(await worker.end('SIGTERM'), 0)
  const { items } = await client.ask('GET', '/clips')
  const { id } = await client.ask('POST', `/clips/${items[0].id}/render`, { presetId: 'source' })
  assert.equal((await client.ask('GET', `/jobs/${id}`)).state, 'waiting')
  await using next = await startServer(data, { command: 'worker', env: { DATABASE_URL } })
  assert.equal(next.url, '')
  await client.done(id)
})

test('a worker that is stopped while it tidies up takes no more jobs, and its grace begins at once', async () => {
  await using owner = new AsyncDisposableStack()
  const holder = new pg.Client(facts)
  await holder.connect()
  owner.defer(() => holder.end())
  await holder.query('begin; lock table storage_days in share mode')
  const env = { DATABASE_URL, ...OBSERVED, CUTROOM_GRACE_SECONDS: '0' }
  await using tidying = await startServer(data, { command: 'worker', env })
  await eventually('it waits for the table', async () => {
    const { rowCount } = await holder.query(
      "select from pg_locks where relation = 'storage_days'::regclass and not granted",
    )
    return rowCount !== 0 || undefined
  })
  const ended = tidying.end('SIGTERM')
  await eventually('its jobs have ended', () =>
    fetch(`${tidying.url}/healthz`).then(
      () => undefined,
      () => true,
    ),
  )
  const { items } = await client.ask('GET', '/clips')
  const { id } = await client.ask('POST', `/clips/${items[0].id}/render`, { presetId: 'tiktok' })
  await holder.query('rollback')
  assert.equal(await ended, 0)
  assert.equal((await client.ask('GET', `/jobs/${id}`)).state, 'waiting')
  await client.ask('POST', `/jobs/${id}/cancel`)
})

test('a brand that is deleted on the command line is gone whole, where no worker runs that would remove its files', async () => {
  const { id } = await client.ask('POST', '/profiles', { name: 'Birch' })
  const kept = path.join(data, 'storage', id, 'kept')
  await mkdir(kept, { recursive: true })
  const env = { DATABASE_URL }
  const { exitCode, stdout } = await cutroom(
    ['profiles', 'delete', 'Birch', '--yes', '--data', data, '--json'],
    { env },
  )
  assert.equal(exitCode, 0, String(stdout))
  assert.deepEqual(records(stdout), [{ type: 'deleted', profile: 'Birch', filesLeft: false }])
  assert.equal(existsSync(path.dirname(kept)), false)
})

test('the command line works with the same database, and leaves its backup to PostgreSQL’s own tools', async () => {
  const env = { DATABASE_URL }
  const [list, backup] = await Promise.all([
    cutroom(['jobs', 'list', '--data', data, '--json'], { env }),
    cutroom(['backup', path.join(folder.path, 'no'), '--data', data], { env }),
  ])
  assert.equal(list.exitCode, 0, String(list.stdout))
  assert.match(String(list.stdout), /"kind":"render","state":"done"/)
  assert.equal(backup.exitCode, 2)
  assert.match(String(backup.stderr), /pg_dump/)
})
