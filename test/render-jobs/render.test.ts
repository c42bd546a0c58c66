import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { test } from 'node:test'
import { render } from '../../apps/server/src/worker/handlers/render.ts'
import { level, likeness, pictureTimes } from '../support/frames.ts'
import { limitProfile, ready, said, startStudio } from './footage.ts'

/** What happens to a clip once its file is made, and before it is published. */
let meanwhile: (() => Promise<unknown>) | null = null
const studio = await startStudio({
  render(job, payload) {
    const { artifacts } = job.studio
    const ensure: typeof artifacts.ensure = async (...args) => {
      const made = await artifacts.ensure(...args)
      if (args[1] !== 'export') return made
      await meanwhile?.()
      meanwhile = null
      return made
    }
    return render({ ...job, studio: { ...job.studio, artifacts: { ...artifacts, ensure } } }, payload)
  },
})
const { a, b, request, clip, patch, run } = studio
const footage = await studio.upload(a, 'eight-shots')
await ready(studio, a, footage)

const source = { presetId: 'source' }
const exportsOf = async (clipId: string) => (await request(a, 'GET', `/exports?clipId=${clipId}`)).body.items
const renderStage = (job: { stages: readonly { stage: string; state: string }[] }) =>
  job.stages.find(({ stage }) => stage === 'render')?.state

test('an export is not stale when its clip is edited, or stays so when the edit is undone', async () => {
  const id = await studio.newClip(a, [footage], 4)
  const job = await run(a, `/clips/${id}/render`, source)
  assert.equal(job.state, 'done', JSON.stringify(job.problem))
  const [made] = await exportsOf(id)
  assert.deepEqual(job.result, made)
  assert.deepEqual(
    [made.stale, made.changed, made.presetId, made.name],
    [false, [], 'source', 'Test 1-source'],
  )
  assert.equal(renderStage(job), 'done')

  const changed = async () => {
    const { stale, changed } = (await request(a, 'GET', `/exports/${made.id}`)).body
    return [stale, changed, (await clip(a, id)).exports[0].stale]
  }
  await patch(a, id, { name: 'Another name' })
  assert.deepEqual(await changed(), [false, [], false])
  await patch(a, id, { sourceSound: false })
  assert.deepEqual(await changed(), [true, ['sound'], true])
  await patch(a, id, { sourceSound: true })
  assert.deepEqual(await changed(), [false, [], false])
  const before = await clip(a, id)
  const cuts = before.timeline.slice(0, -1)
  await request(a, 'PUT', `/clips/${id}/timeline`, { body: { version: before.version, cuts } })
  assert.deepEqual(await changed(), [true, ['timeline'], true])
  const text = '1\n00:00:00,000 --> 00:00:01,000\nHello\n'
  await request(a, 'PUT', `/clips/${id}/captions`, { body: { version: before.version + 1, text } })
  await patch(a, id, { captionStyle: 'boxed' })
  assert.deepEqual(await changed(), [true, ['timeline', 'captions', 'style'], true])
})

test('a recipe that was rendered before is encoded again, or its export appears twice', async () => {
  const id = await studio.newClip(a, [footage], 2)
  const first = await run(a, `/clips/${id}/render`, source)
  const second = await run(a, `/clips/${id}/render`, source)
  assert.equal(renderStage(second), 'found')
  const rows = await exportsOf(id)
  assert.equal(rows.length, 1)
  assert.equal(rows[0].jobId, second.id)
  assert.equal((first.result as { id: string }).id, rows[0].id)

  // Another clip with the same content has an export of its own, of the same file; the file lives as long as one of them.
  const twin = (await request(a, 'POST', `/clips/${id}/duplicate`)).body.id
  const third = await run(a, `/clips/${twin}/render`, source)
  assert.equal(renderStage(third), 'found')
  const [other] = await exportsOf(twin)
  assert.equal(other.recipeHash, rows[0].recipeHash)
  assert.equal((await request(a, 'DELETE', `/exports/${rows[0].id}`)).status, 204)
  assert.equal((await request(a, 'GET', `/exports/${rows[0].id}`)).status, 404)
  assert.equal((await request(a, 'GET', `/exports/${other.id}/file`)).status, 200)
  assert.deepEqual((await clip(a, id)).exports, [])
})

test('a clip that is edited while it is rendered is published as if it were not', async () => {
  const id = await studio.newClip(a, [footage], 2)
  meanwhile = () => patch(a, id, { sourceSound: false })
  const job = await run(a, `/clips/${id}/render`, source)
  assert.deepEqual([job.state, job.problem?.code], ['failed', 'conflict'])
  assert.deepEqual(await exportsOf(id), [])
  // Undone, nothing is rendered anew.
  await patch(a, id, { sourceSound: true })
  assert.equal(renderStage(await run(a, `/clips/${id}/render`, source)), 'found')
  assert.equal((await exportsOf(id)).length, 1)
  // An export says the script, so that one which is written meanwhile counts too.
  meanwhile = () => patch(a, id, { script: 'Written meanwhile' })
  assert.equal((await run(a, `/clips/${id}/render`, source)).problem?.code, 'conflict')
})

