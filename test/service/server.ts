import assert from 'node:assert/strict'
import { openAsBlob } from 'node:fs'
import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { after } from 'node:test'
import { type JobRecord, jobSchema } from '@cutroom/contracts'
import { cutroom } from '../cli/cli.ts'
import { eventually, ffmpegRuns, temporaryFolder } from '../support/children.ts'
import { databaseUrl, testDatabase } from '../support/postgres.ts'
import { REELS, SMALL } from '../support/presets.ts'

/** `cutroom serve`, `api` or `worker` in a process of its own, on a port of its own. */
export interface Server extends AsyncDisposable {
  /** `http://127.0.0.1:…`; empty for a worker without a port. */
  readonly url: string
  /** What it has printed for people. */
  printed(): string
  /** Sends a signal; returns the exit code. */
  end(signal: NodeJS.Signals): Promise<number | undefined>
}

interface ServerOptions {
  readonly command?: 'serve' | 'api' | 'worker'
  readonly env?: Record<string, string>
}

/** Settings of whoever runs the tests are not those of their servers. */
const QUIET = { CUTROOM_LOG_LEVEL: 'info' }

/** Starts a server on a data folder. Fails with its log where it ends before it is ready. */
export async function startServer(dataDir: string, options: ServerOptions = {}): Promise<Server> {
  const { command = 'serve', env = {} } = options
  const port = command === 'worker' ? [] : ['--port', '0']
  const running = cutroom([command, '--data', dataDir, ...port], { env: { ...QUIET, ...env } })
  let printed = ''
  let log = ''
  let hasEnded = false
  running.stdout?.on('data', (chunk) => {
    printed += chunk
  })
  running.stderr?.on('data', (chunk) => {
    log += chunk
  })
  const ended = Promise.resolve(running).then(({ exitCode }) => {
    hasEnded = true
    return exitCode
  })
  const isReady = async () => {
    if (hasEnded) throw new Error(`${command} ended at once.\n${printed}${log}`)
    if (command === 'worker' && !log.includes('the worker takes jobs')) return undefined
    const address = /^(?:Cutroom is ready|Health and metrics of this worker): (\S+)\n/.exec(printed)?.[1]
    return command === 'worker' ? (address ?? '') : address
  }
  const url = await eventually(`${command} is ready`, isReady)
  const end = (signal: NodeJS.Signals) => {
    running.kill(signal)
    return ended
  }
  return {
    url,
    printed: () => printed,
    end,
    [Symbol.asyncDispose]: async () => {
      if (!hasEnded) await end('SIGTERM')
    },
  }
}

/**
 * `cutroom serve` of a test file's own, gone at its end: with a data folder in a folder of its own, and on the PostgreSQL of the whole run, which
 * costs less than one that the server brings along.
 */
export async function serverOfFile(): Promise<Server & { readonly folder: string; readonly data: string }> {
  const opened = new AsyncDisposableStack()
  // Before the database registers its own end, since ends come in the order in which they were asked for.
  after(() => opened.disposeAsync())
  const folder = opened.use(await temporaryFolder()).path
  const DATABASE_URL = databaseUrl(await testDatabase())
  const data = path.join(folder, 'data')
  const server = opened.use(await startServer(data, { env: { DATABASE_URL } }))
  return { ...server, folder, data }
}

/** JSON as a client without types sees it. */
// biome-ignore lint/suspicious/noExplicitAny: the assertions say what it is.
type Json = any

interface Answer {
  readonly status: number
  readonly body: Json
  readonly headers: Headers
  readonly bytes: Buffer
}

