import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { test } from 'node:test'
import { fixture } from '../fixtures/fixtures.ts'
import { level, likeness } from '../support/frames.ts'
import { said, startStudio } from './footage.ts'

const studio = await startStudio()
const { a, b, request } = studio
// A tone, a second of silence, a tone; the other has a tone all through.
const main = await studio.upload(a, 'tone-silence-tone')
const other = await studio.upload(a, 'eight-shots')
const CAPTIONS = `1
00:00:00,000 --> 00:00:00,900
Welcome to the show

2
00:00:00,900 --> 00:00:02,100
Béach! Here it is

3
00:00:02,300 --> 00:00:03,000
And we are back
`
const wishes = {
  ...{ main, captions: CAPTIONS, captionStyle: null, presetId: 'source' },
  others: [{ sourceId: other, keywords: ['beach', 'mountains'] }],
}

test('the other video is not shown for its keyword, or its sound is heard, or that of the main video stops', async () => {
  const job = await studio.run(a, '/multi-video', wishes)
  assert.equal(job.state, 'done', JSON.stringify(job.problem))
  const { clipIds, exports } = job.result as { clipIds: string[]; exports: { exportId: string }[] }
  assert.equal(clipIds.length, 1)
  const clip = await studio.clip(a, clipIds[0] ?? '')
  assert.deepEqual(
    clip.timeline.map((cut: { sourceId: string; at: number }) => [cut.sourceId, Number(cut.at.toFixed(3))]),
    [
      [main, 0],
      [other, 0.9],
      [main, 2.1],
    ],
  )
  assert.ok(Math.abs(clip.lengthSeconds - 3) < 0.05, `${clip.lengthSeconds} s`)
  assert.equal(clip.timeline[2].start, 2.1, 'the main pictures keep their time')
  assert.match(clip.timeline[1].why, /beach/)
  assert.ok(
    job.notes.some(({ message }) => message.includes('mountains')),
    'a keyword that nobody says is told of',
  )

  const file = path.join(studio.dataDir, 'export.mp4')
  await writeFile(file, (await request(a, 'GET', `/exports/${exports[0]?.exportId}/file`)).bytes)
  const [mainFile, otherFile] = [await fixture('tone-silence-tone'), await fixture('eight-shots')]
  const shown = { path: otherFile, at: clip.timeline[1].start + 0.6 }
  assert.ok((await likeness({ path: file, at: 1.5 }, shown)) > 25)
  assert.ok((await likeness({ path: file, at: 0.5 }, { path: mainFile, at: 0.5 })) > 27)
  assert.ok((await likeness({ path: file, at: 2.6 }, { path: mainFile, at: 2.6 })) > 27)
  assert.ok((await level(file, 0.1, 0.8)) > -30)
  assert.ok((await level(file, 1.1, 0.8)) < -60, 'the tone of the other video is not heard')
  assert.ok((await level(file, 2.1, 0.8)) > -30)
})

test('videos that cannot be shown are taken', async () => {
  const foreign = await studio.upload(b, 'plain')
  const song = await studio.upload(a, 'audio-mp3')
  const sent = async (body: object) =>
    said(await request(a, 'POST', '/multi-video', { body: { ...wishes, ...body } }))
  assert.equal(await sent({ main: foreign }), '404 not-found main')
  assert.equal(await sent({ others: [{ sourceId: foreign, keywords: ['x'] }] }), '404 not-found others')
  assert.equal(await sent({ others: [{ sourceId: song, keywords: ['x'] }] }), '422 media-no-video others')
  assert.equal(await sent({ others: [{ sourceId: main, keywords: ['x'] }] }), '422 field-invalid others')
  assert.equal(
    await sent({ others: [{ sourceId: other, keywords: [] }] }),
    '422 field-invalid others.0.keywords',
  )
  assert.equal(await sent({ captions: 'nothing' }), '422 captions-unreadable')
  assert.equal(await sent({ presetId: 'vhs' }), '422 preset-unknown presetId')
})
