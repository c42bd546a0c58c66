import assert from 'node:assert/strict'
import { createHmac, randomBytes } from 'node:crypto'
import { stat } from 'node:fs/promises'
import path from 'node:path'
import { describe, it } from 'node:test'
import { signLink } from '../../apps/server/src/domain/library/links.ts'
import { createKey } from '../../apps/server/src/domain/people/keys.ts'
import { fixture } from '../fixtures/fixtures.ts'
import { readApi } from '../server/operations.ts'
import { startService } from '../support/service.ts'
import { postFile, readySource, sha256, startIngesting } from './library.ts'

const test = await startService()
startIngesting(test)
const base = await test.listen()

const bytes = randomBytes(100_000)
const noise = await postFile(base, test.a, bytes, 'noise.bin')
const id = noise.body.details.sourceId as string
const place = `/sources/${id}/file`

const get = (headers: Record<string, string> = {}, method = 'GET') =>
  test.request(test.a, method, place, { headers })

/** The name under which a browser saves a file (RFC 6266): the extended one where there is one. */
function savedAs(header: string): string {
  const extended = /^attachment;.*filename\*=UTF-8''(\S+)/.exec(header)?.[1]
  if (extended !== undefined) return decodeURIComponent(extended)
  const plain = /^attachment; filename=(?:"((?:[^"\\]|\\.)*)"|([^\s;]+))$/.exec(header)
  return (plain?.[1]?.replaceAll(/\\(.)/g, '$1') ?? plain?.[2]) as string
}

describe('a file', () => {
  it('is sent whole, with its tag, its length and no guess of its type', async () => {
    const answer = await get()
    assert.equal(answer.status, 200)
    assert.equal(sha256(answer.bytes), sha256(bytes))
    assert.equal(answer.headers['content-length'], '100000')
    assert.equal(answer.headers.etag, `"${sha256(bytes)}"`)
    assert.equal(answer.headers['accept-ranges'], 'bytes')
    assert.equal(answer.headers['content-type'], 'application/octet-stream')
    assert.equal(answer.headers['x-content-type-options'], 'nosniff')
    assert.equal(answer.headers['cache-control'], 'private, no-cache')
  })

  it('is found by a player, which names the profile in the address; the header goes before it, and who writes needs it', async () => {
    const { secret } = await createKey(test.service.db, null, {
      name: 'both',
      access: 'write',
      profileIds: [test.a.id, test.b.id],
    })
    const ask = (profile: string, method: 'GET' | 'HEAD' | 'PATCH', headers: Record<string, string> = {}) =>
      test.app.inject({
        method,
        url: `/api/v1/sources/${id}${method === 'PATCH' ? '' : '/file'}?profileId=${profile}`,
        headers: { authorization: `Bearer ${secret}`, ...headers },
        ...(method === 'PATCH' && { payload: { name: 'other.bin' } }),
      })
    const [own, foreign] = [test.a.id, test.b.id]
    assert.equal((await ask(own, 'GET', { range: 'bytes=0-9' })).statusCode, 206)
    assert.equal((await ask(own, 'HEAD')).headers['content-length'], '100000')
    assert.equal((await ask(foreign, 'GET')).statusCode, 404)
    assert.equal((await ask(own, 'GET', { 'x-profile-id': foreign })).statusCode, 404)
    assert.equal((await ask(foreign, 'GET', { 'x-profile-id': own })).statusCode, 200)
    assert.equal((await ask(foreign, 'PATCH', { 'x-profile-id': own })).statusCode, 200)
    const described = (await readApi(test.app)).operations.filter(({ query }) =>
      query.some(({ name }) => name === 'profileId'),
    )
    assert.ok(described.length > 20)
    assert.deepEqual(
      described.filter(({ method, ofProfile }) => !ofProfile || !['GET', 'HEAD'].includes(method)),
      [],
    )
  })

  it('is sent in ranges', async () => {
    for (const [range, from, to] of [
      ['bytes=0-0', 0, 1],
      ['bytes=500-', 500, 100_000],
      ['bytes=-700', 99_300, 100_000],
      ['bytes=99999-200000', 99_999, 100_000],
    ] as const) {
      const answer = await get({ range })
      assert.equal(answer.status, 206, range)
      assert.equal(answer.headers['content-range'], `bytes ${from}-${to - 1}/100000`)
      assert.equal(answer.headers['content-length'], String(to - from))
      assert.ok(answer.bytes.equals(bytes.subarray(from, to)), range)
    }
    const several = await get({ range: 'bytes=0-1,5-6' })
    assert.equal(several.status, 200)
    const outside = await get({ range: 'bytes=100000-' })
    assert.equal(outside.status, 416)
    assert.equal(outside.headers['content-range'], 'bytes */100000')
    assert.equal(outside.body.code, 'range-invalid')
  })

  it('is not sent again to who has it, and whole to who has another', async () => {
    const tag = String((await get()).headers.etag)
    assert.equal((await get({ 'if-none-match': tag })).status, 304)
    assert.equal((await get({ 'if-none-match': '"other"' })).status, 200)
    assert.equal((await get({ range: 'bytes=0-9', 'if-range': tag })).status, 206)
    assert.equal((await get({ range: 'bytes=0-9', 'if-range': '"other"' })).status, 200)
  })

  it('tells its length without its bytes', async () => {
    const answer = await get({}, 'HEAD')
    assert.equal(answer.status, 200)
    assert.equal(answer.headers['content-length'], '100000')
    assert.equal(answer.bytes.length, 0)
  })

  it('keeps any name, without folders in it', async () => {
    const names = [
      ['plain.mp4', 'plain.mp4'],
      ['Über "uns" 🎬.mp4', 'Über "uns" 🎬.mp4'],
      ["it's; 50%25 \\ off.mp4", "it's; 50%25 _ off.mp4"],
      ['دعاية.mp4', 'دعاية.mp4'],
      ['../../etc/passwd', '.._.._etc_passwd'],
      ['line\r\nset-cookie: a=b.mp4', 'line  set-cookie: a=b.mp4'],
      [`${'x'.repeat(300)}.mp4`, `${'x'.repeat(251)}.mp4`],
    ] as const
    const answer = await postFile(base, test.a, randomBytes(1000), 'first')
    const source = answer.body.details.sourceId
    for (const [name, wanted] of names) {
      await test.request(test.a, 'PATCH', `/sources/${source}`, { body: { name: name.slice(0, 255) } })
      const { headers } = await test.request(test.a, 'GET', `/sources/${source}/file`)
      const saved = savedAs(String(headers['content-disposition']))
      assert.equal(saved, name.length > 255 ? 'x'.repeat(255) : wanted)
    }
    const long = await postFile(base, test.a, randomBytes(1000), `${'y'.repeat(300)}.mp4`)
    const kept = await test.request(test.a, 'GET', `/sources/${long.body.details.sourceId}`)
    assert.equal(kept.body.name, `${'y'.repeat(251)}.mp4`)
  })

  it('of another profile is missing', async () => {
    assert.equal((await test.request(test.b, 'GET', place)).status, 404)
    assert.equal((await test.request(test.b, 'HEAD', place)).status, 404)
    assert.equal((await test.request(test.a, 'GET', '/sources/..%2F..%2Fetc/file')).status, 404)
  })
})

