import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { CutroomError, type JobRecord } from '@cutroom/contracts'
import { spending } from '../../apps/server/src/db/schema/jobs.ts'
import type { WorkJob } from '../../apps/server/src/worker/handler.ts'
import { voiceover } from '../../apps/server/src/worker/handlers/voiceover.ts'
import { voiceoverMany } from '../../apps/server/src/worker/handlers/voiceover-many.ts'
import { limitProfile, ready, said, startStudio } from './footage.ts'

/** What happens once a voice is made, and before the clip gets it. */
let meanwhile: (() => Promise<unknown>) | null = null
/** What espeak asks for a character, US dollars. */
let perCharacter = 0
/** What the next phrase that would be spoken fails of. */
let failure: CutroomError | null = null
/** What happens before a second attempt. */
let beforeAgain: (() => Promise<unknown>) | null = null
/** Phrases that were spoken, not found. */
const spoken: string[] = []

/** The same job with a voice that costs money and is watched. */
function watched(job: WorkJob): WorkJob {
  const { artifacts } = job.studio
  const ensure: typeof artifacts.ensure = async (...args) => {
    const made = await artifacts.ensure(...args)
    if (args[1] !== 'voiceover') return made
    await meanwhile?.()
    meanwhile = null
    return made
  }
  const speech = job.studio.speech.map((provider) => ({
    ...provider,
    capabilities: { ...provider.capabilities, price: { perCharacter, currency: 'USD' as const } },
    async speak(request: Parameters<typeof provider.speak>[0]) {
      const thrown = failure
      failure = null
      if (thrown !== null) throw thrown
      spoken.push(request.text)
      return provider.speak(request)
    },
  }))
  return { ...job, studio: { ...job.studio, artifacts: { ...artifacts, ensure }, speech } }
}
const studio = await startStudio({
  voiceover: (job, payload) => voiceover(watched(job), payload),
  async 'voiceover-many'(job, payload) {
    if (job.attempt > 1) await beforeAgain?.()
    return voiceoverMany(watched(job), payload)
  },
})
const { a, b, request, clip, patch, run, service } = studio
const footage = await studio.upload(a, 'eight-shots')
await ready(studio, a, footage)
const newClip = (seconds = 6) => studio.newClip(a, [footage], seconds)
const captionsOf = async (id: string) => (await request(a, 'GET', `/clips/${id}/captions`)).body

test('a clip is not as long as its voice, or its captions are not the words', async () => {
  const id = await newClip(6)
  const before = await clip(a, id)
  await patch(a, id, { script: 'A short one. Nothing more is said.' })
  const job = await run(a, `/clips/${id}/voiceover`)
  assert.equal(job.state, 'done', JSON.stringify(job.problem))
  const made = await clip(a, id)
  assert.partialDeepStrictEqual(made.voiceover, { kind: 'spoken', stale: false })
  const after = made.lengthSeconds - made.voiceover.seconds
  assert.ok(Math.abs(after - 0.3) < 0.001, `the clip goes on for ${after} s after its voice`)
  assert.equal(made.version, before.version + 2, 'one for the script, one for the voice')
  assert.equal(made.captions.origin, 'voice')
  const file = await request(a, 'GET', `/clips/${id}/voiceover`)
  assert.deepEqual([file.status, file.headers['content-type']], [200, 'audio/wav'])
  assert.equal(file.headers['content-disposition'], `inline; filename="${made.name}.wav"`)
  const seconds = (file.bytes.length - 44) / file.bytes.readUInt32LE(28)
  assert.ok(
    Math.abs(made.lengthSeconds - seconds - 0.3) < 0.01,
    `${made.lengthSeconds} s for ${seconds} s of voice`,
  )
  assert.ok(made.lengthSeconds < 5)
  const { cues } = await captionsOf(id)
  assert.equal(cues.map(({ text }: { text: string }) => text).join(' '), 'A short one. Nothing more is said.')
  assert.equal(made.previewReady, true, 'a preview of the fitted timeline')

  await patch(a, id, { script: 'Another one.' })
  assert.equal((await clip(a, id)).voiceover.stale, true)
})

