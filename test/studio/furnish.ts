import assert from 'node:assert/strict'
import { ready } from '../render-jobs/footage.ts'
import { SMALL } from '../support/presets.ts'
import type { TestProfile } from '../support/service.ts'
import type { BrowserStudio } from './studio.ts'

/** What a brand has that has been worked on for a while. */
export interface Furnished {
  readonly sourceId: string
  readonly projectId: string
  /** Has a script, a voice, captions and an export that is older than its last change. */
  readonly clipId: string
  readonly clipIds: readonly string[]
}

const SCRIPT = 'Pack light. Walk far. This tent stands in sixty seconds and keeps you dry all night.'

/** Makes the brand's exports small, unless another preset is named: what pages show of them does not depend on their size. */
export async function exportSmall(t: BrowserStudio, by: TestProfile): Promise<void> {
  const made = await t.request(by, 'POST', '/presets', { body: SMALL })
  assert.equal(made.status, 201, JSON.stringify(made.body))
  const body = { defaults: { preset: SMALL.id } }
  const changed = await t.request(by, 'PATCH', `/profiles/${by.id}`, { body })
  assert.equal(changed.status, 200, JSON.stringify(changed.body))
}

/** Footage, a project with clips, a voice, exports, and jobs that are done, failed and cancelled. */
export async function furnish(t: BrowserStudio, by: TestProfile): Promise<Furnished> {
  const sourceId = await t.upload(by, 'eight-shots')
  await ready(t, by, sourceId)
  const post = async (place: string, body: object) => {
    const answer = await t.request(by, 'POST', place, { body })
    assert.ok(answer.status < 300, JSON.stringify(answer.body))
    return answer.body
  }
  await exportSmall(t, by)
  const project = await post('/projects', {
    name: 'Summer launch of the two-person tent, all platforms and both languages',
    brief: 'Show the tent in the first two seconds.',
    targetSeconds: 6,
    sourceIds: [sourceId],
  })
  const generated = await t.run(by, `/projects/${project.id}/generate`, {
    count: 5,
    script: SCRIPT,
    bestEffort: true,
  })
  assert.equal(generated.state, 'done', JSON.stringify(generated.problem))
  const { clipIds } = generated.result as { clipIds: string[] }
  const [clipId = '', other = ''] = clipIds
  await t.run(by, `/clips/${clipId}/voiceover`)
  await t.patch(by, other, { script: '' })
  for (const id of [clipId, other]) {
    const rendered = await t.run(by, `/clips/${id}/render`, { presetId: SMALL.id })
    assert.equal(rendered.state, 'done', JSON.stringify(rendered.problem))
  }
  await t.patch(by, clipId, { captionStyle: 'boxed' })
  const { id: cancelled } = await post(`/clips/${other}/render`, { presetId: 'reels' })
  await t.request(by, 'POST', `/jobs/${cancelled}/cancel`)
  return { sourceId, projectId: project.id, clipId, clipIds }
}
