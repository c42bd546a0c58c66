import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import type { Cue } from '@cutroom/contracts'
import { execa } from 'execa'
import type { Locator, Page } from 'playwright-core'
import { LOCAL_CALLER } from '../../apps/server/src/domain/people/caller.ts'
import { changeProfile } from '../../apps/server/src/domain/profiles/change.ts'
import { readySource } from '../library/library.ts'
import { ready } from '../render-jobs/footage.ts'
import { eventually, temporaryFolder } from '../support/children.ts'
import { REELS } from '../support/presets.ts'
import { drawnArea, type Luma, lumaOfPng, lumaOfVideo, ssim, union } from './likeness.ts'
import { intercept, openBrowserStudio, seen } from './studio.ts'

/** So small that a screen shows it pixel by pixel. */
const FRAME = { width: 360, height: 640 }
const FPS = 30
const PRESET = { ...REELS, id: 'pixel-by-pixel', name: 'Pixel by pixel', frame: FRAME }
/** Seconds of the one-coloured footage: long enough that the clip is two cuts of it. */
const FOOTAGE_SECONDS = 9

const word = (text: string, start: number, end: number) => ({ text, start, end })
/** Some of them begin on a frame, where rounding decides. */
const CUES: Cue[] = [
  {
    start: 0.5,
    end: 1.7,
    text: 'Pack light, walk far',
    words: [word('Pack', 0.5, 0.8), word('light,', 0.8, 1.1), word('walk', 1.1, 1.4), word('far', 1.4, 1.7)],
  },
  {
    start: 2.1,
    end: 3.43,
    text: 'and sleep dry tonight',
    words: [word('and', 2.1, 2.3), word('sleep', 2.3, 2.65), word('dry', 2.65, 3), word('tonight', 3, 3.43)],
  },
]

const t = await openBrowserStudio()
const folder = await temporaryFolder()
after(() => folder[Symbol.asyncDispose]())

let clipId = ''
let page: Page
let frame: Locator
let exported: Luma[]
let ground = 0

before(async () => {
  const plain = join(folder.path, 'plain.mp4')
  const colour = `color=c=0x4a6478:s=${FRAME.width}x${FRAME.height}:r=${FPS}:d=${FOOTAGE_SECONDS}`
  const encoder = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-colorspace', 'bt709']
  await execa('ffmpeg', ['-v', 'error', '-f', 'lavfi', '-i', colour, ...encoder, plain])
  const moving = await t.upload(t.a, 'portrait')
  const source = await readySource(t, t.url, t.a, plain)
  await ready(t, t.a, moving)
  await t.request(t.a, 'POST', '/presets', { body: PRESET })
  await changeProfile(t.service, LOCAL_CALLER, t.a.id, { defaults: { preset: PRESET.id } })
  clipId = await t.newClip(t.a, [moving, source.id], 1.5)
  await put('timeline', {
    cuts: [
      { sourceId: source.id, start: 1, end: 3.2 },
      { sourceId: source.id, start: 5, end: 7 },
    ],
  })
  await put('captions', { cues: CUES })
  await t.patch(t.a, clipId, { captionStyle: 'highlight' })
  exported = await render()
  ground = exported[0]?.values[0] ?? 0

  page = await t.open(t.of(t.a, `clips/${clipId}`), { viewport: { width: 1440, height: 1500 } })
  frame = page.locator('[data-player-frame]')
  await frame.waitFor()
  const size = `width: ${FRAME.width}px !important; height: ${FRAME.height}px !important; flex: none`
  await page.addStyleTag({ content: `[data-player-frame] { ${size}; border-radius: 0 !important }` })
  await frame.locator('canvas').waitFor()
})

/** Replaces a part of the clip as it is now. */
async function put(part: string, body: object): Promise<void> {
  const { version } = await t.clip(t.a, clipId)
  const answer = await t.request(t.a, 'PUT', `/clips/${clipId}/${part}`, { body: { version, ...body } })
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
}

/** The pictures of an export of the clip as it is now. */
async function render(): Promise<Luma[]> {
  const job = await t.run(t.a, `/clips/${clipId}/render`, { presetId: PRESET.id })
  assert.equal(job.state, 'done', JSON.stringify(job.problem))
  const [made] = (await t.clip(t.a, clipId)).exports
  const { bytes } = await t.request(t.a, 'GET', `/exports/${made.id}/file`)
  const path = join(folder.path, `${made.id}.mp4`)
  await writeFile(path, bytes)
  return lumaOfVideo(path, FRAME.width, FRAME.height)
}