/** A program that uses the API with a key. */
export interface Client {
  readonly url: string
  readonly key: string
  readonly headers: Readonly<Record<string, string>>
  /** JSON in and out; `place` starts behind `/api/v1`. */
  request(method: string, place: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>
  /** The body of an answer. Fails with the problem of one that is none of 2xx. */
  ask(method: string, place: string, body?: unknown): Promise<Json>
  /** Uploads a file in one request and waits until it is ingested. Returns the id of the source. */
  source(file: string): Promise<string>
  /** Waits until a job is as wanted. */
  job(id: string, wanted: (job: JobRecord) => boolean): Promise<JobRecord>
  /** Waits for the end of a job. Fails with its problem unless it is done. */
  done(id: string): Promise<JobRecord>
}

export const ENDED: readonly string[] = ['done', 'failed', 'cancelled']

/** `profileId`: the profile that its requests are about; the default one where missing. */
export function clientOf(url: string, key: string, profileId?: string): Client {
  const ownHeaders = { authorization: `Bearer ${key}`, ...(profileId && { 'x-profile-id': profileId }) }

  async function send(method: string, place: string, init: RequestInit): Promise<Answer> {
    const headers = { ...ownHeaders, ...(init.headers as Record<string, string>) }
    const response = await fetch(`${url}/api/v1${place}`, { ...init, method, headers })
    const bytes = Buffer.from(await response.arrayBuffer())
    const isJson = /\bjson\b/.test(response.headers.get('content-type') ?? '')
    const body = isJson ? JSON.parse(bytes.toString()) : bytes.toString()
    return { status: response.status, body, headers: response.headers, bytes }
  }

  const request: Client['request'] = (method, place, body, headers = {}) =>
    send(
      method,
      place,
      body === undefined
        ? { headers }
        : { body: JSON.stringify(body), headers: { 'content-type': 'application/json', ...headers } },
    )

  const ask: Client['ask'] = async (method, place, body) => {
    const answer = await request(method, place, body)
    assert.ok(answer.status < 300, `${method} ${place}: ${JSON.stringify(answer.body)}`)
    return answer.body
  }

  const job: Client['job'] = (id, wanted) =>
    eventually(`job ${id} is as wanted`, async () => {
      const found = jobSchema.parse(await ask('GET', `/jobs/${id}`))
      return wanted(found) ? found : undefined
    })

  return {
    url,
    key,
    headers: ownHeaders,
    request,
    ask,
    async source(file) {
      const form = new FormData()
      form.append('file', await openAsBlob(file), path.basename(file))
      const { status, body } = await send('POST', '/sources', { body: form })
      assert.ok(status === 200 || status === 201, JSON.stringify(body))
      await eventually(
        'the source is ingested',
        async () => (await ask('GET', `/sources/${body.id}`)).state === 'ready' || undefined,
      )
      return body.id
    },
    job,
    async done(id) {
      const ended = await job(id, ({ state }) => ENDED.includes(state))
      assert.equal(ended.state, 'done', JSON.stringify(ended.problem))
      return ended
    },
  }
}

export const OWNER = { email: 'ada@example.org', password: 'correct horse battery', name: 'Ada' }

/** Becomes the owner by the link that a new server printed, and makes a key for all profiles. */
export async function clientOfOwner(server: Server): Promise<Client> {
  const { url } = server
  const token = await eventually('the link is printed', async () => /#(\S+)\n/.exec(server.printed())?.[1])
  const headers = { 'content-type': 'application/json', origin: url }
  const post = (place: string, body: object, more = {}) =>
    fetch(`${url}/api/v1${place}`, {
      method: 'POST',
      headers: { ...headers, ...more },
      body: JSON.stringify(body),
    })
  const setUp = await post('/session/setup', { token, ...OWNER })
  assert.equal(setUp.status, 201, await setUp.clone().text())
  const cookie = setUp.headers.get('set-cookie')?.split(';')[0] ?? ''
  const made = await post('/keys', { name: 'tests', access: 'write', profileIds: null }, { cookie })
  assert.equal(made.status, 201, await made.clone().text())
  const { secret } = (await made.json()) as { secret: string }
  return clientOf(url, secret)
}

/** The same key, about a new profile. */
export async function newProfile(client: Client, name: string): Promise<Client & { profileId: string }> {
  const { id } = await client.ask('POST', '/profiles', { name })
  return { ...clientOf(client.url, client.key, id), profileId: id }
}

/** A clip of a source: a project of its own and one variant. Returns the id of the clip. */
export async function clipOf(client: Client, sourceId: string, seconds: number): Promise<string> {
  const project = await client.ask('POST', '/projects', {
    name: 'One clip',
    targetSeconds: seconds,
    sourceIds: [sourceId],
  })
  const { id } = await client.ask('POST', `/projects/${project.id}/generate`, { count: 1 })
  const { result } = await client.done(id)
  return (result as { clipIds: string[] }).clipIds[0] ?? ''
}

/** Twice as many pictures as any preset that comes with Cutroom: none of these renders ends before a test has met it. */
const LONG = { ...REELS, frameRate: 60 }

/**
 * Orders a render for a new preset of the profile's own and waits until it encodes pictures, of which it has most before it. Returns the id of
 * its job. The preset is one of small pictures from then on: another attempt is soon done.
 */
export async function longRender(client: Client, clipId: string, presetId: string): Promise<string> {
  await client.ask('POST', '/presets', { ...LONG, id: presetId })
  const { id } = await client.ask('POST', `/clips/${clipId}/render`, { presetId })
  await client.job(id, ({ state, stage, fraction }) => {
    assert.ok(!ENDED.includes(state), `the render is ${state} too soon`)
    return stage === 'render' && fraction > 0
  })
  assert.ok(await ffmpegRuns(id), 'no ffmpeg runs')
  const { id: _id, ...content } = SMALL
  await client.ask('PUT', `/presets/${presetId}`, content)
  return id
}

/** Attempts of a data folder that have scratch, of all profiles or of one. */
export async function scratchIn(dataDir: string, profileId?: string): Promise<string[]> {
  const temp = path.join(dataDir, 'temp')
  const profiles = profileId === undefined ? await readdir(temp).catch(() => []) : [profileId]
  const folders = profiles.map((profile) => readdir(path.join(temp, profile)).catch(() => []))
  return (await Promise.all(folders)).flat()
}
