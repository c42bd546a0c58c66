import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { eq } from '../../apps/server/src/db/drizzle.ts'
import { oneTimeLinks, people, sessions } from '../../apps/server/src/db/schema/people.ts'
import { createResetLink, createSetupLink } from '../../apps/server/src/domain/people/links.ts'
import { hashSecret } from '../../apps/server/src/domain/people/secrets.ts'
import type { Routes } from '../../apps/server/src/http/operation.ts'
import { buildServer } from '../../apps/server/src/http/server.ts'
import { startService } from '../support/service.ts'
import { Browser } from './browser.ts'

const OWNER = { email: 'Ada@example.org', password: 'correct horse battery', name: 'Ada' }
const MEMBER = { email: 'ben@example.org', password: 'staple staple staple', name: 'Ben' }

const t = await startService()
const owner = new Browser(t.app)
const member = new Browser(t.app)

const setupToken = async (): Promise<string> => {
  const token = await createSetupLink(t.service.db)
  assert.ok(token !== null)
  return token
}

describe('the first owner', () => {
  it('is made by the newest link alone, once', async () => {
    const old = await setupToken()
    const token = await setupToken()
    assert.equal((await owner.send('POST', '/session/setup', { token: old, ...OWNER })).status, 404)
    const made = await owner.send('POST', '/session/setup', { token, ...OWNER })
    assert.equal(made.status, 201)
    assert.equal(made.body.person.email, 'ada@example.org')
    assert.equal(made.body.role, 'owner')
    assert.equal(made.body.defaultProfileId, t.a.id)
    assert.equal((await owner.send('POST', '/session/setup', { token, ...OWNER })).status, 404)
    assert.equal(await createSetupLink(t.service.db), null)
  })

  it('is in at once, with a cookie that scripts and other sites do not get', async () => {
    assert.match(
      owner.setCookie,
      /^cutroom_session=cuts_[\w-]{43}; Max-Age=2592000; Path=\/; HttpOnly; SameSite=Lax$/,
    )
    assert.equal((await owner.send('GET', '/session')).body.person.name, 'Ada')
  })

  it('leaves no secret in the database', async () => {
    const rows = await t.service.db.shared(async (tx) => [
      await tx.select().from(people),
      await tx.select().from(sessions),
      await tx.select().from(oneTimeLinks),
    ])
    const text = JSON.stringify(rows)
    assert.match(text, /\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
    assert.ok(!text.includes(OWNER.password))
    assert.ok(!text.includes(owner.cookie.split('=')[1] ?? 'none'))
  })
})

describe('an invitation', () => {
  it('makes a member who reaches the profiles that it names, and no other', async () => {
    const unknown = { role: 'member', profileIds: ['8d6f1d3e-0000-4000-8000-000000000000'] }
    assert.equal((await owner.send('POST', '/people/invitations', unknown)).status, 404)
    const invited = await owner.send('POST', '/people/invitations', { role: 'member', profileIds: [t.b.id] })
    assert.equal(invited.status, 201)
    const { token } = invited.body
    assert.equal((await owner.send('GET', '/people/invitations')).body.items.length, 1)
    const joined = await member.send('POST', '/session/accept', { token, ...MEMBER })
    assert.equal(joined.status, 201)
    assert.deepEqual(
      joined.body.profiles.map(({ id }: { id: string }) => id),
      [t.b.id],
    )
    assert.equal(joined.body.defaultProfileId, t.b.id)
    assert.equal((await member.send('GET', `/profiles/${t.a.id}`)).status, 404)
    assert.equal((await member.send('GET', `/profiles/${t.b.id}`)).status, 200)
    assert.equal((await owner.send('GET', '/people/invitations')).body.items.length, 0)
  })

  it('is of no use twice, withdrawn or for an address that is taken', async () => {
    const invite = async () => (await owner.send('POST', '/people/invitations', { role: 'owner' })).body
    const { id, token } = await invite()
    const someone = new Browser(t.app)
    const taken = await someone.send('POST', '/session/accept', {
      token,
      ...MEMBER,
      email: 'BEN@example.org',
    })
    assert.equal(taken.status, 409)
    assert.equal(taken.body.field, 'email')
    assert.equal((await owner.send('DELETE', `/people/invitations/${id}`)).status, 204)
    assert.equal(
      (await someone.send('POST', '/session/accept', { token, ...MEMBER, email: 'c@example.org' })).status,
      404,
    )
  })

  it('is an owner’s to give, in person', async () => {
    assert.equal((await member.send('POST', '/people/invitations', { role: 'owner' })).status, 403)
    const { body } = await owner.send('POST', '/keys', { name: 'all', access: 'write', profileIds: null })
    const byKey = await t.request({ id: t.a.id, key: body.secret }, 'POST', '/people/invitations', {
      body: { role: 'owner' },
    })
    assert.equal(byKey.status, 403)
    assert.equal(
      (
        await t.request({ id: t.a.id, key: body.secret }, 'POST', '/keys', {
          body: { name: 'x', access: 'read', profileIds: null },
        })
      ).status,
      403,
    )
  })
})

describe('signing in', () => {
  it('takes the password and any spelling of the address, and says nothing about which was wrong', async () => {
    const browser = new Browser(t.app)
    const wrong = await browser.send('POST', '/session', { email: MEMBER.email, password: 'something else' })
    const nobody = await browser.send('POST', '/session', {
      email: 'nobody@example.org',
      password: 'something else',
    })
    assert.equal(wrong.status, 401)
    const words = ({ requestId, ...rest }: { requestId: string }) => rest
    assert.deepEqual(words(wrong.body), words(nobody.body))
    assert.equal(browser.cookie, '')
    assert.equal(
      (await browser.send('POST', '/session', { email: 'BEN@Example.org', password: MEMBER.password }))
        .status,
      200,
    )
    assert.equal((await browser.send('DELETE', '/session')).status, 204)
    assert.equal((await browser.send('GET', '/session')).status, 401)
  })

  it('ends on the server, not only in the browser', async () => {
    const browser = new Browser(t.app)
    await browser.send('POST', '/session', MEMBER_LOGIN)
    const { cookie } = browser
    await browser.send('DELETE', '/session')
    browser.cookie = cookie
    assert.equal((await browser.send('GET', '/session')).status, 401)
  })

  it('is asked for no more than ten times in a while for one address', async () => {
    const app = t.app
    const statuses: number[] = []
    let retryAfter: unknown
    for (let i = 0; i < 12; i += 1) {
      const answer = await new Browser(app, `10.0.0.${i}`).send('POST', '/session', {
        email: 'guessed@example.org',
        password: 'guess guess',
      })
      statuses.push(answer.status)
      retryAfter = answer.headers['retry-after']
    }
    assert.deepEqual(statuses, [...Array(10).fill(401), 429, 429])
    assert.ok(Number(retryAfter) > 0 && Number(retryAfter) <= 600)
  })

  it('is asked for no more than thirty times in a while from one machine', async () => {
    const statuses: number[] = []
    for (let i = 0; i < 31; i += 1) {
      const answer = await new Browser(t.app, '10.9.9.9').send('POST', '/session/reset', {
        token: 'x',
        password: 'long enough',
      })
      statuses.push(answer.status)
    }
    assert.deepEqual(statuses, [...Array(30).fill(404), 429])
  })
})

const MEMBER_LOGIN = { email: MEMBER.email, password: MEMBER.password }

describe('a password', () => {
  it('is changed by who knows the present one, which ends the other sessions', async () => {
    const other = new Browser(t.app)
    await other.send('POST', '/session', MEMBER_LOGIN)
    const wrong = await member.send('PUT', '/session/password', {
      current: 'not this one',
      password: 'a new password',
    })
    assert.equal(wrong.status, 422)
    assert.equal(wrong.body.field, 'current')
    const right = await member.send('PUT', '/session/password', {
      current: MEMBER.password,
      password: 'a new password',
    })
    assert.equal(right.status, 204)
    assert.equal((await other.send('GET', '/session')).status, 401)
    assert.equal((await member.send('GET', '/session')).status, 200)
    assert.equal((await other.send('POST', '/session', MEMBER_LOGIN)).status, 401)
  })

  it('is set by a reset link, once, which ends every session', async () => {
    const token = await createResetLink(t.service.db, 'Ben@example.org')
    const browser = new Browser(t.app)
    const set = await browser.send('POST', '/session/reset', { token, password: MEMBER.password })
    assert.equal(set.status, 200)
    assert.equal((await member.send('GET', '/session')).status, 401)
    assert.equal(
      (await browser.send('POST', '/session/reset', { token, password: 'another one' })).status,
      404,
    )
    assert.equal((await member.send('POST', '/session', MEMBER_LOGIN)).status, 200)
    await assert.rejects(createResetLink(t.service.db, 'nobody@example.org'), { code: 'not-found' })
  })

  it('has 10 to 200 characters', async () => {
    for (const password of ['too short', 'x'.repeat(201)]) {
      const answer = await member.send('PUT', '/session/password', { current: MEMBER.password, password })
      assert.equal(answer.status, 422)
      assert.equal(answer.body.field, 'password')
    }
  })
})

describe('a session', () => {
  const body = { description: 'written' }

  it('does not write for pages of other sites, nor for who does not say where it comes from', async () => {
    const path = `/profiles/${t.b.id}`
    const from = (headers: Record<string, string>) =>
      member.send('PATCH', path, body, headers, { silent: true })
    assert.equal((await from({ 'sec-fetch-site': 'cross-site', origin: 'http://localhost:80' })).status, 403)
    assert.equal((await from({ 'sec-fetch-site': 'same-site' })).status, 403)
    assert.equal((await from({ origin: 'https://evil.example' })).status, 403)
    assert.equal((await from({})).status, 403)
    assert.equal((await from({ 'sec-fetch-site': 'same-origin' })).status, 200)
    assert.equal((await from({ origin: 'http://localhost:80' })).status, 200)
  })

  it('is not started by pages of other sites', async () => {
    const browser = new Browser(t.app)
    const answer = await browser.send('POST', '/session', MEMBER_LOGIN, { 'sec-fetch-site': 'cross-site' })
    assert.equal(answer.status, 403)
  })
})

describe('time', () => {
  const { db } = t.service
  const inDays = (days: number) => new Date(Date.now() + days * 86_400_000)

  it('ends a session that was not used for 30 days; use keeps it', async () => {
    const browser = new Browser(t.app)
    await browser.send('POST', '/session', MEMBER_LOGIN)
    const tokenHash = hashSecret(browser.cookie.split('=')[1] ?? '')
    const endAt = (expiresAt: Date) =>
      db.shared((tx) => tx.update(sessions).set({ expiresAt }).where(eq(sessions.tokenHash, tokenHash)))
    const ends = async () => {
      const [row] = await db.shared((tx) =>
        tx.select().from(sessions).where(eq(sessions.tokenHash, tokenHash)),
      )
      return Math.round(((row?.expiresAt.getTime() ?? 0) - Date.now()) / 86_400_000)
    }
    browser.setCookie = ''
    assert.equal((await browser.send('GET', '/session')).status, 200)
    assert.equal(browser.setCookie, '', 'a session that is new is not renewed')
    await endAt(inDays(3))
    assert.equal((await browser.send('GET', '/session')).status, 200)
    assert.match(browser.setCookie, /Max-Age=2592000/)
    assert.equal(await ends(), 30)
    await endAt(inDays(-0.001))
    assert.equal((await browser.send('GET', '/session')).status, 401)
  })

  it('ends a link', async () => {
    const { token } = (await owner.send('POST', '/people/invitations', { role: 'member' })).body
    await db.shared((tx) =>
      tx
        .update(oneTimeLinks)
        .set({ expiresAt: inDays(-0.001) })
        .where(eq(oneTimeLinks.tokenHash, hashSecret(token))),
    )
    const late = { token, ...MEMBER, email: 'late@example.org' }
    assert.equal((await new Browser(t.app).send('POST', '/session/accept', late)).status, 404)
  })
})

describe('behind a proxy', () => {
  it('an address that a client made up does not pass for its own', async () => {
    const seen: string[] = []
    const tell: Routes = (app) =>
      app.get('/address', { config: { access: 'public' } }, async (request) => seen.push(request.ip))
    const options = { authentication: true, version: '1', trustProxy: true }
    const app = await buildServer(t.service, options, [tell])
    after(() => app.close())
    const headers = { 'x-forwarded-for': '203.0.113.9, 198.51.100.7' }
    await app.inject({ url: '/api/v1/address', headers })
    assert.deepEqual(seen, ['198.51.100.7'])
  })
})

describe('a cookie over https', () => {
  it('is never sent without', async () => {
    const app = await buildServer(t.service, { authentication: true, version: '1', trustProxy: true })
    after(() => app.close())
    const proxied = { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'studio.example' }
    const browser = new Browser(app)
    assert.equal((await browser.send('POST', '/session', MEMBER_LOGIN, proxied)).status, 200)
    assert.match(browser.setCookie, /; Secure/)
    const origin = { ...proxied, origin: 'https://studio.example' }
    const path = `/profiles/${t.b.id}`
    assert.equal(
      (await browser.send('PATCH', path, { description: 'x' }, origin, { silent: true })).status,
      200,
    )
    // Nobody is believed who is not trusted.
    const direct = new Browser(t.app)
    await direct.send('POST', '/session', MEMBER_LOGIN, proxied)
    assert.doesNotMatch(direct.setCookie, /Secure/)
  })
})

describe('people', () => {
  it('are managed by owners; the last owner stays one', async () => {
    const { items } = (await owner.send('GET', '/people')).body
    const [ada, ben] = items
    assert.deepEqual([ada.role, ben.role, ben.profileIds], ['owner', 'member', [t.b.id]])
    assert.equal((await member.send('GET', '/people')).status, 403)
    assert.equal((await owner.send('DELETE', `/people/${ada.id}`)).status, 409)
    assert.equal((await owner.send('PATCH', `/people/${ada.id}`, { role: 'member' })).status, 409)
    assert.equal((await owner.send('GET', '/session')).body.role, 'owner')
    assert.equal((await owner.send('PATCH', `/people/${ben.id}`, { profileIds: [t.a.id] })).status, 200)
    assert.equal((await member.send('GET', `/profiles/${t.b.id}`)).status, 404)
    assert.equal((await owner.send('PATCH', '/people/nobody', { name: 'x' })).status, 404)
  })

  it('lose the keys that they made as owners', async () => {
    const ben = (await owner.send('GET', '/people')).body.items[1]
    await owner.send('PATCH', `/people/${ben.id}`, { role: 'owner' })
    const { secret } = (
      await member.send('POST', '/keys', { name: 'mine', access: 'read', profileIds: null })
    ).body
    const by = { id: t.a.id, key: secret }
    assert.equal((await t.request(by, 'GET', '/profiles')).status, 200)
    await owner.send('PATCH', `/people/${ben.id}`, { role: 'member', profileIds: [] })
    assert.equal((await t.request(by, 'GET', '/profiles')).status, 401)
  })

  it('are out at once when they are removed', async () => {
    const ben = (await owner.send('GET', '/people')).body.items[1]
    assert.equal((await owner.send('DELETE', `/people/${ben.id}`)).status, 204)
    assert.equal((await member.send('GET', '/session')).status, 401)
    assert.equal((await owner.send('GET', '/people')).body.items.length, 1)
  })
})

describe('two owners who remove each other at the same instant', () => {
  it('leave one', async () => {
    const { token } = (await owner.send('POST', '/people/invitations', { role: 'owner' })).body
    const second = new Browser(t.app)
    await second.send('POST', '/session/accept', { token, ...MEMBER, email: 'second@example.org' })
    const [ada, other] = (await owner.send('GET', '/people')).body.items
    const answers = await Promise.all([
      owner.send('DELETE', `/people/${other.id}`),
      second.send('DELETE', `/people/${ada.id}`),
    ])
    const statuses = answers.map(({ status }) => status).toSorted()
    assert.ok(statuses[0] === 204 && statuses[1] !== 204, String(statuses))
  })
})
