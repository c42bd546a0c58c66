import assert from 'node:assert/strict'
import { rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { after, it } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { createKey } from '../../apps/server/src/domain/people/keys.ts'
import { buildServer } from '../../apps/server/src/http/server.ts'
import { startService } from '../support/service.ts'
import { fillProfile } from './brand.ts'

const METRICS_TOKEN = 'metrics-token-of-the-test'

const t = await startService()
await fillProfile(t, t.a)
const app = await buildServer(t.service, {
  authentication: true,
  version: '1.2.3',
  metricsToken: METRICS_TOKEN,
})
after(() => app.close())

it('/healthz answers as long as the process does', async () => {
  const answer = await app.inject({ url: '/healthz' })
  assert.deepEqual([answer.statusCode, answer.json()], [200, { alive: true, version: '1.2.3' }])
})

it('/readyz says which part is missing, and that it is back', async () => {
  const ready = await app.inject({ url: '/readyz' })
  assert.equal(ready.statusCode, 200, ready.body)
  assert.deepEqual(Object.keys(ready.json().parts), ['database', 'storage', 'ffmpeg', 'disk'])
  const broken = await buildServer(
    {
      ...t.service,
      studio: {
        ...t.service.studio,
        tools: { ...t.service.studio.tools, ffmpeg: path.join(t.dataDir, 'no-ffmpeg') },
      },
      db: { ...t.service.db, shared: () => Promise.reject(new Error('connect ECONNREFUSED 10.0.0.7')) },
    },
    { authentication: true, version: '1.2.3' },
  )
  after(() => broken.close())
  const { statusCode, body } = await broken.inject({ url: '/readyz' })
  assert.equal(statusCode, 503)
  const { parts } = JSON.parse(body)
  assert.deepEqual(parts.ffmpeg, { ready: false, detail: 'ffmpeg cannot be run.' })
  assert.deepEqual(parts.database, { ready: false, detail: 'The database does not answer.' })
  assert.equal(parts.disk.ready, true)
  assert.ok(!body.includes('10.0.0.7') && !body.includes(t.dataDir))
})

it('/readyz notices a storage folder that is no folder any more', async () => {
  const storage = path.join(t.dataDir, 'storage')
  await sleep(2100)
  await rename(storage, `${storage}.away`)
  await writeFile(storage, 'in the way')
  const { statusCode, body } = await app.inject({ url: '/readyz' })
  await rm(storage)
  await rename(`${storage}.away`, storage)
  assert.equal(statusCode, 503)
  assert.equal(JSON.parse(body).parts.storage.ready, false)
})

it('/metrics is for owners and for whoever has the token', async () => {
  const ask = async (key: string) =>
    (await app.inject({ url: '/metrics', headers: { authorization: `Bearer ${key}` } })).statusCode
  const { secret } = await createKey(t.service.db, null, { name: 'all', access: 'write', profileIds: null })
  assert.deepEqual(
    [
      await ask(METRICS_TOKEN),
      await ask(secret),
      await ask(t.a.key),
      await ask(`${METRICS_TOKEN}x`),
      await ask(''),
    ],
    [200, 200, 403, 401, 401],
  )
  // The token opens nothing else.
  const other = await app.inject({
    url: '/api/v1/projects',
    headers: { authorization: `Bearer ${METRICS_TOKEN}` },
  })
  assert.equal(other.statusCode, 401)
})

it('/metrics counts requests by route, jobs and bytes by profile, stages, speed and failures', async () => {
  const { metrics } = t.service
  metrics.stageEnded({ stage: 'render', found: false, seconds: 3 })
  metrics.speedReached('render', 2.5)
  metrics.attemptFailed('render', 'media-broken')
  await app.inject({ url: '/api/v1/clips', headers: { authorization: `Bearer ${t.a.key}` } })
  await sleep(2100)
  const { body, headers } = await app.inject({
    url: '/metrics',
    headers: { authorization: `Bearer ${METRICS_TOKEN}` },
  })
  assert.match(String(headers['content-type']), /^text\/plain; version=0\.0\.4/)
  for (const line of [
    /^cutroom_http_request_seconds_count\{method="GET",route="\/api\/v1\/clips",status="200"\} 1$/m,
    new RegExp(`^cutroom_jobs\\{profile="${t.a.id}",kind="sweep",state="waiting"\\} 1$`, 'm'),
    new RegExp(`^cutroom_queue_depth\\{profile="${t.a.id}"\\} 1$`, 'm'),
    new RegExp(`^cutroom_queue_oldest_wait_seconds\\{profile="${t.a.id}"\\} [\\d.]+$`, 'm'),
    new RegExp(`^cutroom_queue_oldest_wait_seconds\\{profile="${t.b.id}"\\} 0$`, 'm'),
    new RegExp(`^cutroom_stored_bytes\\{profile="${t.a.id}",kind="export"\\} 10$`, 'm'),
    /^cutroom_stage_seconds_sum\{stage="render",found="false"\} 3$/m,
    /^cutroom_ffmpeg_speed_bucket\{le="4",stage="render"\} 1$/m,
    /^cutroom_attempt_failures_total\{kind="render",code="media-broken"\} 1$/m,
    /^cutroom_database_connections\{state="idle"\} \d+$/m,
    /^cutroom_process_cpu_seconds_total [\d.]+$/m,
  ])
    assert.match(body, line)
  assert.ok(!body.includes('Brand '), 'a profile is named')
})
