import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { readdir, readFile } from 'node:fs/promises'
import { request as httpRequest } from 'node:http'
import path from 'node:path'
import { Readable } from 'node:stream'
import { describe, it } from 'node:test'
import { Upload } from 'tus-js-client'
import { readConfig } from '../../apps/server/src/config.ts'
import { uploads } from '../../apps/server/src/db/schema/library.ts'
import { uploadsOf } from '../../apps/server/src/domain/library/uploads.ts'
import { openService } from '../../apps/server/src/domain/open-service.ts'
import type { Service } from '../../apps/server/src/domain/service.ts'
import { buildServer } from '../../apps/server/src/http/server.ts'
import { fixture } from '../fixtures/fixtures.ts'
import { eventually } from '../support/children.ts'
import { startService, type TestProfile } from '../support/service.ts'
import { headersOf, postFile, readySource, setLimits, sha256, startIngesting } from './library.ts'

const test = await startService()
startIngesting(test)
const base = await test.listen()

const TUS = { 'tus-resumable': '1.0.0' }
const MIB = 2 ** 20

const uploadFolder = (by: TestProfile) =>
  readdir(path.join(test.dataDir, 'uploads', by.id)).catch(() => [] as string[])

/** Sends a body to an upload, and breaks the connection after so many bytes of it have arrived. */
async function sendAndBreak(place: string, offset: number, bytes: Uint8Array, after: number): Promise<void> {
  const sending = httpRequest(`${base}${place}`, {
    method: 'PATCH',
    headers: {
      ...headersOf(test.a),
      ...TUS,
      'content-type': 'application/offset+octet-stream',
      'upload-offset': offset,
      'content-length': bytes.length,
    },
  })
  sending.on('error', () => undefined)
  sending.write(bytes.subarray(0, after))
  const id = path.basename(place)
  await eventually('the bytes to arrive', async () => {
    const { receivedBytes } = (await test.request(test.a, 'GET', `/uploads/${id}`)).body
    return receivedBytes >= offset + after ? true : undefined
  })
  sending.destroy()
}

/** Begins an upload by hand. Returns its path. */
async function begin(by: TestProfile, length: number, name = 'cut.mp4'): Promise<string> {
  const answer = await test.request(by, 'POST', '/uploads', {
    headers: {
      ...TUS,
      'upload-length': String(length),
      'upload-metadata': `filename ${Buffer.from(name).toString('base64')}`,
    },
  })
  assert.equal(answer.status, 201, JSON.stringify(answer.body))
  return String(answer.headers.location)
}

const behind = (place: string): string => place.replace('/api/v1', '')

/** What tus-js-client makes of an upload, from wherever it is on. Returns its address. */
function sendRest(by: TestProfile, bytes: Uint8Array, options: object = {}, root = base): Promise<string> {
  return new Promise((resolve, reject) => {
    const upload = new Upload(Buffer.from(bytes), {
      endpoint: `${root}/api/v1/uploads`,
      headers: headersOf(by),
      retryDelays: null,
      metadata: { filename: 'cut.mp4' },
      ...options,
      onError: reject,
      onSuccess: () => resolve(upload.url ?? ''),
    })
    upload.start()
  })
}

const stateOf = async (by: TestProfile, url: string) =>
  (await test.request(by, 'GET', `/uploads/${path.basename(url)}`)).body

