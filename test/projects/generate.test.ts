import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { copyFile, mkdir, stat } from 'node:fs/promises'
import path from 'node:path'
import { test } from 'node:test'
import { type ClipCut, CutroomError } from '@cutroom/contracts'
import { overlapOf } from '@cutroom/media'
import { hashFile } from '../../apps/server/src/domain/hash-file.ts'
import { acceptFile } from '../../apps/server/src/domain/library/accept.ts'
import { generate } from '../../apps/server/src/worker/handlers/generate.ts'
import { fixture } from '../fixtures/fixtures.ts'
import { lentIngest } from '../support/lent-ingests.ts'
import { startService } from '../support/service.ts'
import { addSource, said, usage } from './rows.ts'

const studio = await startService()
const { a, b, request, service } = studio
/** The first attempt of a job with this script fails once its clips are there. */
const FAILING = 'fail once'
studio.work({
  ingest: lentIngest,
  generate: async (job, payload) => {
    const result = await generate(job, payload)
    if (payload.script === FAILING && job.attempt === 1)
      throw new CutroomError('tool-timeout', 'The preview took too long.')
    return result
  },
})

/** A source with real pictures, ingested. */
async function addFootage(): Promise<string> {
  const folder = path.join(studio.dataDir, 'arrival')
  const file = path.join(folder, 'eight-shots.mp4')
  await mkdir(folder, { recursive: true })
  await copyFile(await fixture('eight-shots'), file)
  const sha256 = await hashFile(file, new AbortController().signal)
  const { size: sizeBytes } = await stat(file)
  const arrival = { name: 'eight-shots.mp4', sha256, sizeBytes, folder, file }
  const { source } = await acceptFile(service, a.id, arrival, async () => undefined)
  const { items } = (await request(a, 'GET', '/jobs?kind=ingest')).body
  await studio.done(a, items[0].id)
  return source.id
}

const footage = await addFootage()
const segments: string[] = (
  await request(a, 'GET', `/segments?sourceId=${footage}&limit=200`)
).body.items.map(({ id }: { id: string }) => id)

interface ListedClip {
  readonly id: string
  readonly number: number
  readonly name: string
  readonly timeline: readonly ClipCut[]
  readonly lengthSeconds: number
  readonly previewReady: boolean
  readonly version: number
}

async function newProject(more: object = {}): Promise<string> {
  const body = { name: 'Summer', targetSeconds: 6, sourceIds: [footage], ...more }
  return (await request(a, 'POST', '/projects', { body })).body.id
}
/** The clips of a project in the order of their numbers. */
async function clipsOf(project: string): Promise<ListedClip[]> {
  const { items } = (await request(a, 'GET', `/clips?projectId=${project}&limit=200`)).body
  return items.toReversed()
}
async function make(project: string, body: object) {
  const answer = await request(a, 'POST', `/projects/${project}/generate`, { body })
  assert.equal(answer.status, 202, JSON.stringify(answer.body))
  return studio.done(a, answer.body.id)
}
const shows = (clip: ListedClip | undefined): string =>
  (clip?.timeline ?? []).map(({ start, end }) => `${start}-${end}`).join(' ')

test('numbers start anew with more variants, or those show what is there already', async () => {
  const project = await newProject()
  const first = await make(project, { count: 1 })
  const second = await make(project, { count: 1, seed: 7 })
  const clips = await clipsOf(project)
  assert.deepEqual(
    clips.map(({ number, name, version }) => [number, name, version]),
    [
      [1, 'Summer 1', 1],
      [2, 'Summer 2', 1],
    ],
  )
  assert.deepEqual(
    [...(first.result as { clipIds: string[] }).clipIds, ...(second.result as { clipIds: string[] }).clipIds],
    clips.map(({ id }) => id),
  )
  for (const { lengthSeconds, previewReady } of clips) {
    assert.ok(Math.abs(lengthSeconds - 6) < 0.05, `${lengthSeconds} s`)
    assert.equal(previewReady, true)
  }
  const timelines = clips.map(({ timeline }) => timeline)
  const { max } = overlapOf(timelines, [], 6)
  assert.equal(max, 0, 'two clips of 6 s out of 24 s share footage')
})

test('a second attempt makes the clips of the first again', async () => {
  const project = await newProject()
  const before = await usage(studio, a)
  const job = await make(project, { count: 2, script: FAILING })
  assert.equal(job.attempt, 2)
  const clips = await clipsOf(project)
  assert.deepEqual(
    (job.result as { clipIds: string[] }).clipIds,
    clips.map(({ id }) => id),
  )
  assert.equal(clips.length, 2)
  const used = new Set(clips.flatMap(({ timeline }) => timeline.map(({ segmentId }) => segmentId)))
  assert.ok(used.size > 1, 'cuts of a selection know their segments')
  assert.notEqual(await usage(studio, a), before)
  assert.equal((await request(a, 'GET', `/projects/${project}`)).body.counts.clips, 2)
})

