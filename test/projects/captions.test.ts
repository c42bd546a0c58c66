import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startService } from '../support/service.ts'
import { addClips, addSource, cut, said } from './rows.ts'

const studio = await startService()
const { a, request } = studio
const beach = await addSource(studio, a, 'beach.mp4')
const project: string = (await request(a, 'POST', '/projects', { body: { name: 'Summer' } })).body.id

/** A clip of its own for each test. */
let number = 0
async function newClip(): Promise<string> {
  number += 1
  const [id = ''] = await addClips(studio, a, project, [[cut(beach, 0, 5)]], number)
  return id
}

test('captions come back as others than they went in', async () => {
  const id = await newClip()
  const captions = (format: string) => request(a, 'GET', `/clips/${id}/captions?format=${format}`)
  assert.equal(said(await captions('json')), '404 not-found')
  const srt =
    '1\n00:00:01,000 --> 00:00:02,500\nHello & <welcome>\n\n2\n00:00:03,000 --> 00:00:04,000\nZwei\nZeilen\n'
  const put = await request(a, 'PUT', `/clips/${id}/captions`, { body: { version: 1, text: srt } })
  assert.deepEqual(
    [put.status, put.body.captions, put.body.version],
    [200, { origin: 'person', cueCount: 2 }, 2],
  )
  const file = await captions('srt')
  assert.deepEqual([file.body, file.headers['content-type']], [srt, 'application/x-subrip; charset=utf-8'])
  assert.equal(file.headers['content-disposition'], `attachment; filename="Clip ${number}.srt"`)
  const vtt = await captions('vtt')
  assert.match(vtt.body, /^WEBVTT\n\n00:00:01\.000 --> /)
  const { cues } = (await captions('json')).body
  const again = await request(a, 'PUT', `/clips/${id}/captions`, { body: { version: 2, text: vtt.body } })
  assert.equal(again.status, 200)
  assert.deepEqual((await captions('json')).body.cues, cues)
  // A correction of what came with the voice that is undone: it follows the voice again.
  const undone = await request(a, 'PUT', `/clips/${id}/captions`, {
    body: { version: again.body.version, cues, origin: 'voice' },
  })
  assert.deepEqual([undone.status, undone.body.captions], [200, { origin: 'voice', cueCount: 2 }])
  const late = { start: 2, end: 3, text: 'b', words: [] }
  const cuesPut = await request(a, 'PUT', `/clips/${id}/captions`, {
    body: { version: undone.body.version, cues: [late, { ...late, start: 1, text: 'a' }] },
  })
  assert.equal(cuesPut.status, 200)
  assert.deepEqual(
    (await captions('json')).body.cues.map(({ start, end, text }: typeof late) => [start, end, text]),
    [
      [1, 2, 'a'],
      [2, 3, 'b'],
    ],
  )
  const bad = await request(a, 'PUT', `/clips/${id}/captions`, {
    body: { version: cuesPut.body.version, text: 'no captions' },
  })
  assert.equal(said(bad), '422 captions-unreadable')
  const gone = await request(a, 'DELETE', `/clips/${id}/captions?version=${cuesPut.body.version}`)
  assert.deepEqual([gone.status, gone.body.captions], [200, null])
})

test('a caption file is not read as its bytes are, or one that cannot be read is guessed at', async () => {
  const id = await newClip()
  const put = (body: Buffer, version: unknown = 1, type = 'application/x-subrip') =>
    request(a, 'PUT', `/clips/${id}/captions/file?version=${version}`, {
      body,
      headers: { 'content-type': type },
    })
  const srt = '1\n00:00:01,000 --> 00:00:02,500\nGrüße\n'
  assert.equal(said(await put(Buffer.from(srt, 'latin1'))), '422 captions-unreadable')
  assert.equal(said(await put(Buffer.from(srt), 'x')), '422 field-invalid version')
  assert.equal(said(await put(Buffer.from(srt), 7)), '409 version-conflict version')
  const made = await put(Buffer.from(`\ufeff${srt}`, 'utf16le'))
  assert.deepEqual([made.status, made.body.version], [200, 2])
  const captions = await request(a, 'GET', `/clips/${id}/captions`)
  assert.equal(captions.body.cues[0].text, 'Grüße')
  const vtt = Buffer.from('WEBVTT\n\n00:01.000 --> 00:02.000\nHello\n')
  assert.equal((await put(vtt, 2, 'text/vtt')).status, 200)
})

test('captions of two kinds at once, or of none, are taken, or the words of a cue have to be timed', async () => {
  const id = await newClip()
  const put = async (captions: object) =>
    said(await request(a, 'PUT', `/clips/${id}/captions`, { body: { version: 1, ...captions } }))
  const cues = [{ start: 0, end: 1, text: 'Hello' }]
  assert.equal(await put({}), '422 field-invalid cues')
  assert.equal(await put({ cues, text: 'x' }), '422 field-invalid cues')
  assert.equal(await put({ cues }), '200')
})
