import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { PRESETS } from '@cutroom/contracts'
import { eventsAfter } from '../../apps/server/src/db/queries/events.ts'
import { exports } from '../../apps/server/src/db/schema/projects.ts'
import { changeLabels } from '../../apps/server/src/domain/clips/change.ts'
import { findClip, lockClip } from '../../apps/server/src/domain/clips/rows.ts'
import { type NewClip, writeClips } from '../../apps/server/src/domain/clips/write.ts'
import { partsOf } from '../../apps/server/src/domain/render/parts.ts'
import { type Answer, startService } from '../support/service.ts'
import { addClips, addSegment, addSource, askWhileDeleting, cut, said, told, usage } from './rows.ts'

const studio = await startService()
const { a, b, request } = studio
const beach = await addSource(studio, a, 'beach.mp4')
const harbour = await addSource(studio, a, 'harbour.mp4', { durationSeconds: 20 })
const late = await addSource(studio, a, 'late.mp4', { state: 'ingesting' })
const song = await addSource(studio, a, 'song.mp3', { hasVideo: false })
const silent = await addSource(studio, a, 'silent.mp4', { hasAudio: false })
const foreign = await addSource(studio, b, 'foreign.mp4')
const foreignSegment = await addSegment(studio, b, foreign, 0, 5)
const project: string = (
  await request(a, 'POST', '/projects', { body: { name: 'Summer', sourceIds: [beach, harbour] } })
).body.id
const [foreignProject, foreignClip] = await (async () => {
  const { id } = (await request(b, 'POST', '/projects', { body: { name: 'Theirs' } })).body
  const [clip] = await addClips(studio, b, id, [[cut(foreign, 0, 5)]])
  return [id as string, clip ?? '']
})()

/** A clip of its own for each test. */
let number = 100
async function newClip(...cuts: ReturnType<typeof cut>[]): Promise<string> {
  number += 1
  const shown = cuts.length > 0 ? cuts : [cut(beach, 0, 5), cut(harbour, 5, 10)]
  const [id = ''] = await addClips(studio, a, project, [shown], number)
  return id
}
const get = async (id: string): Promise<Answer['body']> => (await request(a, 'GET', `/clips/${id}`)).body
const timeline = (id: string, cuts: unknown, version = 1) =>
  request(a, 'PUT', `/clips/${id}/timeline`, { body: { version, cuts } })

test('a clip does not tell what an editor needs', async () => {
  const clip = await get(await newClip())
  assert.deepEqual(
    clip.timeline.map((each: { at: number }) => each.at),
    [0, 5],
  )
  assert.equal(clip.lengthSeconds, 10)
  assert.deepEqual(clip.sources, [
    { id: beach, name: 'beach.mp4', durationSeconds: 100 },
    { id: harbour, name: 'harbour.mp4', durationSeconds: 20 },
  ])
  assert.deepEqual(
    [clip.version, clip.voiceover, clip.captions, clip.previewReady, clip.exports],
    [1, null, null, false, []],
  )
})

test('of two writers with one version, both win or both lose', async () => {
  const id = await newClip()
  const answers = await Promise.all(
    ['one', 'two', 'three'].map((script) =>
      request(a, 'PATCH', `/clips/${id}`, { body: { version: 1, script } }),
    ),
  )
  assert.deepEqual(answers.map(said).toSorted(), [
    '200',
    '409 version-conflict version',
    '409 version-conflict version',
  ])
  const lost = answers.find(({ status }) => status === 409)
  assert.equal(lost?.body.details.version, 2)
  const won = answers.find(({ status }) => status === 200)
  assert.equal((await get(id)).script, won?.body.script)
})

test('a change of content passes without a version, or the same content makes a new one', async () => {
  const id = await newClip()
  const patch = (body: object) => request(a, 'PATCH', `/clips/${id}`, { body })
  assert.equal(said(await patch({ script: 'Hello' })), '422 field-invalid version')
  assert.equal(said(await patch({ script: '' })), '422 field-invalid version')
  assert.equal((await patch({ name: 'Best one', selected: true })).body.version, 1)
  assert.equal((await patch({ version: 1, script: '' })).body.version, 1)
  const changed = await patch({ version: 1, script: 'Hello', captionStyle: 'boxed', sourceSound: false })
  assert.deepEqual(
    [
      changed.body.version,
      changed.body.name,
      changed.body.selected,
      changed.body.script,
      changed.body.sourceSound,
    ],
    [2, 'Best one', true, 'Hello', false],
  )
  assert.equal((await patch({ version: 2, captionStyle: null })).body.captionStyle, null)
  const coloured = await patch({ version: 3, captionStyle: 'Highlight#E11D48@Top' })
  assert.equal(coloured.body.captionStyle, 'highlight#e11d48@top', 'one style has one spelling')
  for (const captionStyle of ['neon', 'boxed#fff', 'boxed@left', ''])
    assert.equal(said(await patch({ version: 4, captionStyle })), '422 field-invalid captionStyle')
})

