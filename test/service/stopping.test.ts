import assert from 'node:assert/strict'
import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { test } from 'node:test'
import { fixture } from '../fixtures/fixtures.ts'
import { eventually, temporaryFolder } from '../support/children.ts'
import { clientOf, clientOfOwner, clipOf, ffmpegRuns, newProfile, scratchIn, startServer } from './server.ts'

/** Long enough to be met in its middle. */
const CLIP_SECONDS = 10

test('a server that is stopped or killed in mid-render loses nothing', async (t) => {
  await using folder = await temporaryFolder()
  const data = path.join(folder.path, 'data')
  const first = await startServer(data, { env: { CUTROOM_GRACE_SECONDS: '0' } })
  const { key } = await clientOfOwner(first)
  const acme = await newProfile(clientOf(first.url, key), 'Acme')
  const on = (url: string) => clientOf(url, key, acme.profileId)
  const clipId = await clipOf(acme, await acme.source(await fixture('eight-shots')), CLIP_SECONDS)
  const render = async (url: string, presetId: string): Promise<string> =>
    (await on(url).ask('POST', `/clips/${clipId}/render`, { presetId })).id
  /** Waits until the pictures of a render are being encoded. */
  const inTheMiddle = (url: string, jobId: string) =>
    on(url).job(
      jobId,
      ({ state, stage, fraction }) => state === 'running' && stage === 'render' && fraction > 0.2,
    )
  const exportsOf = async (url: string) => (await on(url).ask('GET', '/exports')).items

  const drained = await render(first.url, 'reels')
  await inTheMiddle(first.url, drained)
  const waiting = await render(first.url, 'source')

  await t.test('SIGTERM without grace hands the render back at its old place', async () => {
    const asked = performance.now()
    assert.equal(await first.end('SIGTERM'), 0)
    assert.ok(performance.now() - asked < 5000, 'it took its time')
    assert.equal(await ffmpegRuns(drained), false)
    assert.deepEqual(await scratchIn(data), [])
  })

  const second = await startServer(data)
  await t.test('the next server finishes it as the next attempt, and then the job behind it', async () => {
    const done = await on(second.url).done(drained)
    assert.equal(done.attempt, 2)
    const next = await on(second.url).done(waiting)
    assert.equal(next.attempt, 1)
    assert.ok(String(next.startedAt) >= String(done.finishedAt), 'another job of the clip went before it')
    assert.equal((await exportsOf(second.url)).length, 2)
  })

  const killed = await render(second.url, 'square')
  await inTheMiddle(second.url, killed)
  const scratch = await scratchIn(data)
  const entriesBefore = await entriesOf(data)
  await t.test('SIGKILL takes its ffmpeg along and leaves nothing half in storage', async () => {
    await second.end('SIGKILL')
    assert.deepEqual(scratch, [`${killed}.1`])
    await eventually('ffmpeg is gone', async () => !(await ffmpegRuns(killed)) || undefined, 3000)
    const whole = (await entriesOf(data)).filter((entry) => !entriesBefore.includes(entry))
    for (const entry of whole) assert.doesNotMatch(entry, /export/, 'a half render was published')
  })

  await t.test('the next server adopts the database, sweeps and finishes the job', async () => {
    await using third = await startServer(data)
    const done = await on(third.url).done(killed)
    assert.equal(done.attempt, 2)
    const exports = await exportsOf(third.url)
    assert.equal(exports.length, 3)
    for (const { id, sizeBytes } of exports) {
      const { status, bytes } = await on(third.url).request('GET', `/exports/${id}/file`)
      assert.deepEqual([status, bytes.length], [200, sizeBytes])
    }
    assert.deepEqual(await scratchIn(data), [], 'scratch of the killed server was left')
    assert.equal(await third.end('SIGTERM'), 0)
  })
})

/** Names of everything in storage. */
const entriesOf = async (data: string): Promise<string[]> =>
  (await readdir(path.join(data, 'storage'), { recursive: true })).sort()
