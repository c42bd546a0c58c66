import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, it } from 'node:test'
import type { Profile } from '@cutroom/contracts'
import { cutroom, records } from '../cli/cli.ts'
import { fixture } from '../fixtures/fixtures.ts'
import { eventually } from '../support/children.ts'
import { SMALL } from '../support/presets.ts'
import { clientOf, clientOfOwner, clipOf, longRender, newProfile, OWNER, serverOfFile } from './server.ts'

const server = await serverOfFile()
const owner = await clientOfOwner(server)
const acme = await newProfile(owner, 'Acme')
const footage = await fixture('eight-shots')
const env = { CUTROOM_SERVER: server.url, CUTROOM_KEY: owner.key }

/** A command against the server. */
async function remote(...args: string[]) {
  const { exitCode, stdout, stderr } = await cutroom([...args, '--json'], { env })
  const said = records(stdout)
  return { exitCode, said, error: said.find(({ type }) => type === 'error'), complaint: String(stderr) }
}

const make = (out: string, ...more: string[]): string[] => [
  ...['make', footage, '--profile', 'acme', '--out', path.join(server.folder, out), '--preset', 'source'],
  ...['--variants', '2', '--seed', '7', '--script', 'Same words, same pictures, same bytes.', ...more],
]

/** Goes on beyond a clip of two seconds. */
const LONG_SRT =
  '1\n00:00:01,000 --> 00:00:04,000\nAuf geht’s, Élan\n\n2\n00:00:05,000 --> 00:00:06,000\nNever\n'

/** Hashes of the files of a folder, whatever their names. */
async function hashesIn(name: string, extension: string): Promise<string[]> {
  const root = path.join(server.folder, name)
  const files = (await readdir(root)).filter((file) => file.endsWith(extension))
  const contents = await Promise.all(files.map((file) => readFile(path.join(root, file))))
  return contents.map((bytes) => createHash('sha256').update(bytes).digest('hex')).sort()
}