test('a new name given while a clip is rendered stops its export', async () => {
  const id = await studio.newClip(a, [footage], 2)
  meanwhile = () => patch(a, id, { name: 'Renamed' })
  const job = await run(a, `/clips/${id}/render`, source)
  assert.equal(job.state, 'done', JSON.stringify(job.problem))
  const [made] = await exportsOf(id)
  assert.deepEqual([made.name, made.stale], ['Renamed-source', false])
})

test('a clip that is deleted while it is rendered leaves an export behind, or the export of a deleted clip goes with it', async () => {
  const id = await studio.newClip(a, [footage], 2)
  await run(a, `/clips/${id}/render`, source)
  await patch(a, id, { sourceSound: false })
  meanwhile = () => request(a, 'DELETE', `/clips/${id}`)
  const job = await run(a, `/clips/${id}/render`, source)
  // It is cancelled, and may be too far for that.
  assert.match(job.problem?.code ?? job.state, /^(cancelled|conflict)$/)
  const [kept, ...more] = await exportsOf(id)
  assert.deepEqual([kept.stale, kept.changed, more], [true, ['clip'], []])
  const file = await request(a, 'GET', `/exports/${kept.id}/file`, { headers: { range: 'bytes=0-99' } })
  assert.deepEqual([file.status, file.bytes.length], [206, 100])
  assert.match(String(file.headers['content-disposition']), /attachment; filename="Test 1-source\.mp4"/)
})

test('a clip without its own sound is heard', async () => {
  const id = await studio.newClip(a, [footage], 2)
  await patch(a, id, { sourceSound: false })
  const job = await run(a, `/clips/${id}/render`, source)
  assert.equal((job.result as { integratedLufs: number | null }).integratedLufs, null)
})

test('many renders are not told apart: each clip and preset has its own job or problem', async () => {
  const [one, two] = [await studio.newClip(a, [footage], 2), await studio.newClip(a, [footage], 4)]
  await patch(a, two, { script: 'Never spoken' })
  const gone = randomUUID()
  const body = { clipIds: [one, two, gone], presetIds: ['source', 'vhs'] }
  const answer = await request(a, 'POST', '/clips/render', { body })
  assert.equal(answer.status, 202)
  const items: {
    clipId: string
    presetId: string
    jobId: string | null
    problem: { code: string } | null
  }[] = answer.body.items
  assert.deepEqual(
    items.map(({ clipId, presetId, problem }) => [clipId, presetId, problem?.code ?? null]),
    [
      [one, 'source', null],
      [one, 'vhs', 'preset-unknown'],
      [two, 'source', 'conflict'],
      [two, 'vhs', 'conflict'],
      [gone, 'source', 'not-found'],
      [gone, 'vhs', 'not-found'],
    ],
  )
  await studio.done(a, items[0]?.jobId ?? '')
  assert.equal((await exportsOf(one)).length, 1)
})

test('what cannot be rendered is queued, or is seen by another profile', async () => {
  const id = await studio.newClip(a, [footage], 2)
  const post = async (by: typeof a, place: string, body: object) =>
    said(await request(by, 'POST', place, { body }))
  assert.equal(await post(a, `/clips/${id}/render`, { presetId: 'vhs' }), '422 preset-unknown presetId')
  assert.equal(await post(b, `/clips/${id}/render`, source), '404 not-found')
  assert.equal(await post(b, '/clips/render', { clipIds: [id], presetIds: ['source'] }), '404 not-found')
  assert.equal(await post(a, '/clips/not-an-id/render', source), '404 not-found')
  const many = Array.from({ length: 101 }, () => randomUUID())
  assert.equal(
    await post(a, '/clips/render', { clipIds: many, presetIds: ['reels', 'tiktok'] }),
    '422 field-invalid clipIds',
  )
  await patch(a, id, { script: 'Words' })
  assert.equal(await post(a, `/clips/${id}/render`, source), '409 conflict')
  await run(a, `/clips/${id}/voiceover`)
  const job = await run(a, `/clips/${id}/render`, source)
  assert.equal(job.state, 'done', JSON.stringify(job.problem))
  await patch(a, id, { script: 'Other words' })
  const [{ stale, changed }] = await exportsOf(id)
  assert.deepEqual([stale, changed, (await clip(a, id)).exports[0].stale], [true, ['voice'], true])
  for (const place of [`/exports/${(job.result as { id: string }).id}`, `/clips/${id}/preview`])
    assert.equal((await request(b, 'GET', place)).status, 404)
  assert.deepEqual((await request(b, 'GET', '/exports')).body.items, [])
})