test('voice, script or music that cannot be used are taken', async () => {
  const id = await newClip()
  const patch = (body: object) => request(a, 'PATCH', `/clips/${id}`, { body: { version: 1, ...body } })
  assert.equal(said(await patch({ voice: 'espeak:klingon' })), '422 voice-unknown voice')
  assert.equal(said(await patch({ script: 'word '.repeat(3000) })), '422 script-too-long script')
  assert.equal(said(await patch({ script: '🎉' })), '422 script-empty script')
  assert.equal(said(await patch({ musicSourceId: silent })), '422 media-no-audio musicSourceId')
  assert.equal(said(await patch({ musicSourceId: foreign })), '404 not-found musicSourceId')
  assert.equal((await patch({ musicSourceId: song })).body.musicSourceId, song)
})

test('a timeline that cannot be shown is taken, or its fault goes unnamed', async () => {
  const id = await newClip()
  const refused: [unknown, string][] = [
    [[], '422 field-invalid cuts'],
    [[cut(beach, 5, 5)], '422 field-invalid cuts.0.end'],
    [[cut(beach, 0, 0.05)], '422 field-invalid cuts.0.end'],
    [[cut(beach, 0, 0.4)], '422 field-invalid cuts'],
    [[cut(beach, 0, 5), cut(harbour, 15, 21)], '422 field-invalid cuts.1.end'],
    [Array.from({ length: 7 }, () => cut(beach, 0, 100)), '422 field-invalid cuts'],
    [Array.from({ length: 401 }, () => cut(beach, 0, 1)), '422 field-invalid cuts'],
    [[cut(late, 0, 5)], '409 conflict cuts.0.sourceId'],
    [[cut(song, 0, 5)], '422 media-no-video cuts.0.sourceId'],
    [[cut(beach, 0, 5), cut(foreign, 0, 5)], '404 not-found cuts.1.sourceId'],
    [[cut(beach, 0, 5, foreignSegment)], '404 not-found cuts.0.segmentId'],
    [[{ ...cut(beach, 0, 5), why: 'a\u0000b' }], '422 field-invalid cuts.0.why'],
  ]
  const before = await get(id)
  for (const [cuts, answer] of refused)
    assert.equal(said(await timeline(id, cuts)), answer, JSON.stringify(cuts).slice(0, 200))
  assert.deepEqual(await get(id), before)
  assert.equal(said(await timeline(id, [cut(beach, 1, 2)], 7)), '409 version-conflict version')
  const changed = await timeline(id, [cut(harbour, 0, 20), { sourceId: beach, start: 99, end: 100 }])
  assert.deepEqual([changed.status, changed.body.version, changed.body.lengthSeconds], [200, 2, 21])
})

test('a clip takes a source that is just being deleted', async () => {
  const id = await newClip()
  const whileDeleting = async (name: string, ask: (sourceId: string) => Promise<Answer>) => {
    const source = await addSource(studio, a, name)
    return said(await askWhileDeleting(studio, a, { source }, () => ask(source)))
  }
  const shown = await whileDeleting('gone.mp4', (source) =>
    timeline(id, [cut(beach, 0, 5), cut(source, 0, 5)]),
  )
  assert.equal(shown, '404 not-found cuts.1.sourceId')
  const heard = await whileDeleting('gone.mp3', (musicSourceId) =>
    request(a, 'PATCH', `/clips/${id}`, { body: { version: 1, musicSourceId } }),
  )
  assert.equal(heard, '404 not-found musicSourceId')
  const source = await addSource(studio, a, 'spare.mp4')
  const { id: projectId } = (
    await request(a, 'POST', '/projects', { body: { name: 'Short', sourceIds: [source] } })
  ).body
  await addSegment(studio, a, source, 10, 14)
  const [short = ''] = await addClips(studio, a, projectId, [[cut(beach, 0, 3)]])
  const extended = await askWhileDeleting(studio, a, { source }, () =>
    request(a, 'POST', `/clips/${short}/extend`, { body: { version: 1, seconds: 2 } }),
  )
  assert.equal(said(extended), '422 footage-too-short seconds')
})

