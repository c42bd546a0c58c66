import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { test } from 'node:test'
import { execa } from 'execa'
import { and, eq } from '../../apps/server/src/db/drizzle.ts'
import { exports } from '../../apps/server/src/db/schema/projects.ts'
import { quoteVoice, voiceSample } from '../../apps/server/src/domain/render/voices.ts'
import { SMALL } from '../support/presets.ts'
import { limitProfile, ready, said, sha256, startStudio } from './footage.ts'

const studio = await startStudio()
const { a, b, request, clip, patch, run, service } = studio
const footage = await studio.upload(a, 'eight-shots')
await ready(studio, a, footage)
const preset = { ...SMALL, frameRate: 25 }
assert.equal((await request(a, 'POST', '/presets', { body: preset })).status, 201)
const small = { presetId: preset.id }

const id = await studio.newClip(a, [footage], 4)
await patch(a, id, { script: 'Two brands share a machine. Übrigens: καλημέρα!', captionStyle: 'highlight' })
assert.equal((await run(a, `/clips/${id}/voiceover`)).state, 'done')

/** What the newest render of a clip consisted of. */
async function rendered(clipId: string) {
  const job = await run(a, `/clips/${clipId}/render`, small)
  assert.equal(job.state, 'done', JSON.stringify(job.problem))
  const { id: exportId } = job.result as { id: string }
  const [row] = await service.db.ofProfile(a.id, (tx) =>
    tx
      .select({ recipe: exports.recipe })
      .from(exports)
      .where(and(eq(exports.profileId, a.id), eq(exports.id, exportId))),
  )
  const recipe = row?.recipe as {
    captions: { ass: string; fonts: string[] } | null
    render: unknown
  }
  return { recipe, exportId }
}
const ass = (query = '', by = a, clipId = id) =>
  request(by, 'GET', `/clips/${clipId}/captions?format=ass&presetId=small${query}`)
const playback = async (clipId = id) =>
  (await request(a, 'GET', `/clips/${clipId}/playback?presetId=small`)).body

test('captions for a player are not those that a render burns in, or come without the very fonts', async () => {
  const { recipe } = await rendered(id)
  const answer = await ass()
  assert.equal(answer.status, 200)
  assert.match(String(answer.headers['content-type']), /^text\/x-ssa/)
  assert.equal(recipe.captions?.ass, answer.body)
  assert.match(answer.body, /Dialogue: 2,.*Active Inter ExtraBold/)
  const files = [...String(answer.headers.link).matchAll(/<([^>]+)>; rel="preload"/g)].map(
    ([, file = '']) => file,
  )
  assert.ok(files.length >= 2, 'the Greek word needs another file')
  const hashes: string[] = []
  for (const file of files) {
    const font = await request(null, 'GET', file.replace('/api/v1', ''))
    assert.deepEqual([font.status, font.headers['content-type']], [200, 'font/woff'])
    assert.match(String(font.headers['cache-control']), /immutable/)
    hashes.push(sha256(font.bytes))
  }
  assert.deepEqual(hashes.toSorted(), recipe.captions?.fonts.toSorted())
  const listed = (await request(null, 'GET', '/fonts')).body.items
  for (const file of files)
    assert.ok(
      listed.some((item: { file: string }) => file.endsWith(`/${item.file}`)),
      file,
    )
  assert.deepEqual(
    [...new Set(listed.map((item: { family: string; weight: number }) => `${item.family} ${item.weight}`))],
    ['Rubik ExtraBold 800', 'Inter ExtraBold 800'],
  )
  for (const file of ['none', '..%2F..%2Fpackage.json', 'rubik-latin-800-normal.woff'])
    assert.equal((await request(null, 'GET', `/fonts/${file}`)).status, 404)
})

test('another style or another clip shows the captions as they are, or an unchanged script is sent again', async () => {
  const own = await ass()
  const boxed = await ass('&style=boxed')
  assert.match(boxed.body, /Style: Box /)
  assert.notEqual(boxed.headers.etag, own.headers.etag)
  const headers = { 'if-none-match': String(own.headers.etag) }
  const again = await request(a, 'GET', `/clips/${id}/captions?format=ass&presetId=small`, { headers })
  assert.deepEqual([again.status, again.body], [304, ''])
  const wide = await request(a, 'GET', `/clips/${id}/captions?format=ass&presetId=landscape`)
  assert.match(wide.body, /PlayResX: 1920\nPlayResY: 1080/)

  const bare = await studio.newClip(a, [footage], 3)
  const nothing = await ass('&style=plain', a, bare)
  assert.deepEqual([nothing.status, nothing.headers.link], [200, undefined])
  assert.match(nothing.body, /\[Events\]/)
  assert.doesNotMatch(nothing.body, /Dialogue/)
  assert.equal(said(await request(a, 'GET', `/clips/${bare}/captions`)), '404 not-found')
  await patch(a, id, { captionStyle: null })
  assert.doesNotMatch((await ass()).body, /Dialogue/)
  assert.match((await ass('&style=plain')).body, /Dialogue/)
  await patch(a, id, { captionStyle: 'highlight' })

  assert.equal(said(await ass('', b)), '404 not-found')
  assert.equal(said(await ass('&style=fancy')), '422 field-invalid style')
  const unknown = await request(a, 'GET', `/clips/${id}/captions?format=ass&presetId=vhs`)
  assert.equal(said(unknown), '422 preset-unknown presetId')
})