test('a long voice does not bring more footage, or the captions of a person are lost', async () => {
  const id = await newClip(3)
  const text = '1\n00:00:00,000 --> 00:00:02,000\nMine\n'
  const { version } = await clip(a, id)
  await request(a, 'PUT', `/clips/${id}/captions`, { body: { version, text } })
  await patch(a, id, {
    script: 'One two three four five six seven eight nine ten, and again from one to ten, slowly.',
  })
  await run(a, `/clips/${id}/voiceover`)
  const made = await clip(a, id)
  assert.ok(made.lengthSeconds > 4, `${made.lengthSeconds} s`)
  const places = made.timeline.map(({ start }: { start: number }) => start)
  assert.equal(new Set(places).size, places.length, 'nothing is shown twice while there is more')
  assert.deepEqual(made.captions, { origin: 'person', cueCount: 1 })
})

test('a script that is edited while it is spoken gets the voice of the old one', async () => {
  const id = await newClip()
  const old = `The old words ${randomUUID().slice(0, 4)}.`
  await patch(a, id, { script: old })
  meanwhile = () => patch(a, id, { script: 'The new words.' })
  const job = await run(a, `/clips/${id}/voiceover`)
  assert.deepEqual([job.state, job.problem?.code], ['failed', 'conflict'])
  assert.equal((await clip(a, id)).voiceover, null)
  // Undone, nothing is spoken again.
  spoken.length = 0
  await patch(a, id, { script: old })
  assert.equal((await run(a, `/clips/${id}/voiceover`)).state, 'done')
  assert.deepEqual(spoken, [])
})

test('another edit while the script is spoken is lost, or loses the voice', async () => {
  const id = await newClip()
  await patch(a, id, { script: `These words stay ${randomUUID().slice(0, 4)}.` })
  meanwhile = () => patch(a, id, { sourceSound: false })
  assert.equal((await run(a, `/clips/${id}/voiceover`)).state, 'done')
  const made = await clip(a, id)
  assert.deepEqual([made.sourceSound, made.voiceover.stale], [false, false])
})

test('one clip of many that fails stops the others, or the same words are spoken twice', async () => {
  const [one, two, foreign] = [await newClip(), await newClip(), randomUUID()]
  spoken.length = 0
  const script = `Said once ${randomUUID().slice(0, 4)}.`
  const job = await run(a, '/clips/voiceover', { clipIds: [one, foreign, two], script })
  assert.equal(job.state, 'done', JSON.stringify(job.problem))
  const { items } = job.result as { items: { clipId: string; problem: { code: string } | null }[] }
  assert.deepEqual(
    items.map(({ clipId, problem }) => [clipId, problem?.code ?? null]),
    [
      [one, null],
      [foreign, 'not-found'],
      [two, null],
    ],
  )
  assert.equal(spoken.length, 1, spoken.join('|'))
  for (const id of [one, two]) {
    const made = await clip(a, id)
    assert.deepEqual([made.script, made.voiceover.stale], [script, false])
  }
})

test('a voice that is down for a moment leaves one of many clips without, or what a person writes meanwhile is lost', async () => {
  const [one, two] = [await newClip(), await newClip()]
  const script = `Said again ${randomUUID().slice(0, 4)}.`
  const down = (retryable: boolean) =>
    new CutroomError('speech-failed', 'espeak did not deliver speech.', { details: { retryable } })
  spoken.length = 0
  failure = down(true)
  beforeAgain = () => patch(a, two, { script: 'Mine.' })
  const job = await run(a, '/clips/voiceover', { clipIds: [one, two], script })
  beforeAgain = null
  const problems = ({ result }: JobRecord) =>
    (result as { items: { problem: { code: string } | null }[] }).items.map(
      ({ problem }) => problem?.code ?? null,
    )
  assert.deepEqual([job.state, job.attempt], ['done', 2], JSON.stringify(job.problem))
  assert.deepEqual(problems(job), [null, 'conflict'])
  assert.equal(spoken.length, 1, spoken.join('|'))
  assert.deepEqual([(await clip(a, one)).script, (await clip(a, two)).script], [script, 'Mine.'])

  failure = down(false)
  const refused = await run(a, '/clips/voiceover', { clipIds: [one, two], script: `${script} Refused.` })
  assert.deepEqual([refused.state, refused.attempt], ['done', 1])
  assert.deepEqual(problems(refused), ['speech-failed', null])
})