test('clips that a job made name a source that was deleted since', async () => {
  const gone = 'f'.repeat(64)
  const job = { service: studio.service, jobId: randomUUID(), profile: { id: a.id, name: 'A' } }
  const plain = { timeline: [cut(beach, 0, 5)], voice: 'espeak:en-us', captionStyle: null }
  const whole: NewClip = { ...plain, musicSourceId: song, soundFrom: { sourceId: harbour, start: 0 } }
  const wrong: [Partial<NewClip>, string][] = [
    [{ timeline: [cut(beach, 0, 5), cut(gone, 0, 5)] }, 'timeline'],
    [{ musicSourceId: gone }, 'musicSourceId'],
    [{ voiceoverKind: 'source', voiceoverHash: gone }, 'voiceover'],
    [{ soundFrom: { sourceId: gone, start: 0 } }, 'soundFrom'],
  ]
  for (const [draft, field] of wrong)
    await assert.rejects(writeClips(job, project, [whole, { ...whole, ...draft }]), {
      code: 'conflict',
      field,
    })
  assert.equal((await writeClips(job, project, [whole])).length, 1)
})

test('a preview outlives its timeline, or the last picture of a clip is gone before there is another', async () => {
  const id = await newClip()
  await studio.service.db.ofProfile(a.id, async (tx) => {
    const hashes = { previewHash: 'f'.repeat(64), thumbnailHash: 'f'.repeat(64) }
    await changeLabels(tx, await lockClip(tx, a.id, id), hashes)
  })
  const made = await get(id)
  assert.deepEqual([made.previewReady, made.version], [true, 1])
  const same = await timeline(id, [{ ...cut(beach, 0, 5), why: 'nicer' }, cut(harbour, 5, 10)])
  assert.deepEqual([same.body.previewReady, same.body.version], [true, 2])
  const other = await timeline(id, [cut(beach, 0, 4)], 2)
  assert.deepEqual([other.body.previewReady, other.body.thumbnailReady], [false, true])
})

test('an export of a clip that was changed counts as current, or one that is as it was as stale', async () => {
  const id = await newClip()
  const preset = PRESETS[0]
  assert.ok(preset)
  await studio.service.db.ofProfile(a.id, async (tx) => {
    const row = await findClip(tx, a.id, id)
    await tx.insert(exports).values({
      ...{ profileId: a.id, clipId: id, projectId: project, clipVersion: 1, name: 'x', presetId: preset.id },
      ...{ recipeHash: 'f'.repeat(64), recipe: {}, sizeBytes: 1, durationSeconds: 10 },
      parts: partsOf(row, preset, 'any'),
    })
  })
  const stale = async () => (await get(id)).exports.map((each: { stale: boolean }) => each.stale)
  assert.deepEqual(await stale(), [false])
  await request(a, 'PATCH', `/clips/${id}`, { body: { name: 'Renamed' } })
  assert.deepEqual(await stale(), [false])
  await timeline(id, [cut(beach, 0, 6)])
  assert.deepEqual(await stale(), [true])
  await timeline(id, [cut(beach, 0, 5), cut(harbour, 5, 10)], 2)
  assert.deepEqual(await stale(), [false])
})

test('a change goes untold, or is told as another', async () => {
  const id = await newClip()
  const latest = async () => {
    const all = await studio.service.db.ofProfile(a.id, (tx) => eventsAfter(tx, a.id, 0, 10_000))
    return all.at(-1)
  }
  const { body } = await request(a, 'PATCH', `/clips/${id}`, { body: { version: 1, script: 'Told' } })
  const changed = await latest()
  assert.deepEqual([changed?.type, changed?.data], ['clip', body])
  await request(a, 'PATCH', `/clips/${id}`, { body: { version: 2, script: 'Told' } })
  assert.equal((await latest())?.id, changed?.id)
  await request(a, 'DELETE', `/clips/${id}`)
  assert.deepEqual(await told(studio, a, 'clip', id), { id, deleted: true })
})

