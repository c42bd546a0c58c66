import assert from 'node:assert/strict'
import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { it } from 'node:test'
import { drawRecordings, fileIn } from '../../apps/server/src/demo/footage.ts'
import { SAMPLE } from '../../apps/server/src/demo/recordings.ts'
import { addDemoFootage } from '../../apps/server/src/domain/library/demo.ts'
import { demo } from '../../apps/server/src/worker/handlers/demo.ts'
import { eventually } from '../support/children.ts'
import { startService } from '../support/service.ts'
import { setLimits } from './library.ts'

const test = await startService()

/** The first second of the real footage, so that the test is short. */
const SHORT = { ...SAMPLE, scenes: SAMPLE.scenes.slice(0, 1).map((scene) => ({ ...scene, seconds: 1 })) }
test.work({
  demo: (job, payload) =>
    job.profile.id === test.b.id
      ? demo(job, payload)
      : addDemoFootage(job, async (folder, { signal, onProgress }) => {
          const { tools } = job.studio
          await drawRecordings({ tools, recordings: [SHORT], folder, signal, onProgress })
          return [{ file: fileIn(folder, SHORT), name: 'Demo footage.mp4' }]
        }),
  // The ingest is not what this test is about.
  ingest: async () => null,
})

it('the footage of the demo becomes a source, and is the same one the second time', async () => {
  const { status, body } = await test.request(test.a, 'POST', '/sources/demo')
  assert.deepEqual([status, body.kind, body.subject], [202, 'demo', 'Demo footage'])
  const { result, stages } = await test.done(test.a, body.id)
  assert.deepEqual(
    stages.map(({ stage, state }) => [stage, state]),
    [['footage', 'done']],
  )
  const { items } = (await test.request(test.a, 'GET', '/sources')).body
  assert.deepEqual(
    items.map(({ id, name }: { id: string; name: string }) => [id, name]),
    [[(result as { sourceIds: string[] }).sourceIds[0], 'Demo footage.mp4']],
  )
  assert.deepEqual([items[0].state, items[0].problem], ['waiting', null])
  assert.equal((await test.request(test.a, 'GET', '/jobs?kind=ingest')).body.items.length, 1)
  const again = await test.request(test.a, 'POST', '/sources/demo')
  assert.deepEqual((await test.done(test.a, again.body.id)).result, result)
  assert.equal((await test.request(test.a, 'GET', '/sources')).body.items.length, 1)
  assert.equal((await test.request(test.a, 'GET', '/jobs?kind=ingest')).body.items.length, 1)
})

it('the footage of the demo tells how far it is, and is stopped in the middle', async () => {
  const { id } = (await test.request(test.b, 'POST', '/sources/demo')).body
  await eventually('it has begun', async () => {
    const { fraction } = (await test.request(test.b, 'GET', `/jobs/${id}`)).body
    return fraction > 0 ? true : undefined
  })
  await test.request(test.b, 'POST', `/jobs/${id}/cancel`)
  assert.equal((await test.ended(test.b, id)).state, 'cancelled')
  assert.deepEqual((await test.request(test.b, 'GET', '/sources')).body.items, [])
  assert.deepEqual(await readdir(path.join(test.dataDir, 'temp', test.b.id)), [])
})

it('the footage of the demo is not drawn where there is no room for it', async () => {
  const full = await test.newProfile()
  await setLimits(test, full, { storageBytes: 1000 })
  const { id } = (await test.request(full, 'POST', '/sources/demo')).body
  const { problem, stages } = await test.ended(full, id)
  assert.deepEqual([problem?.code, stages], ['quota-exceeded', []])
})