let standsAt = 0

/** Goes to a frame with the keyboard. */
async function goTo(index: number): Promise<void> {
  if (index < standsAt) {
    await page.keyboard.press('Home')
    standsAt = 0
  }
  for (; index - standsAt >= FPS; standsAt += FPS) await page.keyboard.press('Shift+ArrowRight')
  for (; standsAt < index; standsAt++) await page.keyboard.press('ArrowRight')
  await drawn(index)
}

/** Waits until the player shows a frame: its picture and its captions. */
const drawn = (index: number) =>
  page
    .locator(`[data-player-frame][data-picture-frame="${index}"][data-caption-frame="${index}"]`)
    .waitFor({ timeout: 120_000 })

/** What the player shows once it has come to rest: what a worker draws is on the screen a moment later. */
async function playerFrame(): Promise<Luma> {
  let shot = await frame.screenshot()
  for (let tries = 0; tries < 20; tries++) {
    await page.waitForTimeout(100)
    const next = await frame.screenshot()
    if (next.equals(shot)) break
    shot = next
  }
  return lumaOfPng(shot, FRAME.width, FRAME.height)
}

/** How alike the captions of two pictures are. */
function alike(a: Luma, b: Luma): number {
  const areas = [a, b].flatMap((picture) => drawnArea(picture, ground, 4) ?? [])
  const area = areas.reduce(
    (all, one) => union(all, one),
    areas[0] ?? { left: 0, top: 0, right: 0, bottom: 0 },
  )
  return ssim(a, b, area)
}

const exportedAt = (index: number): Luma => {
  const picture = exported[index]
  assert.ok(picture, `the export has no frame ${index}`)
  return picture
}

test('the captions that the player shows are those of the export, word by word', async (run) => {
  assert.equal(exported.length, 126)
  // Where cues and words begin, while the lit word grows, and in their middle; after the cut at 2.2 s, too.
  for (const index of [15, 17, 24, 33, 50, 63, 70, 85, 102]) {
    await goTo(index)
    const likeness = alike(await playerFrame(), exportedAt(index))
    run.diagnostic(`frame ${index}: SSIM ${likeness.toFixed(4)}`)
    assert.ok(likeness >= 0.97, `frame ${index}: SSIM ${likeness.toFixed(4)}`)
  }
})

test('captions come and go on the same frame in player and export', async () => {
  const isDrawn = (picture: Luma) => drawnArea(picture, ground) !== null
  const edges = exported.flatMap((picture, index) =>
    index > 0 && isDrawn(picture) !== isDrawn(exportedAt(index - 1)) ? [index] : [],
  )
  assert.deepEqual(edges, [15, 51, 63, 103])
  for (const edge of edges) {
    await goTo(edge - 1)
    assert.equal(isDrawn(await playerFrame()), isDrawn(exportedAt(edge - 1)), `frame ${edge - 1}`)
    await goTo(edge)
    assert.equal(isDrawn(await playerFrame()), isDrawn(exportedAt(edge)), `frame ${edge}`)
  }
})

test('another style, another word and a shift by two frames are told apart', async () => {
  await goTo(24)
  const shown = await playerFrame()
  assert.ok(alike(shown, exportedAt(22)) < 0.97, 'two frames earlier another word is lit')
  assert.ok(alike(shown, exportedAt(85)) < 0.9, 'other words')
  await page.getByRole('tab', { name: 'Style' }).click()
  await page.getByRole('radio', { name: /^Boxed/ }).hover()
  await eventuallyOther(shown)
  assert.ok(alike(await playerFrame(), exportedAt(24)) < 0.97, 'a style that is tried is seen in the player')
  await page.mouse.move(5, 5)
})

/** Waits until the player shows something else. */
async function eventuallyOther(picture: Luma): Promise<void> {
  for (let tries = 0; tries < 40; tries++) {
    if (alike(await playerFrame(), picture) < 0.97) return
    await page.waitForTimeout(100)
  }
  assert.fail('the player shows what it showed')
}