describe('a source in one request', () => {
  it('is stored byte for byte, ingested, and found again when it comes twice', async () => {
    const file = await fixture('hard-cuts')
    const source = await readySource(test, base, test.a, file, 'Über "uns" 🎬.mp4')
    assert.equal(source.id, sha256(await readFile(file)))
    assert.equal(source.name, 'Über "uns" 🎬.mp4')
    const again = await postFile(base, test.a, file, 'other.mp4')
    assert.equal(again.status, 200)
    assert.equal(again.body.name, source.name)
    const { items } = (await test.request(test.a, 'GET', '/jobs')).body
    assert.equal(items.length, 1, 'the second time, an ingest was queued again')
    assert.deepEqual(await uploadFolder(test.a), [])
  })

  it('is refused without a file, and where it is no form', async () => {
    const empty = await test.request(test.a, 'POST', '/sources', { body: { name: 'x' } })
    assert.ok([415, 422].includes(empty.status), String(empty.status))
    const boundary = 'multipart/form-data; boundary=x'
    const none = await test.request(test.a, 'POST', '/sources', {
      headers: { 'content-type': boundary },
      body: '--x--\r\n',
    })
    assert.equal(none.status, 422)
    assert.equal(none.body.field, 'file')
  })

  it('leaves nothing behind when the sender breaks off', async () => {
    const c = await test.newProfile()
    const form = `--x\r\ncontent-disposition: form-data; name="file"; filename="a.mp4"\r\n\r\n`
    const sending = httpRequest(`${base}/api/v1/sources`, {
      method: 'POST',
      headers: {
        ...headersOf(c),
        'content-type': 'multipart/form-data; boundary=x',
        'content-length': 50 * MIB,
      },
    })
    sending.on('error', () => undefined)
    sending.write(form)
    sending.write(randomBytes(MIB))
    await eventually('the upload to begin', async () =>
      (await uploadFolder(c)).length === 1 ? true : undefined,
    )
    sending.destroy()
    await eventually('the upload to be gone', async () =>
      (await uploadFolder(c)).length === 0 ? true : undefined,
    )
    const rows = await test.service.db.ofProfile(c.id, (tx) => tx.select().from(uploads))
    assert.deepEqual(rows, [])
    assert.equal((await test.request(c, 'GET', '/storage')).body.uploadBytes, 0)
  })

  it('of unknown length is cut off where the quota ends', async () => {
    const c = await test.newProfile()
    await setLimits(test, c, { storageBytes: 3 * MIB })
    const body = async function* () {
      yield '--x\r\ncontent-disposition: form-data; name="file"; filename="a.mp4"\r\n\r\n'
      for (let sent = 0; sent < 20; sent++) yield randomBytes(MIB)
      yield '\r\n--x--\r\n'
    }
    const answer = await fetch(`${base}/api/v1/sources`, {
      method: 'POST',
      headers: { ...headersOf(c), 'content-type': 'multipart/form-data; boundary=x' },
      body: Readable.toWeb(Readable.from(body())),
      duplex: 'half',
    } as unknown as RequestInit)
    assert.equal(answer.status, 507)
    assert.equal(((await answer.json()) as { code: string }).code, 'quota-exceeded')
    assert.deepEqual(await uploadFolder(c), [])
  })
})

