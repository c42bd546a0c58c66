import { randomUUID } from 'node:crypto'
import { after } from 'node:test'
import { type JobKind, type JobRecord, jobSchema } from '@cutroom/contracts'
import { readConfig } from '../../apps/server/src/config.ts'
import { type OpenedService, openService } from '../../apps/server/src/domain/open-service.ts'
import { createKey } from '../../apps/server/src/domain/people/keys.ts'
import { createProfile } from '../../apps/server/src/domain/profiles/change.ts'
import type { App } from '../../apps/server/src/http/operation.ts'
import { buildServer } from '../../apps/server/src/http/server.ts'
import { createLog } from '../../apps/server/src/log.ts'
import type { Handlers } from '../../apps/server/src/worker/handler.ts'
import { startWorker, type Worker } from '../../apps/server/src/worker/worker.ts'
import { eventually, temporaryFolder } from './children.ts'
import { testDatabase } from './postgres.ts'

/** A profile with a key that may read and write it, and nothing else. */
export interface TestProfile {
  readonly id: string
  readonly key: string
}

export interface Answer {
  readonly status: number
  // biome-ignore lint/suspicious/noExplicitAny: JSON as a client without types sees it; the assertions say what it is.
  readonly body: any
  readonly headers: Readonly<Record<string, unknown>>
  readonly bytes: Buffer
}

export interface RequestOptions {
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

/** A whole service of a test file's own: database, data folder, real tools. Gone at the end of the file. */
export interface TestService {
  readonly service: OpenedService
  readonly app: App
  readonly dataDir: string
  /** The default profile. */
  readonly a: TestProfile
  readonly b: TestProfile
  /** A request of a profile, or of nobody. JSON goes in and comes out; `place` starts behind `/api/v1`. */
  request(by: TestProfile | null, method: string, place: string, options?: RequestOptions): Promise<Answer>
  newProfile(): Promise<TestProfile>
  /** `http://127.0.0.1:…`: for streams and uploads. */
  listen(): Promise<string>
  /** Starts a worker with these handlers, which is stopped at the end of the file. */
  work(handlers: Partial<Handlers>, concurrency?: number): Worker
  /** Waits for the end of a job. Fails with its problem unless it is done. */
  done(by: TestProfile, jobId: string): Promise<JobRecord>
  /** Waits for the end of a job, whichever. */
  ended(by: TestProfile, jobId: string): Promise<JobRecord>
}

export async function startService(): Promise<TestService> {
  const cleanUp = new AsyncDisposableStack()
  // Registered before the database's own end, so that it runs before it: hooks run in the order of registration.
  after(() => cleanUp.disposeAsync())
  const folder = await temporaryFolder()
  cleanUp.use(folder)
  const database = await testDatabase()
  const config = readConfig()
  const log = createLog({ level: 'silent' })
  const service = await openService({ ...config, dataDir: folder.path, database }, { supervise: true, log })
  cleanUp.defer(() => service.close())
  const app = await buildServer(service, { authentication: true, version: '0.0.0-test' })
  cleanUp.defer(() => app.close())

  async function newProfile(): Promise<TestProfile> {
    const { id } = await createProfile(service, { name: `Brand ${randomUUID().slice(0, 8)}` })
    const { secret } = await createKey(service.db, null, { name: 'test', access: 'write', profileIds: [id] })
    return { id, key: secret }
  }
  const a = await newProfile()
  const b = await newProfile()

  async function request(
    by: TestProfile | null,
    method: string,
    place: string,
    options: RequestOptions = {},
  ): Promise<Answer> {
    const { body } = options
    const answer = await app.inject({
      method: method as 'GET',
      url: `/api/v1${place}`,
      headers: {
        ...(by && { authorization: `Bearer ${by.key}`, 'x-profile-id': by.id }),
        ...options.headers,
      },
      ...(body !== undefined && { payload: body as object }),
    })
    const type = String(answer.headers['content-type'] ?? '')
    return {
      status: answer.statusCode,
      body: /json/.test(type) && answer.body !== '' ? JSON.parse(answer.body) : answer.body,
      headers: answer.headers,
      bytes: answer.rawPayload,
    }
  }

  const ENDED = ['done', 'failed', 'cancelled']
  const ended = (by: TestProfile, jobId: string): Promise<JobRecord> =>
    eventually(`the end of job ${jobId}`, async () => {
      const job = jobSchema.parse((await request(by, 'GET', `/jobs/${jobId}`)).body)
      return ENDED.includes(job.state) ? job : undefined
    })

  return {
    service,
    app,
    dataDir: folder.path,
    a,
    b,
    request,
    newProfile,
    listen: () => app.listen({ host: '127.0.0.1', port: 0 }),
    work(handlers, concurrency = 2) {
      const missing = (kind: string) => () =>
        Promise.reject(new Error(`This test has no handler for ${kind}.`))
      const all = new Proxy(handlers, {
        get: (known, kind: JobKind) => known[kind] ?? missing(kind),
      }) as Handlers
      const worker = startWorker({ service, handlers: all, concurrency })
      cleanUp.defer(() => worker.stop({ graceSeconds: 0 }))
      return worker
    },
    ended,
    async done(by, jobId) {
      const job = await ended(by, jobId)
      if (job.state === 'done') return job
      const { kind, state, problem } = job
      throw new Error(
        `The ${kind} job is ${state}: ${problem?.code} ${problem?.detail} ${problem?.toolOutput ?? ''}`,
      )
    },
  }
}
