import assert from 'node:assert/strict'
import { after, it } from 'node:test'
import { CutroomError } from '@cutroom/contracts'
import { createSetupLink } from '../../apps/server/src/domain/people/links.ts'
import { buildServer } from '../../apps/server/src/http/server.ts'
import { createLog } from '../../apps/server/src/log.ts'
import { startService } from '../support/service.ts'
import { fillProfile } from './brand.ts'
import { Browser } from './browser.ts'

const t = await startService()
const brand = await fillProfile(t, t.a)
const lines: string[] = []
const log = createLog({ level: 'debug', destination: { write: (line) => void lines.push(line) } })
const METRICS_TOKEN = 'metrics-token-of-the-test'
const app = await buildServer(
  { ...t.service, log },
  { authentication: true, version: '1', metricsToken: METRICS_TOKEN },
)
after(() => app.close())

const has = (secret: string) => lines.filter((line) => line.includes(secret))

it('secrets never appear in logs: passwords, cookies, keys, links', async () => {
  const PASSWORD = 'a password of the test'
  const browser = new Browser(app)
  const token = await createSetupLink(t.service.db)
  assert.ok(token !== null)
  const person = { email: 'ada@example.org', password: PASSWORD, name: 'Ada' }
  assert.equal((await browser.send('POST', '/session/setup', { token, ...person })).status, 201)
  await browser.send('POST', '/session', { email: person.email, password: 'a wrong password' })
  await browser.send('POST', '/session', { email: person.email, password: PASSWORD })
  const { secret } = (await browser.send('POST', '/keys', { name: 'k', access: 'write', profileIds: null }))
    .body
  const invited = (await browser.send('POST', '/people/invitations', { role: 'member' })).body.token
  await browser.send('POST', '/session/accept', { token: invited, email: 'no address', password: 'x' })
  const headers = { authorization: `Bearer ${secret}`, 'x-profile-id': t.a.id, cookie: browser.cookie }
  await app.inject({ url: '/api/v1/projects?q=private', headers })
  const payload = { resource: 'source', id: brand.source }
  const link = (await app.inject({ method: 'POST', url: '/api/v1/links', headers, payload })).json()
  assert.match(link.url, /^\/api\/v1\/files\//)
  await app.inject({ url: link.url })
  await app.inject({ url: `${link.url}x` })
  await app.inject({ url: '/metrics', headers: { authorization: `Bearer ${METRICS_TOKEN}` } })
  const session = browser.cookie.split('=')[1] ?? ''
  const signed = link.url.split('/').at(-1)
  for (const each of [
    PASSWORD,
    'a wrong password',
    session,
    secret,
    token,
    invited,
    signed,
    METRICS_TOKEN,
    'private',
  ])
    assert.deepEqual(has(each), [], `${each} is in the log`)
  const answered = lines.map((line) => JSON.parse(line)).filter(({ route }) => route)
  assert.ok(answered.length >= 10)
  const ofLink = answered.find(({ route }) => route === '/api/v1/files/:token')
  assert.equal(ofLink?.status, 200)
})

it('secrets are taken out of whatever else is logged, and the failed query of the database keeps its values', () => {
  lines.length = 0
  const key = `cut_${'k'.repeat(43)}`
  log.error({ err: new Error(`postgres://cutroom:hunter2@db.example/cutroom refused ${key}`) }, 'It failed.')
  log.info(
    { authorization: `Bearer ${key}`, body: { password: 'hunter2', deep: { token: 'hunter2' } } },
    'odd',
  )
  log.info({ headers: { cookie: 'hunter2', 'set-cookie': 'hunter2' } }, `Bearer ${key}`)
  const query = Object.assign(new Error('Failed query: select $1\nparams: hunter2'), {
    query: 'select $1',
    params: ['hunter2'],
    cause: Object.assign(new Error('duplicate key value'), {
      code: '23505',
      detail: 'Key (email)=(hunter2)',
    }),
  })
  log.error({ err: new CutroomError('internal', 'It failed.', { cause: query }) }, 'It failed.')
  assert.equal(lines.length, 4)
  assert.deepEqual([...has('hunter2'), ...has(key)], [])
  assert.match(lines[3] ?? '', /Failed query: select \$1.*23505/)
})

it('every line of a request carries its id; of a profile’s request, its profile', async () => {
  lines.length = 0
  await app.inject({
    url: `/api/v1/clips/${brand.clip}`,
    headers: { authorization: `Bearer ${t.a.key}`, 'x-profile-id': t.a.id, 'x-request-id': 'mine' },
  })
  const [line] = lines.map((text) => JSON.parse(text))
  assert.equal(lines.length, 1)
  assert.deepEqual(
    [line.requestId, line.profileId, line.route, line.status, line.params],
    ['mine', t.a.id, '/api/v1/clips/:id', 200, { id: brand.clip }],
  )
})