describe('cutroom --server', () => {
  it('makes the same files as on this machine', async () => {
    const [there, here] = await Promise.all([
      remote(...make('there', '--sidecar', 'srt')),
      cutroom(make('here', '--sidecar', 'srt', '--data', path.join(server.folder, 'here-data'))),
    ])
    assert.equal(there.exitCode, 0, JSON.stringify(there.error) + there.complaint)
    assert.equal(here.exitCode, 0, String(here.stderr))
    const exports = there.said.filter(({ type }) => type === 'export')
    assert.equal(exports.length, 2)
    assert.ok(
      there.said.some(({ type }) => type === 'stage-done'),
      'it told nothing of its progress',
    )
    const films = await hashesIn('there', '.mp4')
    assert.equal(new Set(films).size, 2)
    assert.deepEqual(films, await hashesIn('here', '.mp4'))
    assert.deepEqual(await hashesIn('there', '.srt'), await hashesIn('here', '.srt'))
  })

  it('takes what is not named from the profile, and caption files in every encoding that it takes here', async () => {
    await acme.ask('POST', '/presets', SMALL)
    const defaults = { preset: SMALL.id, captionStyle: 'boxed', voice: 'espeak:ro' }
    await acme.ask('PATCH', `/profiles/${acme.profileId}`, { defaults })
    const srt = path.join(server.folder, 'wide.srt')
    await writeFile(srt, Buffer.from(`\ufeff${LONG_SRT}`, 'utf16le'))
    const latin = path.join(server.folder, 'latin.srt')
    await writeFile(latin, Buffer.from(LONG_SRT, 'latin1'))
    const plain = (out: string, ...more: string[]) =>
      remote(
        ...['make', footage, '--profile', 'acme', '--out', path.join(server.folder, out)],
        ...['--variants', '1', '--duration', '2', '--sidecar', 'srt', ...more],
      )
    const [silent, captioned, own, refused] = await Promise.all([
      plain('silent'),
      plain('captioned', '--srt', srt),
      plain('own', '--preset', SMALL.id, '--captions', 'none', '--voice', 'espeak:en-us', '--script', 'Hi.'),
      plain('refused', '--srt', latin),
    ])
    for (const { exitCode, error, complaint } of [silent, captioned, own])
      assert.equal(exitCode, 0, JSON.stringify(error) + complaint)
    assert.deepEqual([refused.exitCode, refused.error?.code], [3, 'captions-unreadable'])
    assert.ok(!refused.said.some(({ type }) => type === 'uploaded'), 'the footage was uploaded first')

    const files = await readdir(path.join(server.folder, 'silent'))
    assert.equal(files.length, 1)
    assert.match(String(files[0]), new RegExp(`-${SMALL.id}\\.mp4$`))
    const [sidecar] = (await readdir(path.join(server.folder, 'captioned'))).filter((name) =>
      name.endsWith('.srt'),
    )
    const text = await readFile(path.join(server.folder, 'captioned', String(sidecar)), 'utf8')
    assert.equal(text, '1\n00:00:01,000 --> 00:00:02,000\nAuf geht’s, Élan\n')
    const { items } = await acme.ask('GET', '/clips?limit=3')
    const made = items.map(({ captionStyle, voice }: Record<string, unknown>) => [captionStyle, voice])
    assert.deepEqual(made.sort(), [
      [null, 'espeak:en-us'],
      ['boxed', 'espeak:ro'],
      ['boxed', 'espeak:ro'],
    ])
  })

  it('manages keys for an owner who signs in, and for nobody else', async () => {
    const keys = (input: string, ...args: string[]) =>
      cutroom(['keys', ...args, '--json'], { env: { CUTROOM_SERVER: server.url }, input })
    const asAda = (...args: string[]) => keys(`${OWNER.password}\n`, ...args, '--email', OWNER.email)
    const made = await asAda('create', 'far', '--access', 'read', '--for', 'Acme')
    assert.equal(made.exitCode, 0, String(made.stderr))
    const [{ id, secret }] = records(made.stdout) as [{ id: string; secret: string }]
    const far = clientOf(server.url, secret)
    assert.equal((await far.request('GET', '/clips')).status, 200)
    const revoked = await asAda('revoke', id)
    assert.equal(revoked.exitCode, 0, String(revoked.stderr))
    assert.equal((await far.request('GET', '/clips')).status, 401)

    const wrong = await keys('guess\n', 'list', '--email', OWNER.email)
    const nobody = await keys('', 'list')
    const codes = [wrong, nobody].map(({ stdout }) => records(stdout).at(-1)?.code)
    assert.deepEqual(codes, ['unauthenticated', 'usage-invalid'])
    assert.equal(nobody.exitCode, 2)
  })

  it('ends the job on the server with Ctrl-C', async () => {
    const running = cutroom(make('never', '--duration', '12', '--preset', 'reels', '--seed', '8', '--json'), {
      env,
    })
    const job = await eventually('the job runs', async () => {
      const { items } = await acme.ask('GET', '/jobs?kind=one-shot&state=running')
      return items[0]
    })
    running.kill('SIGINT')
    const { exitCode, stdout } = await running
    assert.equal(exitCode, 130, String(stdout))
    await acme.job(job.id, ({ state }) => state === 'cancelled')
    assert.equal((await readdir(server.folder)).includes('never'), false)
  })

  it('says what is wrong with the code, remedy and exit code of the command line', async () => {
    const list = ['sources', 'list', '--json']
    const nowhere = { ...env, CUTROOM_SERVER: 'http://127.0.0.1:9' }
    const [voice, profile, text, short, key, keyless, strange, nameless, unreachable] = await Promise.all([
      remote(...make('never', '--voice', 'espeak:nobody')),
      remote('sources', 'list', '--profile', 'Nobody'),
      remote('sources', 'upload', await fixture('text-named')),
      remote('make', footage, '--profile', 'acme', '--duration', '300', '--variants', '1'),
      cutroom(list, { env: { ...env, CUTROOM_KEY: 'cut_wrong' } }),
      cutroom([...list, '--server', server.url]),
      cutroom(list, { env: { ...env, CUTROOM_KEY: 'clé–' } }),
      cutroom([...list, '--server', 'localhost'], { env }),
      cutroom(list, { env: nowhere }),
    ])
    const told = [voice, profile, text, short].map(({ exitCode, error }) => [exitCode, error?.code])
    assert.deepEqual(told, [
      [2, 'voice-unknown'],
      [2, 'not-found'],
      [3, 'media-unrecognised'],
      [4, 'footage-too-short'],
    ])
    for (const { error } of [voice, profile, text, short]) assert.ok(String(error?.remedy).length > 10)
    const { items } = await acme.ask('GET', '/jobs?state=failed')
    const watched = await remote('jobs', 'watch', items[0].id)
    assert.deepEqual(
      [watched.exitCode, watched.error?.message],
      [4, short.error?.message],
      'a job that failed is told of in other words',
    )
    const others = [key, keyless, strange, nameless, unreachable].map(({ exitCode, stdout }) => [
      exitCode,
      records(stdout)[0]?.code,
    ])
    assert.deepEqual(others, [
      [2, 'unauthenticated'],
      [2, 'usage-invalid'],
      [2, 'unauthenticated'],
      [2, 'usage-invalid'],
      [6, 'server-unreachable'],
    ])
  })

  it('cancels, retries and watches a job', async () => {
    const source = await acme.source(footage)
    const id = await longRender(acme, await clipOf(acme, source, 8), 'own')
    const cancelled = await remote('jobs', 'cancel', id)
    assert.equal(cancelled.exitCode, 0, JSON.stringify(cancelled.error))
    await acme.job(id, ({ state }) => state === 'cancelled')
    const watchedTooLate = await remote('jobs', 'watch', id)
    assert.deepEqual([watchedTooLate.exitCode, watchedTooLate.error?.code], [130, 'cancelled'])

    const retried = await remote('jobs', 'retry', id)
    assert.deepEqual([retried.exitCode, retried.said[0]?.id], [0, id])
    const watched = await remote('jobs', 'watch', id, '--profile', 'ACME')
    assert.equal(watched.exitCode, 0, JSON.stringify(watched.error))
    assert.ok(watched.said.some(({ type, stage }) => type === 'stage-started' && stage === 'render'))
    assert.deepEqual([watched.said.at(-1)?.type, watched.said.at(-1)?.state], ['job', 'done'])
    const again = await remote('jobs', 'retry', id)
    assert.deepEqual([again.exitCode, again.error?.code], [2, 'conflict'])
  })

  it('uploads, shows and deletes sources', async () => {
    const file = await fixture('hard-cuts')
    const uploaded = await remote('sources', 'upload', file)
    assert.equal(uploaded.exitCode, 0, JSON.stringify(uploaded.error))
    const id = String(uploaded.said[0]?.id)
    assert.deepEqual(
      (await remote('sources', 'list', '--search', 'hard')).said.map((source) => source.id),
      [id],
    )
    await eventually(
      'it is ingested',
      async () => (await acme.ask('GET', `/sources/${id}`)).state === 'ready' || undefined,
    )
    const deleted = await remote('sources', 'delete', id.slice(0, 12))
    assert.equal(deleted.exitCode, 0, JSON.stringify(deleted.error))
    const gone = await remote('sources', 'show', id)
    assert.deepEqual([gone.exitCode, gone.error?.code], [2, 'not-found'])
  })

  it('makes, changes and deletes profiles', async () => {
    assert.equal((await remote('profiles', 'create', 'Cedar')).exitCode, 0)
    const changed = await remote(
      ...['profiles', 'update', 'cedar', '--name', 'Dune', '--description', 'Sand', '--preset', 'tiktok'],
      ...['--storage', '20GB', '--monthly-spend', '5'],
    )
    const { name, description, defaults, limits } = changed.said[0] as unknown as Profile
    assert.deepEqual([name, description, defaults.preset], ['Dune', 'Sand', 'tiktok'])
    assert.deepEqual(limits, {
      ...{ jobsAtOnce: 2, scratchBytes: null, storageBytes: 20e9, monthlySpendMicros: 5_000_000 },
    })
    assert.equal((await remote('profiles', 'default', 'Dune')).said[0]?.isDefault, true)
    const refused = await remote('profiles', 'delete', 'Dune', '--yes')
    assert.deepEqual([refused.exitCode, refused.error?.code], [2, 'conflict'])
    assert.equal((await remote('profiles', 'default', 'Acme')).exitCode, 0)
    assert.equal((await remote('profiles', 'delete', 'Dune', '--yes')).exitCode, 0)
    const { said } = await remote('profiles', 'list')
    assert.deepEqual(
      said.map(({ name }) => name),
      ['Acme'],
    )
  })

  it('cleans scratch of the profile on the server', async () => {
    const { exitCode, said, error } = await remote('clean', '--profile', 'acme', '--dry-run')
    assert.equal(exitCode, 0, JSON.stringify(error))
    assert.deepEqual(said, [{ type: 'clean', removed: [], kept: [], bytesFreed: 0 }])
  })
})