test('what a clip changes beside itself goes untold: the count of its project, the uses of segments', async () => {
  const own = await addSource(studio, a, 'told.mp4')
  const segment = await addSegment(studio, a, own, 3000, 3005)
  const { id: projectId } = (await request(a, 'POST', '/projects', { body: { name: 'Told' } })).body
  const [id = ''] = await addClips(studio, a, projectId, [[cut(beach, 0, 5)]], 100)
  const counts = async () => [
    (await told(studio, a, 'project', projectId)).counts.clips,
    (await told(studio, a, 'segment', segment))?.usageCount,
  ]
  await timeline(id, [cut(own, 0, 5, segment)])
  assert.deepEqual(await counts(), [0, 1])
  const copies = await Promise.all([1, 2, 3].map(() => request(a, 'POST', `/clips/${id}/duplicate`)))
  assert.deepEqual(await counts(), [4, 4])
  // Two that delete side by side count what the other has deleted.
  await Promise.all(copies.map(({ body }) => request(a, 'DELETE', `/clips/${body.id}`)))
  assert.deepEqual(await counts(), [1, 1])
})

test('uses of segments are miscounted', async () => {
  const own = await addSource(studio, a, 'counted.mp4')
  const [p, q] = [await addSegment(studio, a, own, 1000, 1005), await addSegment(studio, a, own, 1010, 1015)]
  const counts = async () =>
    (await usage(studio, a))
      .split(' ')
      .filter((each) => each.startsWith('10'))
      .join(' ')
  const id = await newClip()
  const { body } = await timeline(id, [cut(own, 0, 5, p), cut(own, 10, 15, p), cut(own, 10, 15, q)])
  assert.equal(await counts(), '1000:1 1010:1')
  const copy = (await request(a, 'POST', `/clips/${id}/duplicate`)).body
  assert.equal(await counts(), '1000:2 1010:2')
  await timeline(id, [cut(own, 0, 5, p)], body.version)
  assert.equal(await counts(), '1000:2 1010:1')
  const other = await newClip()
  await request(a, 'POST', `/clips/${other}/copy`, {
    body: { version: 1, from: copy.id, what: ['timeline'] },
  })
  assert.equal(await counts(), '1000:3 1010:2')
  await request(a, 'DELETE', `/clips/${other}`)
  await request(a, 'POST', '/clips/delete', { body: { clipIds: [copy.id, id] } })
  assert.equal(await counts(), '1000:0 1010:0')
})

test('a segment that was deleted keeps its clips from being edited', async () => {
  const gone = randomUUID()
  const id = await newClip(cut(beach, 0, 5, gone))
  const { status, body } = await timeline(id, [cut(beach, 0, 6, gone)])
  assert.deepEqual([status, body.timeline?.[0].segmentId], [200, null])
})

test('bulk answers lie about clips that are not there', async () => {
  const [one, two] = [await newClip(), await newClip()]
  const missing = randomUUID()
  const select = await request(a, 'POST', '/clips/select', {
    body: { clipIds: [one, missing, foreignClip, two, one], selected: true },
  })
  const states = ({ body }: Answer) => body.items.map(({ state }: { state: string }) => state).join(' ')
  assert.equal(states(select), 'done not-found not-found done done')
  assert.equal((await get(two)).selected, true)
  assert.equal((await request(b, 'GET', `/clips/${foreignClip}`)).body.selected, false)
  const remove = await request(a, 'POST', '/clips/delete', { body: { clipIds: [two, foreignClip, one] } })
  assert.equal(states(remove), 'done not-found done')
  assert.equal((await request(a, 'GET', `/clips/${one}`)).status, 404)
  assert.equal((await request(b, 'GET', `/clips/${foreignClip}`)).status, 200)
})

test('a misspelt field is passed over in silence', async () => {
  const id = await newClip()
  const misspelt = await request(a, 'PATCH', `/clips/${id}`, { body: { version: 1, vioce: 'espeak:de' } })
  assert.equal(said(misspelt), '422 field-invalid vioce')
  assert.equal(misspelt.body.detail, 'vioce is no field of this request.')
  const render = await request(a, 'POST', `/clips/${id}/render`, { body: { preset: 'square' } })
  assert.equal(said(render), '422 field-invalid preset')
})

