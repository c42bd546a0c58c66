import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import type { JobRecord, ProfileLimits } from '@cutroom/contracts'
import { LOCAL_CALLER } from '../../apps/server/src/domain/people/caller.ts'
import { changeProfile } from '../../apps/server/src/domain/profiles/change.ts'
import type { Handlers } from '../../apps/server/src/worker/handler.ts'
import { HANDLERS } from '../../apps/server/src/worker/handlers/index.ts'
import { type FixtureName, fixture } from '../fixtures/fixtures.ts'
import { postFile } from '../library/library.ts'
import { lentIngest } from '../support/lent-ingests.ts'
import { type Answer, startService, type TestProfile, type TestService } from '../support/service.ts'

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

/** A service with a worker that does everything, and what tests of clips ask of it. */
export interface TestStudio extends TestService {
  /** Uploads a fixture of this name; returns the id of its source. */
  upload(by: TestProfile, name: FixtureName): Promise<string>
  /** A project with one clip of so many seconds out of sources. Returns the id of the clip. */
  newClip(by: TestProfile, sourceIds: readonly string[], seconds: number): Promise<string>
  clip(by: TestProfile, id: string): Promise<Answer['body']>
  /** Changes a clip as it is now. */
  patch(by: TestProfile, id: string, changes: object): Promise<void>
  /** Posts what queues a job, and waits for its end. */
  run(by: TestProfile, place: string, body?: object, method?: string): Promise<JobRecord>
}

/** `own` handlers stand in for those of the server. */
export async function startStudio(own: Partial<Handlers> = {}): Promise<TestStudio> {
  const service = await startService()
  const base = await service.listen()
  service.work({ ...HANDLERS, ingest: lentIngest, ...own })
  const { request, ended } = service
  const run = async (by: TestProfile, place: string, body?: object, method = 'POST') => {
    const answer = await request(by, method, place, body === undefined ? {} : { body })
    assert.equal(answer.status, 202, JSON.stringify(answer.body))
    return ended(by, answer.body.id)
  }
  const clip = async (by: TestProfile, id: string) => (await request(by, 'GET', `/clips/${id}`)).body
  return {
    ...service,
    run,
    clip,
    async upload(by, name) {
      const { status, body } = await postFile(base, by, await fixture(name))
      assert.ok(status === 201 || status === 200, JSON.stringify(body))
      return body.id
    },
    async newClip(by, sourceIds, seconds) {
      const project = await request(by, 'POST', '/projects', {
        body: { name: 'Test', sourceIds, targetSeconds: seconds },
      })
      const job = await run(by, `/projects/${project.body.id}/generate`, { count: 1, captionStyle: null })
      assert.equal(job.state, 'done', JSON.stringify(job.problem))
      return (job.result as { clipIds: string[] }).clipIds[0] ?? ''
    },
    async patch(by, id, changes) {
      const { version } = await clip(by, id)
      const answer = await request(by, 'PATCH', `/clips/${id}`, { body: { version, ...changes } })
      assert.equal(answer.status, 200, JSON.stringify(answer.body))
    },
  }
}

/** Waits until a source can be used. */
export async function ready(studio: TestStudio, by: TestProfile, sourceId: string): Promise<void> {
  const { body } = await studio.request(by, 'GET', '/jobs?kind=ingest&limit=50')
  const job = body.items.find((item: JobRecord) => item.sourceId === sourceId)
  if (job) await studio.done(by, job.id)
}

/** What a refusal says: status, code and field. */
export const said = ({ status, body }: Answer): string =>
  [status, body.code, body.field].filter((part) => part !== undefined).join(' ')

/** Sets limits of a profile, as an owner does. */
export const limitProfile = (
  { service }: TestStudio,
  { id }: TestProfile,
  limits: Partial<ProfileLimits>,
): Promise<unknown> => changeProfile(service, LOCAL_CALLER, id, { limits })