test('a style is chosen with its colour and place, seen at once, and that of the next export', async () => {
  const savedAs = (style: string) =>
    eventually(`captions in ${style}`, async () => {
      return (await t.clip(t.a, clipId)).captionStyle === style || undefined
    })
  await page.getByRole('radio', { name: /^Boxed/ }).click()
  await page.getByLabel('Another colour').fill('#7c2d12')
  await savedAs('boxed#7c2d12')
  await page.getByRole('radio', { name: 'Cyan' }).click()
  await page.getByRole('combobox', { name: 'Place of the captions' }).click()
  const drawn = encodeURIComponent('boxed#22d3ee@top')
  await Promise.all([
    page.waitForResponse((answer) => answer.url().includes(`style=${drawn}`) && answer.ok()),
    page.getByRole('option', { name: 'Top' }).click(),
  ])
  await savedAs('boxed#22d3ee@top')
  exported = await render()
  await page.mouse.move(5, 5)
  await page.locator('body').click({ position: { x: 5, y: 5 } })
  for (const index of [20, 85]) {
    await goTo(index)
    const likeness = alike(await playerFrame(), exportedAt(index))
    assert.ok(likeness >= 0.97, `frame ${index}: SSIM ${likeness.toFixed(4)}`)
  }
})

/** The captions once they say something: what is typed is saved in a moment. */
const captionsThatSay = (text: string): Promise<Cue[]> =>
  eventually(`captions that say “${text}”`, async () => {
    const { body } = await t.request(t.a, 'GET', `/clips/${clipId}/captions`)
    return body.cues?.some((cue: Cue) => cue.text === text) ? body.cues : undefined
  })

test('a word is corrected, split, joined with its neighbour, timed with its caption, and all of it undone', async () => {
  await page.getByRole('tab', { name: 'Captions' }).click()
  const first = page.getByRole('listitem', { name: 'Caption 1' })
  const second = first.getByRole('textbox', { name: 'Word 2', exact: true })
  await second.fill('heavy, then')
  await second.press('Enter')
  const [changed] = await captionsThatSay('Pack heavy, then walk far')
  assert.deepEqual(changed?.words[0], word('Pack', 0.5, 0.8), 'its neighbours keep their times')
  assert.deepEqual([changed?.words[1]?.start, changed?.words[2]?.end], [0.8, 1.1], 'its own time is shared')
  const third = first.getByRole('textbox', { name: 'Word 3', exact: true })
  await third.focus()
  await third.press('Home')
  await third.press('Backspace')
  await captionsThatSay('Pack heavy,then walk far')
  // What is typed when the caption is split counts.
  await first.getByRole('textbox', { name: 'Word 3', exact: true }).fill('run')
  await first.getByRole('textbox', { name: 'Word 3', exact: true }).press('Control+Enter')
  assert.equal((await captionsThatSay('run far')).length, 3)
  for (let step = 0; step < 3; step++) await page.getByRole('button', { name: /^Undo/ }).click()
  assert.deepEqual(await captionsThatSay('Pack light, walk far'), CUES)

  await first.getByRole('textbox', { name: 'Word 2', exact: true }).press('ArrowUp')
  await first.getByRole('textbox', { name: 'Start of word 2' }).press('ArrowUp')
  await first.getByRole('textbox', { name: 'End of caption 1' }).press('Alt+ArrowUp')
  const [timed] = await eventually('words with other times', async () => {
    const { body } = await t.request(t.a, 'GET', `/clips/${clipId}/captions`)
    return body.cues[0].start === 0.55 ? (body.cues as Cue[]) : undefined
  })
  assert.equal(timed?.end, 1.75)
  assert.deepEqual(timed?.words.slice(0, 2), [word('Pack', 0.55, 0.9), word('light,', 0.9, 1.15)])
  for (let step = 0; step < 2; step++) await page.getByRole('button', { name: /^Undo/ }).click()
  await eventually('the first times', async () => {
    const { body } = await t.request(t.a, 'GET', `/clips/${clipId}/captions`)
    return body.cues[0].start === CUES[0]?.start || undefined
  })
})

test('captions of a file are taken in; a file that holds none says so and changes nothing', async () => {
  const choose = (name: string, text: string) =>
    page
      .getByLabel('Caption file')
      .setInputFiles({ name, mimeType: 'application/x-subrip', buffer: Buffer.from(text) })
  await choose('letter.srt', 'Dear Ada, how are you?')
  await seen(page.getByRole('region', { name: 'Messages' }).getByText(/caption/i))
  await captionsThatSay('Pack light, walk far')
  await choose('other.srt', '1\n00:00:00,500 --> 00:00:02,000\nFrom a file\n')
  await captionsThatSay('From a file')
  await page.getByRole('listitem', { name: 'Caption 2' }).waitFor({ state: 'detached' })
  await page.getByRole('button', { name: /^Undo/ }).click()
  await captionsThatSay('Pack light, walk far')
})

