import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { test } from 'node:test'
import { execa } from 'execa'
import { Upload } from 'tus-js-client'
import { fixture } from '../fixtures/fixtures.ts'
import { eventually } from '../support/children.ts'
import { SMALL } from '../support/presets.ts'
import { clientOfOwner, newProfile, serverOfFile } from './server.ts'

const server = await serverOfFile()
const client = await newProfile(await clientOfOwner(server), 'Acme')

const SCRIPTS = ['It begins with a decision.', 'Three went out. One came back.', 'Nothing here was planned.']

/** Uploads a file in pieces, as browsers do. Returns the id of the source. */
async function uploadInPieces(file: string): Promise<string> {
  const bytes = await readFile(file)
  const url = await new Promise<string>((resolve, reject) => {
    const upload = new Upload(bytes, {
      endpoint: `${server.url}/api/v1/uploads`,
      headers: { ...client.headers },
      chunkSize: 100_000,
      metadata: { filename: path.basename(file) },
      onError: reject,
      onSuccess: () => resolve(upload.url ?? ''),
    })
    upload.start()
  })
  const { state, sourceId } = await client.ask('GET', `/uploads/${path.basename(url)}`)
  assert.equal(state, 'done')
  return sourceId
}

/** What an independent look at a finished file finds. */
async function lookAt(file: string) {
  const { stdout } = await execa('ffprobe', [
    ...['-v', 'error', '-show_entries', 'stream=codec_name,width,height,r_frame_rate,duration'],
    ...['-of', 'json', file],
  ])
  const { stderr } = await execa('ffmpeg', [
    ...['-nostats', '-i', file, '-vn', '-af', 'ebur128', '-f', 'null', '-'],
  ])
  const [video, audio] = JSON.parse(stdout).streams
  const loudness = Number(/Integrated loudness:\s+I:\s+(\S+) LUFS/.exec(stderr)?.[1])
  return { video, audio, loudness }
}

test('footage becomes three finished clips with voices, through the API alone', async () => {
  const [first, second] = await Promise.all([
    client.source(await fixture('eight-shots')),
    uploadInPieces(await fixture('hard-cuts')),
  ])
  await eventually(
    'the second source is ingested',
    async () => (await client.ask('GET', `/sources/${second}`)).state === 'ready' || undefined,
  )

  const project = await client.ask('POST', '/projects', {
    name: 'Spring',
    targetSeconds: 4,
    sourceIds: [first, second],
  })
  const generated = await client.ask('POST', `/projects/${project.id}/generate`, { count: 3 })
  const { clipIds } = (await client.done(generated.id)).result as { clipIds: string[] }
  assert.equal(clipIds.length, 3)

  const voiceovers: string[] = []
  for (const [index, id] of clipIds.entries()) {
    const { version } = await client.ask('GET', `/clips/${id}`)
    await client.ask('PATCH', `/clips/${id}`, { version, script: SCRIPTS[index] })
    voiceovers.push((await client.ask('POST', `/clips/${id}/voiceover`)).id)
  }
  for (const id of voiceovers) await client.done(id)

  await client.ask('POST', '/presets', SMALL)
  const { items } = await client.ask('POST', '/clips/render', { clipIds, presetIds: [SMALL.id] })
  const hashes = new Set<string>()
  for (const [index, { clipId, jobId }] of items.entries()) {
    await client.done(jobId)
    const clip = await client.ask('GET', `/clips/${clipId}`)
    assert.equal(clip.number, index + 1)
    assert.partialDeepStrictEqual(clip.voiceover, { kind: 'spoken', stale: false })
    assert.ok(clip.captions.cueCount > 0)
    const [made] = clip.exports
    assert.equal(made.stale, false)

    const { status, bytes, headers } = await client.request('GET', `/exports/${made.id}/file`)
    assert.equal(status, 200)
    assert.equal(headers.get('content-type'), 'video/mp4')
    assert.equal(bytes.length, made.sizeBytes)
    hashes.add(createHash('sha256').update(bytes).digest('hex'))
    const file = path.join(server.folder, `${index}.mp4`)
    await writeFile(file, bytes)
    const { video, audio, loudness } = await lookAt(file)
    assert.deepEqual(
      [video.codec_name, video.width, video.height],
      ['h264', SMALL.frame.width, SMALL.frame.height],
    )
    assert.equal(video.r_frame_rate, '30/1')
    assert.ok(
      Math.abs(Number(video.duration) - clip.lengthSeconds) <= 1 / 30,
      `clip ${index + 1} is ${clip.lengthSeconds} s long, its file ${video.duration} s`,
    )
    assert.equal(audio.codec_name, 'aac')
    assert.ok(Math.abs(loudness + 14) <= 0.7, `clip ${index + 1} has ${loudness} LUFS`)
  }
  assert.equal(hashes.size, 3, 'two of the files are the same')
})

test('a render that was made already is found at once', async () => {
  const { items } = await client.ask('GET', '/clips')
  const job = await client.done(
    (await client.ask('POST', `/clips/${items[0].id}/render`, { presetId: SMALL.id })).id,
  )
  assert.deepEqual(new Set(job.stages.map(({ state }) => state)), new Set(['found']))
})
