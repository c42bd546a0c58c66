import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { type TestContext, test } from 'node:test'
import { CutroomError } from '@cutroom/contracts'
import type { ApiClient } from '../../apps/server/src/cli/api-client.ts'
import { makeOnServer } from '../../apps/server/src/cli/make-remote.ts'
import type { OpenRequest } from '../../apps/server/src/cli/options.ts'
import { profileBody, sizeOf } from '../../apps/server/src/cli/profile-options.ts'
import { sourceIdOf } from '../../apps/server/src/cli/sources.ts'
import { failureOf, watchJob } from '../../apps/server/src/cli/watch.ts'
import { temporaryFolder } from '../support/children.ts'

/** A server that answers so, whatever it is told: what was asked of it stands in `asked`. */
function fakeApi(answers: Readonly<Record<string, () => unknown>>) {
  const asked: { place: string; body: unknown }[] = []
  const api: ApiClient = {
    // biome-ignore lint/suspicious/noExplicitAny: answers are of every kind.
    call: async (_answer, method, place, call): Promise<any> => {
      asked.push({ place: `${method} ${place}`, body: call?.body })
      const answer = Object.entries(answers).find(([known]) => `${method} ${place}`.startsWith(known))?.[1]
      if (answer === undefined) throw new Error(`Nobody expects ${method} ${place}.`)
      return answer()
    },
    // biome-ignore lint/suspicious/noExplicitAny: see above.
    upload: async (): Promise<any> => ({ id: 'source', name: 'a.mp4', sizeBytes: 1 }),
    download: (place, file) => writeFile(file, place),
  }
  return { api, asked }
}

/** What is written for people while a test runs. */
function complaints(t: TestContext): () => string {
  const write = t.mock.method(process.stderr, 'write', () => true)
  return () => write.mock.calls.map(({ arguments: [text] }) => String(text)).join('')
}

const ID = randomUUID()
const job = (state: string, problem: object | null = null) => ({
  ...{ id: ID, state, problem, projectId: 'p', attempt: 1, stages: [], notes: [] },
})
const away = () => {
  throw new CutroomError('server-unreachable', 'The server cannot be reached (ECONNREFUSED).')
}
const inTurn = (...answers: (() => unknown)[]) => {
  const left = answers.values()
  return () => left.next().value?.()
}
const watching = { profileId: undefined, profileName: 'acme', json: false }

test('a job is followed over a server that is away for a while, which is said once', async (t) => {
  const said = complaints(t)
  const poll = inTurn(
    () => job('running'),
    away,
    away,
    () => job('done'),
  )
  const { api, asked } = fakeApi({ 'GET /jobs/': poll })
  const ended = await watchJob(api, ID, watching)
  assert.deepEqual([ended.state, asked.length], ['done', 4])
  assert.equal(
    said(),
    'acme · note: the server cannot be reached; it is asked again for 120 s\nacme · note: the server is back\n',
  )
})

test('a server that stays away is given up, and what else is wrong is told at once', async (t) => {
  complaints(t)
  const lost = fakeApi({ 'GET /jobs/': away })
  await assert.rejects(watchJob(lost.api, ID, { ...watching, patienceMs: 300 }), {
    code: 'server-unreachable',
  })
  assert.equal(lost.asked.length, 2)
  const refused = fakeApi({
    'GET /jobs/': () => {
      throw new CutroomError('unauthenticated', 'No key.')
    },
  })
  await assert.rejects(watchJob(refused.api, ID, watching), { code: 'unauthenticated' })
  assert.equal(refused.asked.length, 1)
})

const REQUEST: OpenRequest = {
  ...{ videos: ['/a.mp4'], variants: 2, durationSeconds: null, script: null, recording: null, music: null },
  ...{ captionFile: null, captionStyle: undefined, voiceId: undefined, presetId: undefined },
  ...{ seed: 1, bestEffort: false },
}

