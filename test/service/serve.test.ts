import assert from 'node:assert/strict'
import { request } from 'node:http'
import path from 'node:path'
import { after, describe, it } from 'node:test'
import { cutroom, records } from '../cli/cli.ts'
import { fixture } from '../fixtures/fixtures.ts'
import { eventually, temporaryFolder } from '../support/children.ts'
import { clientOf, clientOfOwner, newProfile, OWNER, startServer } from './server.ts'

const opened = new AsyncDisposableStack()
after(() => opened.disposeAsync())
const folder = opened.use(await temporaryFolder())
const data = path.join(folder.path, 'data')
const server = opened.use(await startServer(data))
const client = await clientOfOwner(server)
const acme = await newProfile(client, 'Acme')

const TUS = { 'tus-resumable': '1.0.0' }
const FIRST_BYTES = 1000
/** The place of an upload that the server was stopped in the middle of. */
let upload = ''

/** A command of a person at the machine of the server, with the same data folder. */
const beside = async (...args: string[]) => {
  const { exitCode, stdout, stderr } = await cutroom([...args, '--data', data, '--json'])
  return { exitCode, said: records(stdout), complaint: String(stderr) }
}

describe('cutroom serve', () => {
  it('says where it is, and gives one link that makes one owner', async () => {
    assert.match(
      server.printed(),
      /^Cutroom is ready: http:\/\/127\.0\.0\.1:\d+\nOpen this link .*\n {2}(http\S+)\/setup#\S+\n$/,
    )
    const token = /#(\S+)\n/.exec(server.printed())?.[1]
    const again = await client.request('POST', '/session/setup', { token, ...OWNER })
    assert.deepEqual([again.status, again.body.code], [404, 'not-found'])
    const signIn = await client.request('POST', '/session', { email: OWNER.email, password: OWNER.password })
    assert.equal(signIn.status, 200)
    assert.equal(signIn.body.role, 'owner')
  })

  it('is the only server of its data folder', async () => {
    const { exitCode, stderr } = await cutroom(['serve', '--data', data, '--port', '0'])
    assert.equal(exitCode, 6, String(stderr))
    assert.match(String(stderr), /data-folder-in-use/)
    assert.equal((await fetch(`${server.url}/readyz`)).status, 200, 'the first server suffered')
  })

  it('shares its data folder with the command line', async () => {
    const footage = await fixture('hard-cuts')
    const [made, key, uploaded] = await Promise.all([
      beside('profiles', 'create', 'Birch', '--colour', '#008844'),
      beside('keys', 'create', 'readers', '--access', 'read', '--for', 'Acme'),
      beside('sources', 'upload', footage, '--profile', 'acme'),
    ])
    assert.equal(made.exitCode, 0, made.complaint)
    assert.equal(made.said[0]?.colour, '#008844')
    assert.equal(key.exitCode, 0, key.complaint)
    assert.equal(uploaded.exitCode, 0, uploaded.complaint)

    const names = (await client.ask('GET', '/profiles')).items.map(({ name }: { name: string }) => name)
    assert.deepEqual(names.sort(), ['Acme', 'Birch'])
    const reader = clientOf(server.url, String(key.said[0]?.secret))
    const { items } = await reader.ask('GET', '/jobs?kind=ingest')
    assert.equal(items[0].sourceId, uploaded.said[0]?.id)
    await acme.done(items[0].id)
    const refused = await reader.request('POST', '/projects', { name: 'No' })
    assert.deepEqual([refused.status, refused.body.code], [403, 'forbidden'])

    const [jobs, sources] = await Promise.all([
      beside('jobs', 'list', '--profile', 'acme'),
      beside('sources', 'list', '--profile', 'acme'),
    ])
    assert.deepEqual([jobs.said[0]?.kind, jobs.said[0]?.state], ['ingest', 'done'])
    assert.deepEqual([sources.said[0]?.type, sources.said[0]?.state], ['source', 'ready'])

    const revoked = await beside('keys', 'revoke', String(key.said[0]?.id))
    assert.equal(revoked.exitCode, 0, revoked.complaint)
    assert.equal((await reader.request('GET', '/jobs')).status, 401)
  })

  it('makes a link for a new password', async () => {
    const { exitCode, said, complaint } = await beside('reset-password', 'ADA@example.org')
    assert.equal(exitCode, 0, complaint)
    const token = String(said[0]?.link).split('#')[1]
    const password = 'a wholly new password'
    assert.equal((await client.request('POST', '/session/reset', { token, password })).status, 200)
    const signIn = (word: string) =>
      client.request('POST', '/session', { email: OWNER.email, password: word })
    assert.equal((await signIn(OWNER.password)).status, 401)
    assert.equal((await signIn(password)).status, 200)
    const nobody = await beside('reset-password', 'nobody@example.org')
    assert.deepEqual([nobody.exitCode, nobody.said[0]?.code], [2, 'not-found'])
  })

  it('writes a backup while it runs, which a new data folder takes', async () => {
    const file = path.join(folder.path, 'studio.backup')
    const { exitCode, complaint } = await beside('backup', file)
    assert.equal(exitCode, 0, complaint)
    const other = path.join(folder.path, 'restored')
    const restored = await cutroom(['restore', file, '--data', other])
    assert.equal(restored.exitCode, 0, String(restored.stderr))
    assert.match(String(restored.stdout), /^Restored the backup of 20/)
    await using second = await startServer(other)
    const same = clientOf(second.url, client.key, acme.profileId)
    const [before, now] = await Promise.all([acme.ask('GET', '/sources'), same.ask('GET', '/sources')])
    assert.deepEqual(now, before)
    assert.doesNotMatch(second.printed(), /setup#/, 'a studio that has an owner offers its owner’s place')
    const refused = await beside('restore', file)
    assert.equal(refused.exitCode, 6)
    assert.match(String(refused.said[0]?.code), /^da(ta|tabase)-/)
  })

  it('is not kept from stopping by who listens to it or uploads slowly', async () => {
    const listening = await fetch(`${server.url}/api/v1/events`, { headers: acme.headers })
    const begun = await acme.request('POST', '/uploads', undefined, { ...TUS, 'upload-length': '1000000' })
    upload = String(begun.headers.get('location')).replace('/api/v1', '')
    const sending = request(`${server.url}/api/v1${upload}`, {
      method: 'PATCH',
      headers: {
        ...acme.headers,
        ...TUS,
        'upload-offset': '0',
        'content-type': 'application/offset+octet-stream',
      },
    })
    const broken = new Promise((resolve) => sending.once('error', resolve))
    sending.write(Buffer.alloc(FIRST_BYTES))
    await eventually(
      'the first bytes are here',
      async () => (await acme.ask('GET', upload)).receivedBytes === FIRST_BYTES || undefined,
    )
    // One that hangs is killed, and has no exit code.
    assert.equal(await server.end('SIGTERM'), 0)
    assert.match(await listening.text(), /^retry: /)
    await broken
  })

  it('is ready again with all that it had, and lets everybody here in where authentication is off', async () => {
    await using again = await startServer(data, { env: { CUTROOM_AUTH: 'off' } })
    assert.equal((await fetch(`${again.url}/readyz`)).status, 200)
    assert.match(again.printed(), /\nAuthentication is off: everybody on this machine is the owner\.\n$/)
    assert.equal((await fetch(`${again.url}/api/v1/people`)).status, 200, 'it asks who somebody is')
    const same = clientOf(again.url, client.key, acme.profileId)
    assert.equal((await same.ask('GET', '/profiles')).items.length, 2)
    const offset = await same.request('HEAD', upload, undefined, TUS)
    assert.equal(offset.headers.get('upload-offset'), String(FIRST_BYTES), 'an upload lost its bytes')
  })
})