test('a script has a length and a price before it is spoken; a refusal is told, and trying again helps', async () => {
  await page.getByRole('tab', { name: 'Script & voice' }).click()
  const panel = page.getByRole('tabpanel')
  const { promise: quoted, resolve: quote } = Promise.withResolvers<void>()
  const dear = { seconds: 2, words: 3, characters: 16, costMicros: 120_000, boughtAlready: 0 }
  await intercept(page, '**/voices/quote*', async (route) => {
    await quoted
    await route.fulfill({ json: dear })
  })
  await panel.getByRole('textbox', { name: 'Script' }).fill('This tent costs.')
  assert.ok(await panel.getByRole('button', { name: 'Speak it' }).isDisabled(), 'its price is not known')
  quote()
  await panel.getByRole('button', { name: 'Speak it for $0.12' }).waitFor()
  await page.unroute('**/voices/quote*')
  await panel.getByRole('textbox', { name: 'Script' }).fill('This tent stands in sixty seconds.')
  await seen(panel.getByText('6 words'))
  await seen(panel.getByText('Free'))
  const asked = '**/api/v1/clips/*/voiceover'
  const detail = 'The voice is out of breath.'
  await intercept(page, asked, (route) =>
    route.request().method() === 'POST'
      ? route.fulfill({ status: 503, json: { code: 'busy', status: 503, detail, remedy: 'Wait a while.' } })
      : route.fallback(),
  )
  await panel.getByRole('button', { name: 'Speak it' }).click()
  await seen(panel.getByRole('alert').getByText(detail))
  await page.unroute(asked)
  await panel.getByRole('button', { name: 'Speak it' }).click()
  await seen(panel.getByText('Spoken', { exact: true }).nth(1), { timeout: 120_000 })
  const clip = await t.clip(t.a, clipId)
  assert.partialDeepStrictEqual(clip.voiceover, { kind: 'spoken', stale: false })
  assert.equal(clip.captions.origin, 'person', 'captions of a person stay')

  // Cuts that are trimmed below it leave its end unsaid: that is told, and mended.
  const cuts = page.getByRole('list', { name: 'Cuts' }).getByRole('button')
  await cuts.first().focus()
  for (let step = 0; step < 2; step++) await page.keyboard.press('Shift+{')
  const note = page.getByText(/ s of the voice are cut off at the end\.$/)
  await seen(note)
  await seen(panel.getByText(/ s missing$/))
  await page.getByRole('button', { name: 'Export…' }).click()
  await seen(page.getByRole('dialog').getByText(/ s will not be heard/))
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Make the clip longer' }).click()
  await note.waitFor({ state: 'detached' })
  const { lengthSeconds, voiceover } = await t.clip(t.a, clipId)
  assert.ok(lengthSeconds >= voiceover.seconds, `${lengthSeconds} s for a voice of ${voiceover.seconds} s`)
  // Nothing is left in these sources that the clip does not show.
  await seen(page.getByRole('button', { name: 'Undo: Speak the script' }))
  await panel.getByRole('textbox', { name: 'Script' }).fill('This tent stands in sixty minutes.')
  await seen(panel.getByText('Script or voice changed since'))
})

test('a sample that arrives after its dialog was closed is heard', async () => {
  await page.evaluate(`window.plays = 0; HTMLAudioElement.prototype.play = async () => { plays++ }`)
  const { promise: released, resolve: release } = Promise.withResolvers<void>()
  await intercept(page, '**/sample*', async (route) => {
    await released
    await route.continue()
  })
  await page.getByRole('button', { name: /English/ }).click()
  const dialog = page.getByRole('dialog', { name: 'Choose a voice' })
  const asked = page.waitForRequest('**/sample*')
  await dialog
    .getByRole('button', { name: /^Listen to/ })
    .first()
    .click()
  const request = await asked
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })
  release()
  await (await request.response())?.finished()
  await page.waitForTimeout(200)
  assert.equal(await page.evaluate('plays'), 0)
})