describe('a resumable upload', () => {
  it('that is cut twice has all bytes once', async () => {
    const bytes = randomBytes(9 * MIB)
    const place = await begin(test.a, bytes.length)
    await sendAndBreak(place, 0, bytes, 2 * MIB)
    const { receivedBytes } = await stateOf(test.a, place)
    await sendAndBreak(place, receivedBytes, bytes.subarray(receivedBytes), 3 * MIB)
    const url = await sendRest(test.a, bytes, { uploadUrl: `${base}${place}`, chunkSize: 1.5 * MIB })
    const state = await stateOf(test.a, url)
    // Noise is no recording; it is kept all the same.
    assert.equal(state.state, 'refused')
    assert.equal(state.problem.code, 'media-unrecognised')
    assert.equal(state.sourceId, sha256(bytes))
    const kept = await test.request(test.a, 'GET', `/sources/${state.sourceId}/file`)
    assert.equal(sha256(kept.bytes), sha256(bytes))
  })

  it('goes on after the server was restarted in the middle', async () => {
    const file = await fixture('talk')
    const bytes = await readFile(file)
    const half = bytes.length >> 1
    const place = await begin(test.b, bytes.length, 'talk.mp4')
    const answer = await test.request(test.b, 'PATCH', behind(place), {
      headers: { ...TUS, 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' },
      body: bytes.subarray(0, half),
    })
    assert.equal(answer.status, 204)
    assert.equal(answer.headers['upload-offset'], String(half))
    const { facts, log } = test.service
    await using second = await restarted(facts, log)
    const url = await sendRest(test.b, bytes, { uploadUrl: `${second.base}${place}` }, second.base)
    const state = await stateOf(test.b, url)
    assert.equal(state.state, 'done')
    assert.equal(state.sourceId, sha256(bytes))
  })

  it('that was whole when its process ended is finished by maintenance, or as soon as it is asked for', async () => {
    const own = uploadsOf(test.service)
    const leave = async (name: 'square' | 'fps25') => {
      const bytes = await readFile(await fixture(name))
      const upload = await own.begin(test.b.id, { name: 'a.mp4', sizeBytes: bytes.length, resumable: true })
      await own.receive(upload, 0, Readable.from([bytes]))
      return { id: upload.id, hash: sha256(bytes) }
    }
    const first = await leave('square')
    assert.deepEqual(await own.maintain(test.b.id), { expired: 0, finished: 1 })
    assert.equal((await stateOf(test.b, first.id)).sourceId, first.hash)
    const second = await leave('fps25')
    assert.equal((await stateOf(test.b, second.id)).state, 'finishing')
    const sourceId = await eventually('the upload to be finished', async () => {
      const state = await stateOf(test.b, second.id)
      return state.state === 'finishing' ? undefined : state.sourceId
    })
    assert.equal(sourceId, second.hash)
  })

  it('says what it became in the answer to its last bytes, and the same bytes become the same source', async () => {
    const bytes = await readFile(await fixture('portrait'))
    const headers = { ...TUS, 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' }
    for (const time of ['once', 'twice']) {
      const place = await begin(test.b, bytes.length, `${time}.mp4`)
      const answer = await test.request(test.b, 'PATCH', behind(place), { headers, body: bytes })
      assert.equal(answer.status, 204)
      assert.equal(answer.headers['upload-state'], 'done')
      assert.equal(answer.headers['upload-source-id'], sha256(bytes))
    }
    const { items } = (await test.request(test.b, 'GET', '/sources?q=once')).body
    assert.equal(items.length, 1)
    assert.equal((await test.request(test.b, 'GET', '/sources?q=twice')).body.items.length, 0)
  })

  it('of no bytes is refused as empty', async () => {
    const place = await begin(test.a, 0)
    const state = await stateOf(test.a, place)
    assert.equal(state.state, 'refused')
    assert.equal(state.problem.code, 'file-empty')
  })

  it('is missing for another profile, whatever that does, and goes on meanwhile', async () => {
    const address = await begin(test.a, 10)
    const place = behind(address)
    const sending = httpRequest(`${base}${address}`, {
      method: 'PATCH',
      headers: {
        ...headersOf(test.a),
        ...TUS,
        'content-type': 'application/offset+octet-stream',
        'upload-offset': 0,
        'content-length': 10,
      },
    })
    const answered = once(sending, 'response')
    sending.write('01234')
    await eventually('the bytes to arrive', async () =>
      (await stateOf(test.a, place)).receivedBytes === 5 ? true : undefined,
    )
    const more = { ...TUS, 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' }
    const asked = [
      await test.request(test.b, 'GET', place),
      await test.request(test.b, 'HEAD', place, { headers: TUS }),
      await test.request(test.b, 'DELETE', place, { headers: TUS }),
      await test.request(test.b, 'PATCH', place, { headers: more, body: Buffer.from('0123456789') }),
    ]
    assert.deepEqual(
      asked.map(({ status }) => status),
      [404, 404, 404, 404],
    )
    sending.end('56789')
    const [{ statusCode, headers }] = await answered
    assert.deepEqual([statusCode, headers['upload-offset']], [204, '10'])
    assert.equal((await test.request(test.a, 'DELETE', place, { headers: TUS })).status, 204)
    assert.equal((await test.request(test.a, 'GET', place)).status, 404)
    assert.equal((await test.request(test.a, 'GET', '/uploads/nonsense')).status, 404)
  })

  it('that nobody goes on with is forgotten, and its room is free again', async () => {
    const c = await test.newProfile()
    const place = behind(await begin(c, 5 * MIB))
    assert.equal((await test.request(c, 'GET', '/storage')).body.uploadBytes, 5 * MIB)
    const own = uploadsOf(test.service)
    assert.deepEqual(await own.maintain(c.id), { expired: 0, finished: 0 })
    await test.service.db.ofProfile(c.id, (tx) =>
      tx.update(uploads).set({ expiresAt: new Date(Date.now() - 1000) }),
    )
    assert.deepEqual(await own.maintain(c.id), { expired: 1, finished: 0 })
    assert.equal((await test.request(c, 'GET', place)).status, 404)
    assert.deepEqual(await uploadFolder(c), [])
    assert.equal((await test.request(c, 'GET', '/storage')).body.uploadBytes, 0)
  })

  it('that came in one request frees its room within the hour where its server was killed', async () => {
    const c = await test.newProfile()
    const own = uploadsOf(test.service)
    const upload = await own.begin(c.id, { name: 'a.mp4', sizeBytes: MIB, resumable: false })
    await own.receive(upload, 0, Readable.from([Buffer.from('some')]))
    const [row] = await test.service.db.ofProfile(c.id, (tx) => tx.select().from(uploads))
    const minutes = ((row?.expiresAt.getTime() ?? 0) - Date.now()) / 60_000
    assert.ok(minutes > 50 && minutes <= 60, `${minutes} minutes`)
  })

  it('is refused where quota or size limit would be passed', async () => {
    const c = await test.newProfile()
    await setLimits(test, c, { storageBytes: 10 * MIB })
    await begin(c, 6 * MIB)
    const second = await test.request(c, 'POST', '/uploads', {
      headers: { ...TUS, 'upload-length': String(6 * MIB) },
    })
    assert.equal(second.status, 507)
    assert.equal(second.body.code, 'quota-exceeded')
    assert.deepEqual(second.body.details, { limit: 10 * MIB, used: 6 * MIB, needed: 6 * MIB })
    const huge = await test.request(test.a, 'POST', '/uploads', {
      headers: { ...TUS, 'upload-length': String(test.service.maxUploadBytes + 1) },
    })
    assert.equal(huge.status, 413)
    assert.equal(huge.body.code, 'body-too-large')
  })

  it('answers mistakes of the protocol with a problem, and opens itself to no other page', async () => {
    const place = behind(await begin(test.a, 10))
    const wrong = await test.request(test.a, 'PATCH', place, {
      headers: { ...TUS, 'upload-offset': '4', 'content-type': 'application/offset+octet-stream' },
      body: Buffer.from('456789'),
    })
    assert.equal(wrong.status, 409)
    assert.match(String(wrong.headers['content-type']), /^application\/problem\+json/)
    const unversioned = await test.request(test.a, 'HEAD', place)
    assert.equal(unversioned.status, 412)
    const tooMuch = await test.request(test.a, 'PATCH', place, {
      headers: { ...TUS, 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' },
      body: Buffer.from('0123456789abc'),
    })
    assert.equal(tooMuch.status, 413)
    // Extensions that are not offered.
    const offered = { ...TUS, 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' }
    const unknown = [
      await test.request(test.a, 'POST', '/uploads', { headers: { ...TUS, 'upload-defer-length': '1' } }),
      await test.request(test.a, 'POST', '/uploads', { headers: { ...TUS, 'upload-concat': 'partial' } }),
      await test.request(test.a, 'PATCH', place, {
        headers: { ...offered, 'upload-length': '10' },
        body: Buffer.from('0123456789'),
      }),
    ]
    for (const { status, body } of unknown) assert.deepEqual([status, body.code], [400, 'request-invalid'])
    const options = await test.request(test.a, 'OPTIONS', '/uploads', {
      headers: { ...TUS, origin: 'https://elsewhere.example' },
    })
    assert.equal(options.headers['tus-extension'], 'creation,creation-with-upload,termination,expiration')
    assert.equal(options.headers['access-control-allow-origin'], undefined)
  })
})

/** A second server on the same data, which knows nothing of what the first had in memory. */
async function restarted(database: Parameters<typeof openService>[0]['database'], log: Service['log']) {
  const stack = new AsyncDisposableStack()
  const settings = { ...readConfig(), dataDir: test.dataDir, database }
  const service = await openService(settings, { supervise: false, log })
  stack.defer(() => service.close())
  const app = await buildServer(service, { authentication: true, version: '0.0.0-test' })
  stack.defer(() => app.close())
  return {
    base: await app.listen({ host: '127.0.0.1', port: 0 }),
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  }
}