test('a clip without a script of its own fails without saying so, among many', async () => {
  const [spokenOne, silent] = [await newClip(), await newClip()]
  await patch(a, spokenOne, { script: 'I speak.' })
  const job = await run(a, '/clips/voiceover', { clipIds: [spokenOne, silent] })
  const { items } = job.result as { items: { problem: { code: string } | null }[] }
  assert.deepEqual(
    items.map(({ problem }) => problem?.code ?? null),
    [null, 'script-empty'],
  )
})

test('a script or voice that a person edits while many clips are spoken is lost', async () => {
  const id = await newClip()
  const old = `Spoken for many ${randomUUID().slice(0, 4)}.`
  await patch(a, id, { script: old })
  meanwhile = () => patch(a, id, { script: 'Edited meanwhile.' })
  const ofOwn = await run(a, '/clips/voiceover', { clipIds: [id] })
  const problemOf = (job: JobRecord) =>
    (job.result as { items: { problem: { code: string } | null }[] }).items[0]?.problem?.code ?? null
  assert.equal(problemOf(ofOwn), 'conflict')
  assert.equal((await clip(a, id)).script, 'Edited meanwhile.')

  meanwhile = () => patch(a, id, { voice: 'espeak:de' })
  assert.equal(problemOf(await run(a, '/clips/voiceover', { clipIds: [id], script: old })), 'conflict')
  assert.equal((await clip(a, id)).voice, 'espeak:de')
})

test('a recorded voice is not fitted, or is not taken out again', async () => {
  const talk = await studio.upload(a, 'talk')
  const silent = await studio.upload(a, 'no-audio')
  const id = await newClip(3)
  await patch(a, id, {
    script: 'The quick brown fox jumps over the lazy dog. She sells sea shells by the sea shore.',
  })
  const { version } = await clip(a, id)
  const put = async (body: object) => said(await request(a, 'PUT', `/clips/${id}/voiceover`, { body }))
  assert.equal(await put({ version, sourceId: silent }), '422 media-no-audio sourceId')
  assert.equal(await put({ version: version - 1, sourceId: talk }), '409 version-conflict version')
  const job = await run(a, `/clips/${id}/voiceover`, { version, sourceId: talk }, 'PUT')
  assert.equal(job.state, 'done', JSON.stringify(job.problem))
  const made = await clip(a, id)
  assert.partialDeepStrictEqual(made.voiceover, { kind: 'recorded', stale: false })
  assert.ok(made.lengthSeconds > 4.5, `${made.lengthSeconds} s`)
  const { cues } = await captionsOf(id)
  assert.match(cues[0].text, /quick brown fox/)
  assert.equal((await request(a, 'GET', `/clips/${id}/voiceover`)).status, 200)

  const gone = await request(a, 'DELETE', `/clips/${id}/voiceover?version=${made.version}`)
  assert.deepEqual([gone.status, gone.body.voiceover, gone.body.captions], [200, null, null])
  assert.equal(gone.body.lengthSeconds, made.lengthSeconds)
  assert.equal(said(await request(a, 'GET', `/clips/${id}/voiceover`)), '404 not-found')
})

test('a script that is written for a recording is not laid over it, and nobody is told', async () => {
  const talk = await studio.upload(a, 'talk')
  const id = await newClip(3)
  const { version } = await clip(a, id)
  assert.equal((await run(a, `/clips/${id}/voiceover`, { version, sourceId: talk }, 'PUT')).state, 'done')
  assert.partialDeepStrictEqual((await clip(a, id)).voiceover, { kind: 'recorded', stale: false })
  await patch(a, id, { script: 'The quick brown fox jumps over the lazy dog.' })
  assert.partialDeepStrictEqual((await clip(a, id)).voiceover, { kind: 'recorded', stale: true })
  assert.equal(said(await request(a, 'POST', `/clips/${id}/render`)), '409 conflict')
})

