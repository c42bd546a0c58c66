import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { ProfileLimits } from '@cutroom/contracts'
import { LOCAL_CALLER } from '../../apps/server/src/domain/people/caller.ts'
import { changeProfile } from '../../apps/server/src/domain/profiles/change.ts'
import { ingest } from '../../apps/server/src/worker/handlers/ingest.ts'
import { eventually } from '../support/children.ts'
import type { TestProfile, TestService } from '../support/service.ts'

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

/** What a client without types reads of an answer. */
// biome-ignore lint/suspicious/noExplicitAny: the assertions say what it is.
type Json = any

export interface FormAnswer {
  readonly status: number
  readonly body: Json
}

/** Uploads a file by one request, as a form does. */
export async function postFile(
  base: string,
  by: TestProfile,
  file: string | Uint8Array,
  name = typeof file === 'string' ? path.basename(file) : 'bytes.mp4',
): Promise<FormAnswer> {
  const bytes = typeof file === 'string' ? await readFile(file) : file
  const form = new FormData()
  form.set('file', new Blob([bytes as Uint8Array<ArrayBuffer>]), name)
  const answer = await fetch(`${base}/api/v1/sources`, { method: 'POST', headers: headersOf(by), body: form })
  return { status: answer.status, body: await answer.json() }
}

export const headersOf = (by: TestProfile): Record<string, string> => ({
  authorization: `Bearer ${by.key}`,
  'x-profile-id': by.id,
})

/** Waits until a source is no longer being worked on. */
export const settled = (test: TestService, by: TestProfile, id: string): Promise<Json> =>
  eventually(`the ingest of ${id}`, async () => {
    const { body } = await test.request(by, 'GET', `/sources/${id}`)
    return ['waiting', 'ingesting'].includes(body.state) ? undefined : body
  })

/** Uploads a file and waits until it is ready. */
export async function readySource(
  test: TestService,
  base: string,
  by: TestProfile,
  file: string,
  name?: string,
): Promise<Json> {
  const { body } = await postFile(base, by, file, name)
  const source = await settled(test, by, body.id)
  assert.equal(source.state, 'ready', JSON.stringify(source.problem))
  return source
}

/** Starts a worker that ingests. */
export const startIngesting = (test: TestService) => test.work({ ingest })

/** Sets limits of a profile; those that are not named stay. */
export async function setLimits(
  { service }: TestService,
  by: TestProfile,
  limits: Partial<ProfileLimits>,
): Promise<void> {
  await changeProfile(service, LOCAL_CALLER, by.id, { limits })
}