const RIGHT = { x: 1, y: 0.5 }

test('a player shows other pictures, or at other times, than the render', async () => {
  const { timeline, version } = await clip(a, id)
  const cuts = timeline.map((cut: object, index: number) => (index === 0 ? { ...cut, focus: RIGHT } : cut))
  assert.equal((await request(a, 'PUT', `/clips/${id}/timeline`, { body: { version, cuts } })).status, 200)
  const { recipe, exportId } = await rendered(id)
  const played = await playback()
  assert.equal(played.cuts[0].crop.x, 218 / 320, 'as a person wants it')
  assert.deepEqual(
    [played.frame, played.frameRate, played.presetId],
    [preset.frame, { num: 25, den: 1 }, 'small'],
  )
  assert.deepEqual(played.safeArea, preset.safeArea)
  assert.deepEqual(
    [played.hasVoice, played.voiceAt, played.clipVersion],
    [true, 0, (await clip(a, id)).version],
  )
  let frames = 0
  for (const cut of played.cuts) {
    assert.equal(cut.at, frames / 25)
    assert.ok(Math.abs(cut.end - cut.start - cut.frames / 25) < 1e-9)
    frames += cut.frames
    // The picture is 320×180: a portrait frame takes its whole height.
    assert.deepEqual([cut.crop.y, cut.crop.height], [0, 1])
    assert.ok(Math.abs(cut.crop.width - 102 / 320) < 1e-9, `${cut.crop.width}`)
    assert.ok(cut.crop.x >= 0 && cut.crop.x + cut.crop.width <= 1)
    // The very crop and number of frames of the decoder.
    const x = Math.round(cut.crop.x * 320)
    const commands = JSON.stringify(recipe.render)
    assert.ok(commands.includes(`crop=w=102:h=180:x=${x}:y=0`), `crop at ${x}`)
    assert.ok(commands.includes(`"-frames:v","${cut.frames}"`), `${cut.frames} frames`)
  }
  assert.equal(played.frames, frames)
  assert.equal(played.lengthSeconds, frames / 25)
  const made = (await request(a, 'GET', `/exports/${exportId}`)).body
  assert.ok(Math.abs(made.durationSeconds - played.lengthSeconds) < 0.05)

  const wide = (await request(a, 'GET', `/clips/${id}/playback?presetId=source`)).body
  assert.deepEqual(
    [wide.frame, wide.frameRate],
    [
      { width: 320, height: 180 },
      { num: 30, den: 1 },
    ],
  )
  assert.deepEqual(wide.cuts[0].crop, { x: 0, y: 0, width: 1, height: 1 })
  const own = (await request(a, 'GET', `/clips/${id}/playback`)).body
  assert.equal(own.presetId, 'reels', "the profile's own")
  assert.equal(said(await request(b, 'GET', `/clips/${id}/playback`)), '404 not-found')
  const unknown = await request(a, 'GET', `/clips/${id}/playback?presetId=vhs`)
  assert.equal(said(unknown), '422 preset-unknown presetId')
})

test('sound is mixed for a player as it is not for the render', async () => {
  const bare = await studio.newClip(a, [footage], 3)
  const without = await playback(bare)
  assert.deepEqual(
    [without.hasVoice, without.sourceGainDb, without.musicGainDb, without.soundFrom],
    [false, 0, null, null],
  )
  // A tone, whose loudness ffmpeg measures as the render does.
  const file = path.join(studio.dataDir, 'shots.mp4')
  await writeFile(file, (await request(a, 'GET', `/sources/${footage}/file`)).bytes)
  const { stderr } = await execa('ffmpeg', ['-i', file, '-vn', '-af', 'ebur128', '-f', 'null', '-'])
  const lufs = Number([...stderr.matchAll(/I:\s+(-?[\d.]+) LUFS/g)].at(-1)?.[1])
  const { sourceGainDb } = await playback()
  const wanted = Math.min(0, -22 - lufs) - 11
  assert.ok(Math.abs(sourceGainDb - wanted) < 3, `${sourceGainDb} dB, not ${wanted} dB`)

  const song = await studio.upload(a, 'audio-mp3')
  await patch(a, bare, { musicSourceId: song, sourceSound: false })
  const muted = await playback(bare)
  assert.deepEqual([muted.sourceGainDb, muted.musicGainDb, muted.musicSourceId], [null, -10, song])
})