test('a render cannot be asked for without a body, or goes before what somebody waits for', async () => {
  const id = await newClip()
  const priority = async (place: string, body?: object) => {
    const answer = await request(a, 'POST', `/clips/${place}`, body === undefined ? {} : { body })
    assert.equal(answer.status, 202, JSON.stringify(answer.body))
    const jobId = answer.body.id ?? answer.body.items[0].jobId
    return (await request(a, 'GET', `/jobs/${jobId}`)).body.priority
  }
  assert.equal(await priority(`${id}/render`), 0)
  assert.equal(await priority(`${id}/preview`), 20)
  assert.equal(await priority(`${id}/render`, { priority: -50 }), -50)
  assert.equal(await priority('render', { clipIds: [id], presetIds: ['reels'], priority: 7 }), 7)
  const more = await request(a, 'POST', `/clips/${id}/render`, { body: { priority: 101 } })
  assert.equal(more.body.detail, 'priority must be at most 100; it is 101.')
})

test('a focus that a person chose is lost by a later change, or one outside of the picture is taken', async () => {
  const [id, other] = [await newClip(cut(harbour, 2, 5)), await newClip()]
  const focus = { x: 0.25, y: 0.5 }
  const focusesOf = ({ body }: Answer) => body.timeline.map((each: { focus?: object }) => each.focus)
  const focused = { ...cut(harbour, 2, 5), focus }
  assert.deepEqual(focusesOf(await timeline(id, [focused])), [focus])
  const outside = { ...focused, focus: { x: 1.2, y: 0.5 } }
  assert.equal(said(await timeline(id, [outside], 2)), '422 field-invalid cuts.0.focus.x')
  await addSegment(studio, a, harbour, 1, 8)
  const extended = await request(a, 'POST', `/clips/${id}/extend`, { body: { version: 2, seconds: 1 } })
  assert.deepEqual([extended.body.lengthSeconds, focusesOf(extended)[0]], [4, focus])
  const body = { version: 1, from: id, what: ['timeline'] }
  assert.deepEqual(focusesOf(await request(a, 'POST', `/clips/${other}/copy`, { body }))[0], focus)
  assert.deepEqual(focusesOf(await timeline(id, [cut(harbour, 2, 5)], 3)), [undefined])
})

test('a copy of parts misses one, or takes others', async () => {
  const [from, to] = [await newClip(cut(beach, 20, 30)), await newClip()]
  await request(a, 'PATCH', `/clips/${from}`, {
    body: { version: 1, script: 'Words', captionStyle: 'plain', musicSourceId: song, sourceSound: false },
  })
  const copy = (body: object) => request(a, 'POST', `/clips/${to}/copy`, { body })
  const before = await get(to)
  assert.equal(said(await copy({ version: 1, from: foreignClip, what: ['script'] })), '404 not-found from')
  assert.equal(said(await copy({ version: 9, from, what: ['script'] })), '409 version-conflict version')
  assert.deepEqual(await get(to), before)
  const some = (await copy({ version: 1, from, what: ['script', 'style'] })).body
  assert.deepEqual(
    [some.script, some.captionStyle, some.musicSourceId, some.lengthSeconds],
    ['Words', 'plain', null, 10],
  )
  const rest = (await copy({ version: 2, from, what: ['music', 'timeline', 'voice', 'captions'] })).body
  assert.deepEqual([rest.musicSourceId, rest.sourceSound, rest.timeline[0].start], [song, false, 20])
})

test('a duplicate shares its number or versions, or differs', async () => {
  const id = await newClip()
  await request(a, 'PATCH', `/clips/${id}`, { body: { version: 1, script: 'Words', selected: true } })
  const { body } = await request(a, 'POST', `/clips/${id}/duplicate`)
  const original = await get(id)
  assert.deepEqual([body.version, body.selected, body.script], [1, false, 'Words'])
  assert.deepEqual(body.timeline, original.timeline)
  assert.notEqual(body.number, original.number)
})