test('a voice or a preview is made for which there is no room, or what was made before is not found then', async () => {
  const limit = (storageBytes: number | null) => limitProfile(studio, a, { storageBytes })
  const id = await newClip()
  await patch(a, id, { script: 'There is no room for these words.' })
  const uncut = [{ sourceId: footage, start: 3.125, end: 6.125 }]
  const { version } = await clip(a, id)
  const edited = await request(a, 'PUT', `/clips/${id}/timeline`, { body: { version, cuts: uncut } })
  assert.equal(edited.status, 200, JSON.stringify(edited.body))
  await limit(1)
  spoken.length = 0
  for (const place of ['voiceover', 'preview']) {
    const job = await run(a, `/clips/${id}/${place}`)
    assert.deepEqual([job.state, job.problem?.code], ['failed', 'quota-exceeded'], place)
  }
  assert.deepEqual(spoken, [])
  await limit(null)
  for (const storageBytes of [null, 1]) {
    await limit(storageBytes)
    for (const place of ['voiceover', 'preview'])
      assert.equal((await run(a, `/clips/${id}/${place}`)).state, 'done', `${place} with ${storageBytes}`)
  }
  await limit(null)
})

test('more is spent than the profile may, or what was spent is not written down', async () => {
  perCharacter = 0.01
  const limit = (monthlySpendMicros: number | null) => limitProfile(studio, a, { monthlySpendMicros })
  const spent = () => service.db.ofProfile(a.id, (tx) => tx.select().from(spending))
  await limit(500_000)
  const id = await newClip()
  // 40 characters and 4 cents each 0.01: half a dollar is enough for one of the two.
  const script = (word: string) => `${word} ${'words of money. '.repeat(2)}`.trim()
  await patch(a, id, { script: script('First') })
  spoken.length = 0
  assert.equal((await run(a, `/clips/${id}/voiceover`)).state, 'done')
  const characters = spoken.reduce((sum, text) => sum + text.length, 0)
  assert.deepEqual(
    (await spent()).map(({ provider, amountMicros }) => [provider, amountMicros]),
    [['espeak', characters * 10_000]],
  )
  await patch(a, id, { script: script('Something else entirely, about') })
  spoken.length = 0
  const job = await run(a, `/clips/${id}/voiceover`)
  assert.deepEqual([job.state, job.problem?.code], ['failed', 'quota-exceeded'])
  assert.deepEqual(spoken, [], 'asked before anything is bought')
  assert.equal((await spent()).length, 1)
  const told = (await request(a, 'GET', '/voices/spending')).body
  assert.deepEqual(told, {
    month: new Date().toISOString().slice(0, 7),
    spentMicros: characters * 10_000,
    limitMicros: 500_000,
  })
  assert.equal((await request(b, 'GET', '/voices/spending')).body.spentMicros, 0)
  await limit(null)
  assert.equal((await run(a, `/clips/${id}/voiceover`)).state, 'done')
  assert.equal((await spent()).length, 2)
  perCharacter = 0
})

test('what cannot be spoken is queued, or what another profile has is reached', async () => {
  const id = await newClip()
  const post = async (by: typeof a, place: string, body?: object) =>
    said(await request(by, 'POST', place, body === undefined ? {} : { body }))
  assert.equal(await post(a, `/clips/${id}/voiceover`), '422 script-empty script')
  assert.equal(await post(b, `/clips/${id}/voiceover`), '404 not-found')
  assert.equal(await post(b, '/clips/voiceover', { clipIds: [id] }), '404 not-found')
  const many = (more: object) => post(a, '/clips/voiceover', { clipIds: [id], ...more })
  assert.equal(await many({ script: '' }), '422 script-empty script')
  assert.equal(await many({ script: 'a '.repeat(9000) }), '422 script-too-long script')
  assert.equal(await many({ voice: 'espeak:klingon' }), '422 voice-unknown voice')
  const { body } = await request(a, 'GET', '/voices')
  const voice = body.items.find((each: { id: string }) => each.id === 'espeak:en-us')
  assert.deepEqual([voice.provider, voice.micros1000, voice.languages[0]], ['espeak-ng', 0, 'en-us'])
})