test('more like a clip are unlike it, take other words and looks, or are like a clip of another project', async () => {
  const project = await newProject()
  await make(project, { count: 2, captionStyle: 'boxed' })
  const [model, other] = await clipsOf(project)
  assert.ok(model && other)
  await make(project, { count: 2, like: model.id })
  const [, , ...made] = await clipsOf(project)
  assert.equal(made.length, 2)
  for (const { id, timeline } of made) {
    const place = ({ sourceId, start, end }: ClipCut) => ({ sourceId, start, end })
    assert.deepEqual(timeline.slice(0, 1).map(place), model.timeline.slice(0, 1).map(place))
    const { captionStyle } = (await request(a, 'GET', `/clips/${id}`)).body
    assert.equal(captionStyle, 'boxed')
  }
  assert.equal(new Set([model, other, ...made].map(shows)).size, 4)
  const elsewhere = await newProject()
  for (const [by, to, like] of [
    [a, elsewhere, model.id],
    [a, project, randomUUID()],
    [b, project, model.id],
  ] as const)
    assert.match(
      said(await request(by, 'POST', `/projects/${to}/generate`, { body: { like } })),
      /^404 not-found/,
    )
})

test('two requests at once give one number twice, or the same clip', async () => {
  const project = await newProject()
  await Promise.all([make(project, { count: 1 }), make(project, { count: 1 })])
  const clips = await clipsOf(project)
  assert.deepEqual(
    clips.map(({ number }) => number),
    [1, 2],
  )
  assert.notEqual(shows(clips[0]), shows(clips[1]))
})

test('assigned segments are shown in another order than was asked for', async () => {
  const project = await newProject({ sourceIds: [], targetSeconds: 5 })
  const marked: string[] = []
  for (const [start, end] of [
    [12, 15],
    [0, 3],
    [6, 9],
  ]) {
    const body = { sourceId: footage, start, end }
    marked.push((await request(a, 'POST', '/segments', { body })).body.id)
  }
  await request(a, 'PUT', `/projects/${project}/segments`, { body: { segmentIds: marked } })
  await make(project, { count: 2, from: 'segments' })
  await make(project, { count: 1, from: 'segments', order: 'shuffled', seed: 6, targetSeconds: 9 })
  await make(project, { count: 1, from: 'segments', order: 'weighted', seed: 5, targetSeconds: 3 })
  const clips = await clipsOf(project)
  assert.deepEqual(clips.map(shows), ['12-15 0-2', '12-15 6-8', '6-9 12-15 0-3', '0-3'])
  const counts = (await request(a, 'GET', `/projects/${project}/segments`)).body.items
  assert.deepEqual(
    counts.map(({ usageCount }: { usageCount: number }) => usageCount),
    [3, 3, 2],
  )
})

test('what cannot be made is queued', async () => {
  const generating = async (project: string, body: object) =>
    said(await request(a, 'POST', `/projects/${project}/generate`, { body }))
  const jobs = async () => (await request(a, 'GET', '/jobs?kind=generate&limit=200')).body.items.length
  const before = await jobs()
  const empty = await newProject({ sourceIds: [] })
  assert.equal(await generating(empty, {}), '409 conflict')
  assert.equal(await generating(empty, { from: 'segments' }), '409 conflict')
  const waiting = await addSource(studio, a, 'waiting.mp4', { state: 'waiting' })
  const unready = await request(
    a,
    'POST',
    `/projects/${await newProject({ sourceIds: [footage, waiting] })}/generate`,
    {
      body: {},
    },
  )
  assert.equal(unready.body.detail, 'The source "waiting.mp4" is not ready: it is waiting.')
  const project = await newProject()
  assert.equal(await generating(project, { count: 21 }), '422 field-invalid count')
  assert.equal(await generating(project, { targetSeconds: 1 }), '422 field-invalid targetSeconds')
  assert.equal(await generating(project, { voice: 'espeak:klingon' }), '422 voice-unknown voice')
  assert.equal(await generating(project, { script: 'word '.repeat(3000) }), '422 script-too-long script')
  await request(a, 'POST', `/projects/${project}/segments`, { body: { segmentIds: segments.slice(0, 1) } })
  assert.equal(
    await generating(project, { from: 'segments', targetSeconds: 60 }),
    '422 footage-too-short targetSeconds',
  )
  assert.equal(said(await request(b, 'POST', `/projects/${project}/generate`, { body: {} })), '404 not-found')
  assert.equal(await jobs(), before)
})

test('footage that is too short gives less than was asked for in silence', async () => {
  const project = await newProject({ targetSeconds: 60 })
  const { body } = await request(a, 'POST', `/projects/${project}/generate`, { body: { count: 1 } })
  const job = await studio.ended(a, body.id)
  assert.deepEqual([job.state, job.problem?.code, job.attempt], ['failed', 'footage-too-short', 1])
  assert.deepEqual(await clipsOf(project), [])
  const best = await make(project, { count: 1, bestEffort: true })
  assert.ok(
    best.notes.some(({ message }) => /instead of 60\.0 s/.test(message)),
    JSON.stringify(best.notes),
  )
})
