import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { jobSchema } from '@cutroom/contracts'
import { z } from 'zod'
import { eq } from '../../apps/server/src/db/drizzle.ts'
import { idempotentRequests } from '../../apps/server/src/db/schema/jobs.ts'
import { refuseOpenAddress } from '../../apps/server/src/http/open-address.ts'
import type { Routes } from '../../apps/server/src/http/operation.ts'
import { buildServer } from '../../apps/server/src/http/server.ts'
import { eventually } from '../support/children.ts'
import { startService } from '../support/service.ts'
import { readApi } from './operations.ts'

const t = await startService()
const headersOf = (by: { id: string; key: string }) => ({
  authorization: `Bearer ${by.key}`,
  'x-profile-id': by.id,
})
const server = async (options: Partial<Parameters<typeof buildServer>[1]>, ...more: Routes[]) => {
  const app = await buildServer(t.service, { authentication: true, version: '1.2.3', ...options }, more)
  after(() => app.close())
  return app
}

describe('the description of the API', async () => {
  const { description, operations } = await readApi(t.app)

  it('says of every operation what it is called, where it belongs, what it does and how it fails', () => {
    assert.equal(description.openapi, '3.1.0')
    for (const { id, described, isPublic } of operations) {
      assert.match(described.operationId ?? '', /^[a-z][A-Za-z]+$/, id)
      assert.ok(described.tags?.length === 1 && described.summary, id)
      assert.ok(isPublic === (described.security?.length === 0), id)
      assert.deepEqual(
        described.responses.default?.content,
        { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
        id,
      )
    }
    const names = operations.map(({ id }) => id)
    assert.equal(new Set(names).size, names.length, 'two operations have one name')
  })

  it('describes each thing once, and nothing that no operation mentions', () => {
    const text = JSON.stringify(description.paths) + JSON.stringify(description.components.schemas)
    for (const name of Object.keys(description.components.schemas)) {
      assert.ok(text.includes(`"#/components/schemas/${name}"`), `${name} is not used`)
      assert.ok(
        name === 'Problem' || !name.endsWith('Input') || description.components.schemas[name.slice(0, -5)],
        name,
      )
    }
    for (const [, name = ''] of text.matchAll(/"#\/components\/schemas\/([^"]+)"/g))
      assert.ok(description.components.schemas[name], `${name} is missing`)
  })

  it('has a page that loads nothing from outside', async () => {
    const page = await t.app.inject({ url: '/api/docs/' })
    assert.equal(page.statusCode, 200)
    const initial = await t.app.inject({ url: '/api/docs/static/swagger-initializer.js' })
    for (const text of [page.body, initial.body])
      assert.doesNotMatch(text, /(src|href|url)\s*[=:]\s*["'](https?:)?\/\//)
    assert.match(String(page.headers['content-security-policy']), /default-src 'self'/)
  })
})

describe('an answer', () => {
  it('carries the id of its request: the caller’s where it is harmless', async () => {
    const ask = async (id: string) =>
      (await t.app.inject({ url: '/healthz', headers: { 'x-request-id': id } })).headers['x-request-id']
    assert.equal(await ask('trace-1:2.3'), 'trace-1:2.3')
    for (const id of ['a b', 'x'.repeat(101), '<script>'])
      assert.match(String(await ask(id)), /^[0-9a-f-]{36}$/)
  })

  it('is a problem where nothing is there, where JSON is broken and where a body is too large', async () => {
    const headers = { ...headersOf(t.a), 'content-type': 'application/json' }
    const post = (payload: string) =>
      t.app.inject({ method: 'POST', url: '/api/v1/projects', headers, payload })
    for (const [answer, status, code] of [
      [await t.app.inject({ url: '/api/v1/nowhere' }), 404, 'not-found'],
      [await post('{'), 400, 'request-invalid'],
      [await post(JSON.stringify({ name: 'x'.repeat(1_100_000) })), 413, 'body-too-large'],
      [await post('{"name":"a\\u0000b"}'), 422, 'field-invalid'],
    ] as const) {
      assert.deepEqual([answer.statusCode, answer.json().code], [status, code], answer.body)
      assert.match(String(answer.headers['content-type']), /^application\/problem\+json/)
      assert.equal(answer.json().requestId, answer.headers['x-request-id'])
    }
  })

  it('is only for pages of its own origin, unless others are allowed', async () => {
    const origin = 'https://brand.example'
    const closed = await t.app.inject({ url: '/healthz', headers: { origin } })
    assert.equal(closed.headers['access-control-allow-origin'], undefined)
    const app = await server({ origins: [origin] })
    const preflight = await app.inject({
      method: 'OPTIONS',
      url: '/api/v1/projects',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization',
      },
    })
    assert.equal(preflight.statusCode, 204)
    assert.equal(preflight.headers['access-control-allow-headers'], 'authorization')
    const open = await app.inject({ url: '/healthz', headers: { origin } })
    assert.equal(open.headers['access-control-allow-origin'], origin)
    assert.equal(open.headers['access-control-allow-credentials'], undefined)
    const other = await app.inject({ url: '/healthz', headers: { origin: 'https://evil.example' } })
    assert.equal(other.headers['access-control-allow-origin'], undefined)
  })

  it('waits where a key asks too often, and for that key alone', async () => {
    const app = await server({ requestsPerMinute: 5 })
    const ask = (by: typeof t.a) => app.inject({ url: '/api/v1/projects', headers: headersOf(by) })
    for (let i = 0; i < 5; i += 1) assert.equal((await ask(t.a)).statusCode, 200)
    const refused = await ask(t.a)
    assert.deepEqual([refused.statusCode, refused.json().code], [429, 'rate-limited'])
    assert.ok(Number(refused.headers['retry-after']) > 0)
    assert.equal((await ask(t.b)).statusCode, 200)
    const guesses = await Promise.all(
      Array.from({ length: 6 }, (_, i) => ask({ id: t.a.id, key: `cut_${i}` })),
    )
    assert.deepEqual(guesses.map(({ statusCode }) => statusCode).toSorted(), [...Array(5).fill(401), 429])
  })
})

describe('without authentication', () => {
  it('a server listens on this machine alone', () => {
    for (const host of ['127.0.0.1', '127.8.9.1', '::1', '[::1]', 'localhost'])
      refuseOpenAddress({ host, authentication: false })
    for (const host of ['0.0.0.0', '::', '192.168.1.2', 'studio.example', '127.0.0.1.example'])
      assert.throws(() => refuseOpenAddress({ host, authentication: false }), { code: 'usage-invalid' })
    refuseOpenAddress({ host: '0.0.0.0', authentication: true })
    const proxied = { host: '127.0.0.1', authentication: false, trustProxy: true }
    assert.throws(() => refuseOpenAddress(proxied), { code: 'usage-invalid', message: /its proxy/ })
  })

  it('everybody here is the owner, but no page of another site is', async () => {
    const app = await server({ authentication: false })
    const ask = (headers: Record<string, string>, method: 'GET' | 'POST' = 'GET') =>
      app.inject({ method, url: '/api/v1/keys', headers, ...(method === 'POST' && { payload: {} }) })
    assert.equal((await ask({ host: 'localhost:8484' })).statusCode, 200)
    assert.equal((await ask({ host: 'rebound.example' })).statusCode, 403)
    assert.equal((await ask({ host: 'localhost', 'sec-fetch-site': 'cross-site' }, 'POST')).statusCode, 403)
    assert.equal((await ask({ host: 'localhost', origin: 'http://localhost' }, 'POST')).statusCode, 422)
  })
})

describe('an idempotency key', async () => {
  let made = 0
  /** Costs something: counts how often it was done. */
  const costly: Routes = (app) => {
    app.post(
      '/costly',
      {
        config: { access: 'write', idempotent: true },
        schema: {
          operationId: 'costly',
          tags: ['test'],
          summary: 'Costs',
          body: z.object({ fail: z.boolean().optional(), slow: z.number().optional() }),
          response: { 201: z.object({ made: z.number() }) },
        },
      },
      async ({ body }, reply) => {
        made += 1
        if (body.fail) throw new Error('broken')
        if (body.slow) await sleep(body.slow)
        return reply.status(201).send({ made })
      },
    )
  }
  const app = await server({}, costly)
  const ask = (key: string, payload: object = {}, by = t.a) =>
    app.inject({
      method: 'POST',
      url: '/api/v1/costly',
      headers: { ...headersOf(by), 'idempotency-key': key },
      payload,
    })

  it('makes two requests one, word by word', async () => {
    const first = await ask('one')
    const second = await ask('one')
    assert.equal(first.statusCode, 201)
    assert.deepEqual([second.statusCode, second.body], [first.statusCode, first.body])
    assert.equal(second.headers['content-type'], first.headers['content-type'])
    assert.equal(first.headers['idempotency-replayed'], undefined)
    assert.equal(second.headers['idempotency-replayed'], 'true')
  })

  it('is for one request, of one caller', async () => {
    const other = await ask('one', { slow: 0 })
    assert.deepEqual([other.statusCode, other.json().field], [422, 'idempotency-key'])
    assert.equal((await ask('one', {}, t.b)).headers['idempotency-replayed'], undefined)
    assert.equal((await ask('x'.repeat(201))).statusCode, 422)
  })

  it('lets one of two that come at the same instant through', async () => {
    const before = made
    const answers = await Promise.all([ask('twice', { slow: 200 }), ask('twice', { slow: 200 })])
    assert.deepEqual(answers.map(({ statusCode }) => statusCode).toSorted(), [201, 409])
    assert.equal(made, before + 1)
    assert.equal((await ask('twice', { slow: 200 })).statusCode, 201)
    assert.equal(made, before + 1)
  })

  it('is free again some minutes after its request was killed, for the same request', async () => {
    const before = made
    await ask('killed')
    const begun = (minutesAgo: number) =>
      t.service.db.ofProfile(t.a.id, (tx) =>
        tx
          .update(idempotentRequests)
          .set({ status: null, body: null, createdAt: new Date(Date.now() - minutesAgo * 60_000) })
          .where(eq(idempotentRequests.key, 'killed')),
      )
    await begun(9)
    assert.equal((await ask('killed')).statusCode, 409)
    await begun(11)
    assert.equal((await ask('killed', { slow: 0 })).statusCode, 422)
    const answers = await Promise.all([ask('killed'), ask('killed')])
    assert.ok(
      answers.some(({ statusCode, headers }) => statusCode === 201 && !headers['idempotency-replayed']),
    )
    assert.equal((await ask('killed')).headers['idempotency-replayed'], 'true')
    assert.equal(made, before + 2)
  })

  it('is answered with the job that was queued before its request was killed, which is queued once', async () => {
    let killed = Promise.withResolvers<void>()
    const { db } = t.service
    /** Nothing goes on once a job is queued. */
    const ofProfile: typeof db.ofProfile = async (profileId, work) => {
      const done = await db.ofProfile(profileId, work)
      if (jobSchema.safeParse(done).success) await killed.promise
      return done
    }
    const dying = await buildServer(
      { ...t.service, db: { ...db, ofProfile } },
      { authentication: true, version: '1' },
    )
    after(() => dying.close())
    const order = (url: string) => ({
      method: 'POST' as const,
      url: `/api/v1${url}`,
      headers: { ...headersOf(t.a), 'idempotency-key': `killed${url}` },
      payload: {},
    })
    const jobs = async (kind: string) =>
      (await t.request(t.a, 'GET', `/jobs?kind=${kind}`)).body.items as { id: string }[]
    for (const [url, kind] of [
      ['/storage/sweep', 'sweep'],
      ['/sources/demo', 'demo'],
    ] as const) {
      killed = Promise.withResolvers()
      const first = dying.inject(order(url))
      const [job] = await eventually('the job to be queued', async () => {
        const found = await jobs(kind)
        return found.length > 0 ? found : undefined
      })
      const again = await app.inject(order(url))
      assert.deepEqual([again.statusCode, again.json().id], [202, job?.id])
      assert.equal(again.headers['idempotency-replayed'], 'true')
      assert.equal((await jobs(kind)).length, 1)
      killed.resolve()
      assert.deepEqual((await first).json(), again.json())
    }
  })

  it('does not keep a failure of the server’s own', async () => {
    const before = made
    assert.equal((await ask('fails', { fail: true })).statusCode, 500)
    assert.equal((await ask('fails', { fail: true })).statusCode, 500)
    assert.equal(made, before + 2)
  })
})

it('an operation that does not say who may call it keeps the server from starting', async () => {
  const careless: Routes = (app) => {
    app.get('/careless', async () => 'hello')
  }
  await assert.rejects(
    buildServer(t.service, { authentication: true, version: '1' }, [careless]),
    /does not say who may call it/,
  )
})
