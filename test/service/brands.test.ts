import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { test } from 'node:test'
import { fixture } from '../fixtures/fixtures.ts'
import { eventually, ffmpegRuns } from '../support/children.ts'
import { type Client, clientOfOwner, clipOf, longRender, newProfile, serverOfFile } from './server.ts'

const server = await serverOfFile()
const owner = await clientOfOwner(server)
const acme = await newProfile(owner, 'Acme')
const birch = await newProfile(owner, 'Birch')

/** Renders clips for the preset that keeps the source's small picture; returns the exports. */
async function renderAll(client: Client, clipIds: string[]) {
  const { items } = await client.ask('POST', '/clips/render', { clipIds, presetIds: ['source'] })
  for (const { jobId } of items) await client.done(jobId)
  return (await client.ask('GET', '/exports')).items as { id: string; clipId: string; sizeBytes: number }[]
}

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
const file = (client: Client, id: string) => client.request('GET', `/exports/${id}/file`)

let clipOfAcme = ''
let clipOfBirch = ''

test('two brands that work at the same time never meet', async () => {
  const footage = await fixture('eight-shots')
  const [ofAcme, ofBirch] = await Promise.all(
    [acme, birch].map(async (client) => {
      const source = await client.source(footage)
      const clips = await Promise.all([clipOf(client, source, 4), clipOf(client, source, 2)])
      return { clips, exports: await renderAll(client, clips) }
    }),
  )
  assert.ok(ofAcme !== undefined && ofBirch !== undefined)
  clipOfAcme = ofAcme.clips[0] ?? ''
  clipOfBirch = ofBirch.clips[0] ?? ''
  const both = [
    { mine: acme, theirs: birch, made: ofAcme },
    { mine: birch, theirs: acme, made: ofBirch },
  ]
  const hashes: string[][] = []
  for (const { mine, theirs, made } of both) {
    assert.deepEqual(made.exports.map(({ clipId }) => clipId).sort(), made.clips.toSorted())
    const bytes = await Promise.all(made.exports.map(({ id }) => file(mine, id)))
    hashes.push(bytes.map((answer) => sha256(answer.bytes)).sort())
    for (const { id } of made.exports) assert.equal((await file(theirs, id)).status, 404)
    for (const id of made.clips) assert.equal((await theirs.request('GET', `/clips/${id}`)).status, 404)
  }
  // The same footage and wishes give the same bytes, whoever asks and whoever works beside it.
  assert.deepEqual(hashes[0], hashes[1])
  const owners = new Set(
    (await readdir(path.join(server.data, 'storage'))).filter((name) => !name.startsWith('.')),
  )
  assert.deepEqual(owners, new Set([acme.profileId, birch.profileId]))
})

test('a brand that is deleted in mid-render leaves nothing behind and another’s render unharmed', async () => {
  const jobOfBirch = await longRender(birch, clipOfBirch, 'own')
  const { id: jobOfAcme } = await acme.ask('POST', `/clips/${clipOfAcme}/render`, { presetId: 'square' })
  await acme.job(jobOfAcme, ({ stage }) => stage === 'render')
  const deleted = await owner.request('DELETE', `/profiles/${birch.profileId}`)
  assert.equal(deleted.status, 204, JSON.stringify(deleted.body))
  for (const place of ['/jobs', '/clips', '/exports', '/sources'])
    assert.equal((await birch.request('GET', place)).status, 404, place)
  assert.equal((await owner.request('GET', `/profiles/${birch.profileId}`)).status, 404)

  await eventually('all files of the deleted brand are gone', async () => {
    const names = await readdir(server.data, { recursive: true })
    return !names.some((name) => name.includes(birch.profileId)) || undefined
  })
  assert.equal(await ffmpegRuns(jobOfBirch), false)
  const done = await acme.done(jobOfAcme)
  assert.equal(done.attempt, 1)
  const { id } = done.result as { id: string }
  assert.equal((await file(acme, id)).status, 200)
  assert.equal((await acme.ask('GET', '/exports')).items.length, 3)

  const kept = await owner.request('DELETE', `/profiles/${acme.profileId}`)
  assert.deepEqual([kept.status, kept.body.code], [409, 'conflict'], 'the default profile was deleted')
})