test('a clip is extended by what it shows already, or not to the second', async () => {
  const source = await addSource(studio, a, 'extension.mp4')
  const { id: projectId } = (
    await request(a, 'POST', '/projects', { body: { name: 'Longer', sourceIds: [source] } })
  ).body
  const first = await addSegment(studio, a, source, 0, 4, 0.9)
  const second = await addSegment(studio, a, source, 10, 14, 0.8)
  const [id = ''] = await addClips(studio, a, projectId, [[cut(source, 0, 3, first)]])
  const extend = (version: number, seconds: number) =>
    request(a, 'POST', `/clips/${id}/extend`, { body: { version, seconds } })
  const ranges = ({ body }: Answer) =>
    body.timeline.map((each: { start: number; end: number; segmentId: string }) => [
      each.start,
      each.end,
      each.segmentId,
    ])
  assert.deepEqual(ranges(await extend(1, 1)), [[0, 4, first]])
  assert.deepEqual(ranges(await extend(2, 3.5)), [
    [0, 4, first],
    [10, 13.5, second],
  ])
  const more = await extend(3, 5)
  assert.equal(said(more), '422 footage-too-short seconds')
  assert.equal(more.body.details.availableSeconds, 0.5)
  const [tight = ''] = await addClips(studio, a, projectId, [[cut(source, 0, 4, first)]], 2)
  const flash = await request(a, 'POST', `/clips/${tight}/extend`, { body: { version: 1, seconds: 1 } })
  assert.deepEqual(ranges(flash), [
    [0, 3.5, first],
    [10, 11.5, second],
  ])
  assert.equal(said(await extend(3, 600)), '422 field-invalid seconds')
  assert.equal(said(await extend(1, 1)), '409 version-conflict version')
})

test('writers that meet at the same clips and segments stand in the way of each other for ever', async () => {
  const own = await addSource(studio, a, 'busy.mp4')
  const shown = [await addSegment(studio, a, own, 2000, 2005), await addSegment(studio, a, own, 2010, 2015)]
  const ids = [await newClip(), await newClip(), await newClip()]
  const cuts = shown.map((segment) => cut(own, 0, 5, segment))
  const answers = await Promise.all(
    Array.from({ length: 24 }, (_, i) => {
      const [id = '', other = ''] = [ids[i % 3], ids[(i + 1) % 3]]
      const order = i % 2 === 0 ? [id, other] : [other, id]
      if (i % 4 === 0)
        return request(a, 'POST', '/clips/select', { body: { clipIds: order, selected: i % 8 === 0 } })
      if (i % 4 === 1) return request(a, 'POST', `/clips/${id}/duplicate`)
      if (i % 4 === 2) return timeline(id, i % 8 === 2 ? cuts : cuts.toReversed(), 1)
      return request(a, 'POST', `/clips/${id}/copy`, {
        body: { version: 1, from: other, what: ['timeline'] },
      })
    }),
  )
  assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([200, 201, 409]))
  const clips = (await request(a, 'GET', '/clips?limit=200')).body.items as {
    timeline: { segmentId: string }[]
  }[]
  for (const [index, segment] of shown.entries()) {
    const showing = clips.filter((clip) =>
      clip.timeline.some(({ segmentId }) => segmentId === segment),
    ).length
    assert.match(await usage(studio, a), new RegExp(`(^| )20${index}0:${showing}( |$)`))
  }
})

test('a foreign or malformed id is told from a missing one, or changes something', async () => {
  const id = await newClip()
  const body = { version: 1, cuts: [cut(beach, 0, 5)] }
  const calls: [string, string, unknown?][] = [
    ['GET', ''],
    ['PATCH', '', { name: 'x' }],
    ['DELETE', ''],
    ['PUT', '/timeline', body],
    ['GET', '/captions'],
    ['PUT', '/captions', { version: 1, cues: [] }],
    ['DELETE', '/captions?version=1'],
    ['POST', '/extend', { version: 1, seconds: 1 }],
    ['POST', '/copy', { version: 1, from: id, what: ['script'] }],
    ['POST', '/duplicate'],
  ]
  const before = (await request(b, 'GET', `/clips/${foreignClip}`)).body
  for (const [method, place, content] of calls) {
    const bodies = await Promise.all(
      [foreignClip, randomUUID(), 'no-id', '..%2f..'].map(async (clip) => {
        const answer = await request(a, method, `/clips/${clip}${place}`, content ? { body: content } : {})
        assert.equal(answer.status, 404, `${method} ${place} of ${clip}`)
        return answer.body.code
      }),
    )
    assert.deepEqual(new Set(bodies), new Set(['not-found']))
  }
  assert.deepEqual((await request(b, 'GET', `/clips/${foreignClip}`)).body, before)
  assert.equal((await request(a, 'GET', `/projects/${foreignProject}`)).status, 404)
})