describe('a link', () => {
  const link = async (resource: string, of = id, by = test.a) =>
    test.request(by, 'POST', '/links', { body: { resource, id: of } })
  const open = (url: string, headers: Record<string, string> = {}) =>
    test.request(null, 'GET', url.replace('/api/v1', ''), { headers })

  it('opens its file for anybody, ranges included', async () => {
    const { status, body } = await link('source')
    assert.equal(status, 201)
    assert.ok(Date.parse(body.expiresAt) > Date.now() + 3_500_000)
    assert.equal(sha256((await open(body.url)).bytes), sha256(bytes))
    assert.equal((await open(body.url, { range: 'bytes=0-9' })).bytes.length, 10)
  })

  it('is made for every file of a source and of a segment', async () => {
    const source = await readySource(test, base, test.a, await fixture('hard-cuts'))
    for (const what of ['source', 'proxy', 'filmstrip', 'waveform']) {
      const { body } = await link(what, source.id)
      assert.equal((await open(body.url)).status, 200, what)
    }
    const [segment] = (await test.request(test.a, 'GET', '/segments')).body.items
    const { body } = await link('segment', segment.id)
    assert.equal((await open(body.url)).headers['content-type'], 'video/mp4')
  })

  it('of what the profile has not is missing', async () => {
    assert.equal((await link('source', id, test.b)).status, 404)
    for (const resource of ['source', 'segment', 'preview', 'export', 'logo'])
      assert.equal((await link(resource, 'nonsense')).status, 404, resource)
    assert.equal((await link('password', id)).status, 422)
  })

  it('ends, and cannot be changed or forged', async () => {
    const key = { profileId: test.a.id, kind: 'source', hash: id } as const
    const file = { key, name: 'original', contentType: 'application/octet-stream' }
    const { url } = await signLink(test.service, file, -1)
    const expired = await open(url)
    assert.equal(expired.status, 410)
    assert.equal(expired.body.code, 'link-expired')
    const good = String((await link('source')).body.url)
    const [head = '', claims = '', signature = ''] = (good.split('/').at(-1) ?? '').split('.')
    const changed = JSON.parse(Buffer.from(claims, 'base64url').toString())
    changed.profile = test.b.id
    const other = Buffer.from(JSON.stringify(changed)).toString('base64url')
    assert.equal((await open(`/files/${head}.${other}.${signature}`)).status, 404)
    const none = Buffer.from('{"alg":"none"}').toString('base64url')
    assert.equal((await open(`/files/${none}.${claims}.`)).status, 404)
    const forged = createHmac('sha256', randomBytes(32)).update(`${head}.${other}`).digest('base64url')
    assert.equal((await open(`/files/${head}.${other}.${forged}`)).status, 404)
    assert.equal((await open('/files/nonsense')).status, 404)
  })

  it('is signed with a secret that only the owner of the data folder reads', async () => {
    const { mode } = await stat(path.join(test.dataDir, 'secrets', 'links.key'))
    assert.equal(mode & 0o777, 0o600)
  })
})
