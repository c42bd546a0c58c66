import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { PRESETS, type Preset } from '@cutroom/contracts'
import { makeClips } from '../../apps/server/src/domain/make.ts'
import { runJob } from '../../apps/server/src/domain/studio.ts'
import { oneShot } from '../../apps/server/src/worker/handlers/one-shot.ts'
import { fixture } from '../fixtures/fixtures.ts'
import { said, sha256, startStudio } from './footage.ts'

/** Which attempts are broken off as soon as they render. */
const breaksOff = { next: false }
const studio = await startStudio({
  'one-shot': (job, payload) => {
    const breaking = breaksOff.next
    breaksOff.next = false
    return oneShot(
      {
        ...job,
        report(event) {
          job.report(event)
          if (breaking && event.type === 'stage-started' && event.stage === 'render') job.stop.abort()
        },
      },
      payload,
    )
  },
})
const { a, b, request, service } = studio
const footage = await studio.upload(a, 'eight-shots')
const SCRIPT = 'Two brands share a machine. Neither ever meets the other.'
const wishes = {
  ...{ videos: [footage], script: SCRIPT, voice: 'espeak:en-us', captionStyle: 'boxed' },
  ...{ presetId: 'source', variants: 2, seed: 7 },
}

interface Made {
  readonly projectId: string
  readonly clipIds: string[]
  readonly exports: { clipId: string; exportId: string }[]
}

test('a one-shot job broken off while it renders speaks, ingests or selects again, or makes other files than the command line', async () => {
  breaksOff.next = true
  const broken = await studio.run(a, '/one-shot', wishes)
  assert.equal(broken.state, 'failed')
  assert.deepEqual(
    broken.stages.filter(({ stage }) => ['voice', 'select'].includes(stage)).map(({ state }) => state),
    ['done', 'done'],
  )
  const projects = await request(a, 'GET', '/projects')
  assert.equal(projects.body.items[0].counts.clips, 2, 'the clips were written before the break')

  await request(a, 'POST', `/jobs/${broken.id}/retry`)
  const job = await studio.done(a, broken.id)
  const again = job.stages.map(({ stage, state }) => `${stage} ${state}`)
  assert.ok(!again.some((stage) => /^(voice|select|ingest done|preview done)/.test(stage)), again.join(', '))
  const made = job.result as Made
  assert.equal((await request(a, 'GET', '/projects')).body.items.length, 1)
  assert.equal((await request(a, 'GET', `/clips?projectId=${made.projectId}`)).body.items.length, 2)

  // The same request of the command line, as another brand.
  const request2 = {
    ...{ videos: [await fixture('eight-shots')], variants: 2, durationSeconds: null, script: SCRIPT },
    ...{ voiceId: 'espeak:en-us', recording: null, music: null, captionFile: null, seed: 7 },
    ...{ captionStyle: 'boxed' as const, bestEffort: false },
    preset: PRESETS.find(({ id }) => id === 'source') as Preset,
  } as const
  const about = { signal: new AbortController().signal, report: () => undefined }
  const folder = `${studio.dataDir}/out`
  const set = await runJob(service.studio, { id: b.id, name: 'B' }, about, (job) =>
    makeClips(job, request2, { folder, sidecar: null }),
  )
  const byCommand = await Promise.all(set.exports.map(async ({ file }) => sha256(await readFile(file))))
  const byJob: string[] = []
  for (const { exportId } of made.exports)
    byJob.push(sha256((await request(a, 'GET', `/exports/${exportId}/file`)).bytes))
  assert.deepEqual(byJob, byCommand)
  assert.equal(new Set(byJob).size, 2, 'variants differ')
})

test('a one-shot job cannot do with recorded sound, music and captions of its own', async () => {
  const talk = await studio.upload(a, 'talk')
  const song = await studio.upload(a, 'audio-mp3')
  const captions =
    '1\n00:00:00,200 --> 00:00:01,500\nHello there\n\n2\n00:00:02,000 --> 00:09:00,000\nGoes on\n'
  const job = await studio.run(a, '/one-shot', {
    ...{ videos: [footage], audio: talk, music: song, captions, captionStyle: 'plain' },
    ...{ presetId: 'source', variants: 1, projectName: 'Spoken' },
  })
  assert.equal(job.state, 'done', JSON.stringify(job.problem))
  const { clipIds, exports } = job.result as Made
  const clip = await studio.clip(a, clipIds[0] ?? '')
  assert.equal(clip.name, 'Spoken 1')
  assert.deepEqual(
    [clip.voiceover.kind, clip.voiceover.stale, clip.captions, clip.musicSourceId],
    ['recorded', false, { origin: 'person', cueCount: 2 }, song],
  )
  // The recording lasts 6 s at most; the clip goes on a little.
  assert.ok(clip.lengthSeconds > 4 && clip.lengthSeconds < 6.5, `${clip.lengthSeconds} s`)
  const file = await request(a, 'GET', `/exports/${exports[0]?.exportId}/file`)
  assert.equal(file.status, 200)
  assert.equal(clip.exports[0]?.stale, false)
})

test('a one-shot that cannot succeed is queued, or leaves a project behind', async () => {
  const before = (await request(a, 'GET', '/projects')).body.items.length
  const song = await studio.upload(a, 'audio-flac')
  const silent = await studio.upload(a, 'no-audio')
  const foreign = await studio.upload(b, 'plain')
  const refusals: [object, string][] = [
    [{ videos: [foreign] }, '404 not-found videos'],
    [{ videos: [footage], music: foreign }, '404 not-found music'],
    [{ videos: [footage], audio: silent }, '422 media-no-audio audio'],
    [{ videos: [song] }, '422 media-no-video videos'],
    [{ videos: [footage], script: ' 🎉 ' }, '422 script-empty script'],
    [{ videos: [footage], script: 'a '.repeat(9000) }, '422 script-too-long script'],
    [{ videos: [footage], script: 'Hi', voice: 'espeak:klingon' }, '422 voice-unknown voice'],
    [{ videos: [footage], presetId: 'vhs' }, '422 preset-unknown presetId'],
    [{ videos: [footage], captions: 'no times' }, '422 captions-unreadable'],
    [{ videos: [footage], variants: 21 }, '422 field-invalid variants'],
    [{ videos: [] }, '422 field-invalid videos'],
  ]
  for (const [body, wanted] of refusals)
    assert.equal(said(await request(a, 'POST', '/one-shot', { body })), wanted)
  assert.equal((await request(a, 'GET', '/projects')).body.items.length, before)
})

test('footage that is too short fails without a word of how much there is', async () => {
  const job = await studio.run(a, '/one-shot', { videos: [footage], duration: 300, variants: 1 })
  assert.deepEqual([job.state, job.problem?.code], ['failed', 'footage-too-short'])
  assert.ok(Number(job.problem?.details?.usableSeconds) > 10)
})
