import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { it } from 'node:test'
import type { ERRORS } from '@cutroom/contracts'
import { type FixtureName, fixture } from '../fixtures/fixtures.ts'
import { startService } from '../support/service.ts'
import { postFile, sha256 } from './library.ts'

const test = await startService()
const base = await test.listen()

const BAD: readonly (readonly [FixtureName, keyof typeof ERRORS])[] = [
  ['empty', 'file-empty'],
  ['text-named', 'media-unrecognised'],
  ['hls-playlist-named', 'media-playlist'],
  ['ffconcat-named', 'media-playlist'],
  ['dash-named', 'media-playlist'],
  ['sdp-named', 'media-playlist'],
  ['external-reference', 'media-playlist'],
  ['truncated', 'media-broken'],
  ['truncated-tail', 'media-broken'],
  ['truncated-matroska', 'media-broken'],
]

for (const [name, code] of BAD) {
  it(`${name} is refused as ${code}, kept for download, and nothing is queued`, async () => {
    const file = await fixture(name)
    const bytes = await readFile(file)
    const { status, body } = await postFile(base, test.a, file, `my ${name}.mp4`)
    assert.equal(status, 422, JSON.stringify(body))
    assert.equal(body.code, code)
    assert.equal(body.details.sourceId, sha256(bytes))
    assert.ok(!JSON.stringify(body).includes(test.dataDir), 'the problem tells a path')
    const source = await test.request(test.a, 'GET', `/sources/${body.details.sourceId}`)
    assert.equal(source.body.state, 'refused')
    assert.equal(source.body.problem.code, code)
    const kept = await test.request(test.a, 'GET', `/sources/${body.details.sourceId}/file`)
    assert.equal(sha256(kept.bytes), sha256(bytes))
    assert.equal((await test.request(test.a, 'GET', '/jobs')).body.items.length, 0)
  })
}

it('a refused file is looked at again when it comes again, and has no ingest', async () => {
  const file = await fixture('text-named')
  const { status, body } = await postFile(base, test.a, file)
  assert.equal(status, 422)
  const id = body.details.sourceId
  const proxy = await test.request(test.a, 'GET', `/sources/${id}/proxy`)
  assert.equal(proxy.status, 409)
  assert.equal((await test.request(test.a, 'POST', `/sources/${id}/ingest`)).status, 409)
  const refused = (await test.request(test.a, 'GET', '/sources?state=refused')).body.items
  assert.equal(refused.length, BAD.length)
})
