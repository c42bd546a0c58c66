import assert from 'node:assert/strict'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { test } from 'node:test'
import { cutroom, records } from '../cli/cli.ts'
import { fixture } from '../fixtures/fixtures.ts'
import { eventually, ffmpegRuns, temporaryFolder } from '../support/children.ts'
import { clientOf, clientOfOwner, clipOf, longRender, newProfile, scratchIn, startServer } from './server.ts'

test('a server that is stopped or killed in mid-render loses nothing', async (t) => {
  await using folder = await temporaryFolder()
  const data = path.join(folder.path, 'data')
  const first = await startServer(data, { env: { CUTROOM_GRACE_SECONDS: '0' } })
  const { key } = await clientOfOwner(first)
  const acme = await newProfile(clientOf(first.url, key), 'Acme')
  const on = (url: string) => clientOf(url, key, acme.profileId)
  const clipId = await clipOf(acme, await acme.source(await fixture('eight-shots')), 10)
  const exportsOf = async (url: string) => (await on(url).ask('GET', '/exports')).items

  const drained = await longRender(acme, clipId, 'drained')
  const { id: waiting } = await acme.ask('POST', `/clips/${clipId}/render`, { presetId: 'source' })

  await t.test('SIGTERM without grace hands the render back at its old place', async () => {
    assert.equal(await first.end('SIGTERM'), 0)
    assert.equal(await ffmpegRuns(drained), false)
    assert.deepEqual(await scratchIn(data), [])
  })

  await t.test(
    'a command that is interrupted, or whose reader is gone, leaves no database running',
    async () => {
      const watch = () =>
        cutroom(['jobs', 'watch', drained, '--profile', 'Acme', '--data', data, '--json', '--verbose'])
      const interrupted = watch()
      interrupted.stdout?.once('data', () => interrupted.kill('SIGINT'))
      const cut = await interrupted
      assert.equal(cut.exitCode, 130, String(cut.stderr))
      const unread = watch()
      unread.stdout?.destroy()
      const { exitCode, stderr } = await unread
      assert.equal(exitCode, 130, String(stderr))
      assert.doesNotMatch(String(stderr), /EPIPE/)
      const restore = await cutroom(['restore', 'no-backup', '--replace', '--data', data, '--json'])
      assert.equal(records(restore.stdout)[0]?.code, 'file-missing')
    },
  )

  const second = await startServer(data)
  await t.test('the next server finishes it as the next attempt, and then the job behind it', async () => {
    const done = await on(second.url).done(drained)
    assert.equal(done.attempt, 2)
    const next = await on(second.url).done(waiting)
    assert.equal(next.attempt, 1)
    assert.ok(String(next.startedAt) >= String(done.finishedAt), 'another job of the clip went before it')
    assert.equal((await exportsOf(second.url)).length, 2)
  })

  const killed = await longRender(on(second.url), clipId, 'killed')
  const scratch = await scratchIn(data)
  const entriesBefore = await entriesOf(data)
  await t.test('SIGKILL takes its ffmpeg along and leaves nothing half in storage', async () => {
    await second.end('SIGKILL')
    assert.deepEqual(scratch, [`${killed}.1`])
    await eventually('ffmpeg is gone', async () => !(await ffmpegRuns(killed)) || undefined)
    // The index of an MP4 file is written last.
    assert.equal((await renderedIn(data)).includes('moov'), false, 'ffmpeg went on to the end of its file')
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

/** The film in scratch, as far as it was rendered. */
async function renderedIn(data: string): Promise<Buffer> {
  const temp = path.join(data, 'temp')
  const film = (await readdir(temp, { recursive: true })).find((name) => name.endsWith('/export.mp4'))
  return readFile(path.join(temp, film ?? 'no film'))
}