test('a quote is not what the voice costs or how long it is, or what was spoken before costs again', async () => {
  const quote = (body: object, by = a) => request(by, 'POST', '/voices/quote', { body })
  const text = 'Nobody has said this before. Nobody has said this before.'
  const voice = 'espeak:en-us'
  const before = (await quote({ text, voice })).body
  assert.deepEqual(
    { ...before, seconds: 0 },
    { characters: 28, boughtAlready: 0, words: 10, seconds: 0, costMicros: 0 },
  )
  const clipId = await studio.newClip(a, [footage], 4)
  await patch(a, clipId, { script: text, voice })
  assert.equal((await run(a, `/clips/${clipId}/voiceover`)).state, 'done')
  const sound = (await request(a, 'GET', `/clips/${clipId}/voiceover`)).bytes
  const spoken = (sound.length - 44) / sound.readUInt32LE(28)
  assert.ok(Math.abs(before.seconds - spoken) < 0.25 * spoken, `${before.seconds} s, not ${spoken} s`)
  const after = (await quote({ text, voice })).body
  assert.equal(after.boughtAlready, 28)
  assert.ok(Math.abs(after.seconds - spoken) < 0.02, `${after.seconds} s, not ${spoken} s`)
  assert.equal((await quote({ text, voice }, b)).body.boughtAlready, 0, 'another profile has bought nothing')

  assert.deepEqual((await quote({ text: ' \n' })).body, {
    ...{ characters: 0, boughtAlready: 0, words: 0, seconds: 0, costMicros: 0 },
  })
  assert.equal(said(await quote({ text, voice: 'espeak:klingon' })), '422 voice-unknown voice')
  assert.equal(said(await quote({ text: '', voice: 'espeak:klingon' })), '422 voice-unknown voice')
  assert.equal(said(await quote({ text: '🎉', voice })), '422 script-empty script')
  assert.equal(said(await quote({ text: 'a '.repeat(9000), voice })), '422 script-too-long script')
})

test('a voice cannot be heard before it is chosen, or a sample is bought', async () => {
  const sample = (voice: string, headers = {}, by = a) =>
    request(by, 'GET', `/voices/${encodeURIComponent(voice)}/sample`, { headers })
  const answer = await sample('espeak:de')
  assert.deepEqual([answer.status, answer.headers['content-type']], [200, 'audio/wav'])
  assert.equal(answer.bytes.subarray(0, 4).toString(), 'RIFF')
  const seconds = (answer.bytes.length - 44) / answer.bytes.readUInt32LE(28)
  assert.ok(seconds > 1 && seconds < 6, `${seconds} s`)
  const part = await sample('espeak:de', { range: 'bytes=0-99' })
  assert.deepEqual([part.status, part.bytes.length, part.headers.etag], [206, 100, answer.headers.etag])
  assert.notEqual((await sample('espeak:fr-fr')).headers.etag, answer.headers.etag)
  assert.equal((await sample('espeak:de', {}, b)).status, 200)
  await limitProfile(studio, b, { storageBytes: 1 })
  assert.deepEqual(
    [said(await sample('espeak:fr-fr', {}, b)), said(await sample('espeak:de', {}, b))],
    ['507 quota-exceeded', '200'],
  )
  await limitProfile(studio, b, { storageBytes: null })
  for (const voice of ['espeak:klingon', 'none', '..']) assert.equal((await sample(voice)).status, 404, voice)

  const [espeak] = service.studio.speech
  assert.ok(espeak)
  const capabilities = { ...espeak.capabilities, price: { perCharacter: 1e-5, currency: 'USD' as const } }
  const speak = () => assert.fail('a sample was bought')
  const speech = [
    { ...espeak, voices: () => espeak.voices(), engine: () => espeak.engine(), capabilities, speak },
  ]
  const dear = { ...service, studio: { ...service.studio, speech } }
  await assert.rejects(voiceSample(dear, a.id, 'espeak:de'), { code: 'conflict' })
  const { costMicros } = await quoteVoice(dear, a.id, { text: 'Ten letters', voice: 'espeak:de' })
  assert.equal(costMicros, 110)
})

test('a clip whose source is not ingested any more is played with crops that nobody chose', async () => {
  for (const key of await service.studio.storage.list(a.id, 'ingest'))
    await service.studio.storage.removeUnused(key, Number.POSITIVE_INFINITY)
  assert.equal(said(await request(a, 'GET', `/clips/${id}/playback`)), '409 conflict')
  assert.equal((await ass()).status, 200, 'captions need no ingest')
})