test('of a job that failed for one variant, the finished file is downloaded before the failure is told', async (t) => {
  complaints(t)
  await using folder = await temporaryFolder()
  const problem = { code: 'media-broken', detail: 'It broke.', remedy: 'Mend it.', status: 422, title: 'x' }
  const { api, asked } = fakeApi({
    'GET /profiles': () => ({ items: [{ id: 'acme-id', name: 'Acme' }] }),
    'POST /one-shot': () => job('waiting'),
    'GET /jobs/': () => job('failed', problem),
    'GET /exports': () => ({ items: [{ id: 'one', clipId: 'c', name: 'a-1-reels', sizeBytes: 17 }] }),
    // Without a voice there are no captions to ask for.
    'GET /clips/c': () => ({ captions: null, lengthSeconds: 5 }),
  })
  const { signal } = new AbortController()
  const { exports, failure } = await makeOnServer(
    api,
    REQUEST,
    { folder: folder.path, sidecar: 'srt' },
    { profile: 'acme', json: false, signal },
  )
  assert.equal(failure?.code, 'media-broken')
  assert.deepEqual(await readdir(folder.path), ['a-1-reels.mp4'])
  assert.equal(await readFile(path.join(folder.path, 'a-1-reels.mp4'), 'utf8'), '/exports/one/file')
  assert.deepEqual(
    exports.map(({ captions }) => captions),
    [null],
  )
  const body = asked.find(({ place }) => place === 'POST /one-shot')?.body
  assert.deepEqual(JSON.parse(JSON.stringify(body)), {
    ...{ videos: ['source'], variants: 2, seed: 1, bestEffort: false },
  })
})

test('a job that was cancelled by somebody is told as that', () => {
  const cancelled = { ...job('cancelled') } as unknown as Parameters<typeof failureOf>[0]
  assert.equal(failureOf(cancelled)?.code, 'cancelled')
})

test('the beginning of the id of a source is enough where no other begins so, on whichever page it stands', async () => {
  const ids = ['ab12'.padEnd(64, '0'), 'ab12'.padEnd(64, '1'), 'cd34'.padEnd(64, '0')]
  const page = (from: number, nextCursor: string | null) => () => ({
    items: ids.slice(from, from + 2).map((id) => ({ id })),
    nextCursor,
  })
  const idOf = (digits: string) =>
    sourceIdOf(
      fakeApi({
        'GET /sources?limit=200&cursor=next': page(2, null),
        'GET /sources?limit=200': page(0, 'next'),
      }).api,
      'acme',
      digits,
    )
  assert.equal(await idOf('cd340000'), ids[2])
  assert.equal(await idOf('ab120'), ids[0])
  await assert.rejects(idOf('ab12'), { code: 'usage-invalid', message: /ids of 2 sources begin with ab12/ })
  await assert.rejects(idOf('ef56'), { code: 'not-found' })
  // The server has its own words for what cannot be the beginning of an id that was meant.
  for (const asked of [ids[0] ?? '', 'c', 'no id']) assert.equal(await idOf(asked), asked)
})

test('sizes are read as they are printed, and fields that are not named are not sent', () => {
  const sizes = ['0', '1234', '500MB', '512.5 MB', '20gb', '2TB', 'none'].map(sizeOf)
  assert.deepEqual(sizes, [0, 1234, 500e6, 512.5e6, 20e9, 2e12, null])
  for (const wrong of ['', '-1', '1GiB', 'GB', '1e3', '99999999TB'])
    assert.throws(() => sizeOf(wrong), /such as 500MB/)
  const sent = (fields: object) => JSON.parse(JSON.stringify(profileBody(fields)))
  assert.deepEqual(sent({ name: 'Acme' }), { name: 'Acme' })
  assert.deepEqual(sent({ captions: 'none', monthlySpend: 12.34 }), {
    defaults: { captionStyle: null },
    limits: { monthlySpendMicros: 12_340_000 },
  })
  assert.deepEqual(sent({ scratch: null, storage: 5, jobsAtOnce: 3, duration: 7, voice: 'v', preset: 'p' }), {
    defaults: { voice: 'v', preset: 'p', duration: 7 },
    limits: { jobsAtOnce: 3, scratchBytes: null, storageBytes: 5 },
  })
})