test('a render begins without room for its file or its scratch, or what was rendered before is not found then', async () => {
  const c = await studio.newProfile()
  const own = await studio.upload(c, 'eight-shots')
  await ready(studio, c, own)
  const id = await studio.newClip(c, [own], 4)
  for (const limits of [{ storageBytes: 2_000_000 }, { scratchBytes: 1_000_000 }]) {
    await limitProfile(studio, c, { storageBytes: null, scratchBytes: null, ...limits })
    const job = await run(c, `/clips/${id}/render`, source)
    assert.deepEqual(
      [job.state, job.problem?.code, renderStage(job)],
      ['failed', 'quota-exceeded', undefined],
    )
  }
  await limitProfile(studio, c, { storageBytes: null, scratchBytes: null })
  assert.equal((await run(c, `/clips/${id}/render`, source)).state, 'done')
  await limitProfile(studio, c, { storageBytes: 1, scratchBytes: 1 })
  const again = await run(c, `/clips/${id}/render`, source)
  assert.deepEqual([again.state, renderStage(again)], ['done', 'found'])
})

test('a preview is not that of the present timeline', async () => {
  const id = await studio.newClip(a, [footage], 6)
  const preview = await request(a, 'GET', `/clips/${id}/preview`)
  const thumbnail = await request(a, 'GET', `/clips/${id}/thumbnail`)
  assert.deepEqual([preview.status, thumbnail.status], [200, 200])
  assert.equal(preview.headers['cache-control'], 'private, no-cache')
  assert.equal(thumbnail.bytes.readUInt16BE(0), 0xff_d8, 'a JPEG')
  const before = await clip(a, id)
  const cuts = before.timeline.toReversed()
  await request(a, 'PUT', `/clips/${id}/timeline`, { body: { version: before.version, cuts } })
  assert.equal(said(await request(a, 'GET', `/clips/${id}/preview`)), '409 conflict')
  assert.equal((await run(a, `/clips/${id}/preview`)).state, 'done')
  const after = await request(a, 'GET', `/clips/${id}/preview`)
  assert.notEqual(after.headers.etag, preview.headers.etag)
  assert.equal((await clip(a, id)).version, before.version + 1, 'a preview is no change of content')
  const [one, two] = [path.join(studio.dataDir, 'one.mp4'), path.join(studio.dataDir, 'two.mp4')]
  await writeFile(one, preview.bytes)
  await writeFile(two, after.bytes)
  const opening = cuts[0].end - cuts[0].start
  const shownAt = before.timeline.at(-1).at
  // Cuts of a preview begin with a whole picture, so it may be a few pictures beside the times of its timeline.
  const near = [-2, -1, 0, 1, 2].map((pictures) => shownAt + opening / 2 + pictures / 30)
  const seen = await Promise.all(
    near.map((at) => likeness({ path: two, at: opening / 2 }, { path: one, at })),
  )
  const decibels = Math.max(...seen)
  assert.ok(decibels > 25, `${decibels} dB`)
})

test('a preview of sources that differ in rate and size, the first without sound, has gaps, is silent or shows others', async () => {
  const [mute, film, square] = [
    await studio.upload(a, 'no-audio'),
    await studio.upload(a, 'fps23.976'),
    await studio.upload(a, 'square'),
  ]
  for (const id of [mute, film, square]) await ready(studio, a, id)
  const id = await studio.newClip(a, [footage], 3)
  const { version } = await clip(a, id)
  const cuts = [mute, film, square, mute].map((sourceId) => ({ sourceId, start: 0.5, end: 1.5 }))
  const put = await request(a, 'PUT', `/clips/${id}/timeline`, { body: { version, cuts } })
  assert.equal(put.status, 200, JSON.stringify(put.body))
  assert.equal((await run(a, `/clips/${id}/preview`)).state, 'done')
  const file = path.join(studio.dataDir, 'mixed.mp4')
  await writeFile(file, (await request(a, 'GET', `/clips/${id}/preview`)).bytes)
  const times = await pictureTimes(file)
  const gaps = times.map((at, i) => (times[i + 1] ?? 4) - at)
  assert.ok(Math.min(...gaps) > -0.01 && Math.max(...gaps) < 0.1, `pictures at ${times.join(' ')}`)
  assert.ok((await level(file, 0.1, 0.8)) < -60, 'the first is silent')
  assert.ok((await level(file, 1.1, 0.8)) > -40, 'the second is heard')
  assert.ok((await level(file, 3.1, 0.8)) < -60, 'the last is silent')
})
