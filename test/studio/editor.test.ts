import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Clip } from '@cutroom/contracts'
import type { Locator, Page } from 'playwright-core'
import { ready } from '../render-jobs/footage.ts'
import { eventually } from '../support/children.ts'
import { intercept, openBrowserStudio, PHONE, saved, seen } from './studio.ts'

const t = await openBrowserStudio()
const { a } = t
const sourceId = await t.upload(a, 'eight-shots')
await ready(t, a, sourceId)

const RANGES = [
  [0.2, 1.7],
  [2, 3],
  [4, 5.2],
] as const
type Ranges = readonly (readonly [start: number, end: number])[]

/** A clip with three cuts whose ranges are known. */
async function newClip(): Promise<string> {
  const id = await t.newClip(a, [sourceId], 4)
  const { version } = await t.clip(a, id)
  const cuts = RANGES.map(([start, end]) => ({ sourceId, start, end }))
  const answer = await t.request(a, 'PUT', `/clips/${id}/timeline`, { body: { version, cuts } })
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
  return id
}

const rangesOf = ({ timeline }: Clip): Ranges => timeline.map(({ start, end }) => [start, end])
const savedRanges = async (id: string): Promise<Ranges> => rangesOf(await t.clip(a, id))

async function openEditor(id: string, options?: Parameters<typeof t.open>[1]): Promise<Page> {
  const page = await t.open(t.of(a, `clips/${id}`), options)
  await cutsOf(page).nth(2).waitFor()
  // The filmstrips tell that it is drawn with what it needs.
  await saved(page)
  return page
}
const cutsOf = (page: Page): Locator => page.getByRole('list', { name: 'Cuts' }).getByRole('button')
/** Which cuts are selected. */
const pressedOf = (cuts: Locator): Promise<(string | null)[]> =>
  cuts.evaluateAll((all) => all.map((cut) => cut.getAttribute('aria-pressed')))

/** Waits until the server has as many cuts as the page shows, and nothing is on its way. */
async function settled(
  page: Page,
  id: string,
  what: string,
  wanted: (ranges: Ranges) => boolean,
): Promise<Ranges> {
  const ranges = await eventually(what, async () => {
    const now = await savedRanges(id)
    return wanted(now) ? now : undefined
  })
  await saved(page)
  return ranges
}

/** Presses the middle of something; says where that is. */
async function grab(page: Page, what: Locator): Promise<[x: number, y: number]> {
  const box = await what.boundingBox()
  assert.ok(box)
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
  await page.mouse.move(x, y)
  await page.mouse.down()
  return [x, y]
}

async function drag(page: Page, from: Locator, dx: number): Promise<void> {
  const [x, y] = await grab(page, from)
  await page.mouse.move(x + dx / 2, y, { steps: 4 })
  await page.mouse.move(x + dx, y, { steps: 4 })
  await page.mouse.up()
}

/** A drag that moves and ends within one task of the page. */
async function flick(page: Page, from: Locator, dx: number): Promise<void> {
  const [x, y] = await grab(page, from)
  await page.evaluate(
    (end) => {
      for (const type of ['pointermove', 'pointerup']) window.dispatchEvent(new PointerEvent(type, end))
    },
    { pointerId: 1, isPrimary: true, clientX: x + dx, clientY: y },
  )
  await page.mouse.up()
}

const near = (value: number, wanted: number, within = 0.06): boolean => Math.abs(value - wanted) <= within

test('trimming, splitting, moving and replacing by pointer gives other cuts, or undoing all does not give the first ones', async () => {
  const id = await newClip()
  const page = await openEditor(id)
  const cuts = cutsOf(page)
  const width = (await cuts.first().boundingBox())?.width ?? 0
  const scale = width / 1.5

  await cuts.first().click()
  await drag(page, page.getByRole('slider', { name: 'End of cut 1' }), -0.5 * scale)
  const trimmed = await settled(page, id, 'a shorter cut', ([first]) => first?.[1] !== 1.7)
  assert.ok(near(trimmed[0]?.[1] ?? 0, 1.2), `the cut ends at ${trimmed[0]?.[1]}`)
  await drag(page, page.getByRole('slider', { name: 'Start of cut 1' }), 0.3 * scale)
  const later = await settled(page, id, 'a later start', ([first]) => first?.[0] !== 0.2)
  assert.ok(near(later[0]?.[0] ?? 0, 0.5), `the cut starts at ${later[0]?.[0]}`)

  // The playhead goes into the middle of the last cut, which is split there.
  const last = await cuts.nth(2).boundingBox()
  const ruler = await page.getByRole('slider', { name: 'Playhead' }).boundingBox()
  assert.ok(last && ruler)
  await page.mouse.click(last.x + last.width / 2, ruler.y + 12)
  await page.getByRole('button', { name: 'Split at the playhead' }).click()
  const split = await settled(page, id, 'four cuts', (ranges) => ranges.length === 4)
  assert.equal(split[2]?.[1], split[3]?.[0])
  assert.ok(near(split[2]?.[1] ?? 0, 4.6), `it was split at ${split[2]?.[1]}`)
  assert.deepEqual([split[2]?.[0], split[3]?.[1]], [4, 5.2])

  const target = await cuts.first().boundingBox()
  const from = await cuts.nth(1).boundingBox()
  assert.ok(target && from)
  await drag(page, cuts.nth(1), target.x - from.x - from.width / 2)
  const moved = await settled(page, id, 'another order', ([first]) => first?.[0] === 2)
  assert.deepEqual(moved[0], [2, 3])
  assert.deepEqual(
    await pressedOf(cuts),
    ['true', 'false', 'false', 'false'],
    'the cut that was dragged is selected',
  )

  await cuts.nth(1).click()
  await page.getByRole('button', { name: 'Replace by another moment' }).click()
  const dialog = page.getByRole('dialog', { name: 'Replace the cut' })
  await dialog
    .getByRole('button', { name: / s at / })
    .first()
    .click()
  const replaced = await settled(
    page,
    id,
    'another moment',
    (ranges) => String(ranges[1]) !== String(moved[1]),
  )
  assert.ok(
    near(
      (replaced[1]?.[1] ?? 0) - (replaced[1]?.[0] ?? 0),
      (moved[1]?.[1] ?? 0) - (moved[1]?.[0] ?? 0),
      1e-5,
    ),
    'it does not last as long as the cut that it replaces',
  )

  for (let steps = 0; steps < 5; steps++) await page.keyboard.press('Control+z')
  await settled(page, id, 'the first timeline', (ranges) => String(ranges) === String(RANGES))
  assert.ok(
    await page.getByRole('button', { name: 'Undo', exact: true }).isDisabled(),
    'more can be undone than was done',
  )
  for (let steps = 0; steps < 5; steps++) await page.keyboard.press('Control+Shift+z')
  await settled(page, id, 'the last timeline', (ranges) => String(ranges) === String(replaced))

  // The board shows the picture of before until that of the new cuts is made, which nobody has to ask for.
  assert.equal((await t.clip(a, id)).previewReady, false)
  await page.getByRole('link', { name: /^Back to the project/ }).click()
  await page.getByRole('gridcell').first().locator('img').waitFor()
  await eventually('the preview of the new cuts', async () => (await t.clip(a, id)).previewReady || undefined)
})

test('the keyboard alone cannot trim, split, move, duplicate, replace or delete cuts', async () => {
  const id = await newClip()
  const page = await openEditor(id)
  const cuts = cutsOf(page)
  await cuts.first().focus()
  await page.keyboard.press('ArrowRight')
  assert.equal(await cuts.nth(1).getAttribute('aria-pressed'), 'true')
  await page.keyboard.press(']')
  await page.keyboard.press(']')
  await page.keyboard.press('Shift+{')
  const trimmed = await settled(page, id, 'a shorter cut', (ranges) =>
    near(ranges[1]?.[1] ?? 0, 3 - 8 / 30, 0.001),
  )
  assert.equal(trimmed[1]?.[0], 2)
  await page.keyboard.press('Alt+ArrowRight')
  await settled(page, id, 'another order', (ranges) => ranges[2]?.[0] === 2)
  assert.match(
    (await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))) ?? '',
    /^Cut 3 of 3/,
  )
  await page.keyboard.press('Delete')
  await settled(page, id, 'two cuts', (ranges) => ranges.length === 2)
  await page.keyboard.press('d')
  await settled(page, id, 'three cuts', (ranges) => ranges.length === 3)
  await page.getByRole('slider', { name: 'Playhead' }).focus()
  await page.keyboard.press('Home')
  for (let frames = 0; frames < 12; frames++) await page.keyboard.press('ArrowRight')
  await page.keyboard.press('s')
  const split = await settled(page, id, 'four cuts', (ranges) => ranges.length === 4)
  assert.ok(near(split[0]?.[1] ?? 0, 0.6, 0.001), `it was split at ${split[0]?.[1]}`)
  await page.keyboard.press('c')
  const dialog = page.getByRole('dialog', { name: 'Replace the cut' })
  await dialog
    .getByRole('button', { name: / s at / })
    .first()
    .focus()
  await page.keyboard.press('Enter')
  await settled(page, id, 'another moment', (ranges) => String(ranges[1]) !== String(split[1]))
})

test('a click on the picture or on a button takes the keys of the page away, or a held key does its work many times', async () => {
  const id = await newClip()
  const page = await openEditor(id)
  const at = (frame: number) => page.locator(`[data-player-frame][data-picture-frame="${frame}"]`).waitFor()
  const frame = page.locator('[data-player-frame]')
  await at(0)
  await frame.click()
  await page.getByRole('button', { name: 'Pause' }).waitFor()
  await frame.click()
  await page.getByRole('button', { name: 'Play', exact: true }).waitFor()
  await page.keyboard.press('Home')
  await at(0)
  for (let frames = 0; frames < 3; frames++) await page.keyboard.press('ArrowRight')
  await at(3)

  await page.getByRole('button', { name: 'Duplicate the cut' }).click()
  await settled(page, id, 'four cuts', (ranges) => ranges.length === 4)
  await page.keyboard.press('Space')
  await page.getByRole('button', { name: 'Pause' }).waitFor()
  await page.keyboard.press('Space')
  await page.keyboard.down('d')
  await page.keyboard.down('d')
  await page.keyboard.down('d')
  await page.keyboard.up('d')
  await settled(page, id, 'five cuts', (ranges) => ranges.length === 5)
  // Who comes with Tab presses a button as ever; it has no use for arrows.
  await page.getByRole('button', { name: 'Delete the cut' }).focus()
  await page.keyboard.press('Home')
  await page.keyboard.press('ArrowRight')
  await at(1)
  await page.keyboard.press('Space')
  await settled(page, id, 'four cuts again', (ranges) => ranges.length === 4)

  // A short cut is let go over what takes its place: that is no click on it.
  for (let frames = 0; frames < 11; frames++) await page.keyboard.press('ArrowRight')
  await at(12)
  await page.keyboard.press('s')
  await settled(page, id, 'a short first cut', (ranges) => near(ranges[0]?.[1] ?? 0, 0.6, 0.001))
  const short = cutsOf(page).first()
  await drag(page, short, (0.82 * ((await short.boundingBox())?.width ?? 0)) / 0.4)
  await settled(page, id, 'the short cut as the second', ([first]) => near(first?.[0] ?? 0, 0.6, 0.001))
  assert.deepEqual((await pressedOf(cutsOf(page))).slice(0, 2), ['false', 'true'], 'another cut is selected')
  // One that is let go before its last movement was drawn goes where that led.
  await flick(page, cutsOf(page).first(), (await cutsOf(page).first().boundingBox())?.width ?? 0)
  await settled(page, id, 'the short cut as the first again', ([first]) => near(first?.[0] ?? 0, 0.2, 0.001))

  // A line that is lost while it plays is told, and trying again helps.
  await page.locator('video').first().dispatchEvent('error')
  await seen(page.getByRole('alert').getByText('The video cannot be played.'))
  await page.getByRole('button', { name: 'Try again' }).click()
  await page.getByRole('alert').waitFor({ state: 'detached' })
})

test('two tabs that edit the same clip overwrite each other, or the version that is not taken is lost', async () => {
  const id = await newClip()
  const [here, there] = [await openEditor(id), await openEditor(id)]
  await cutsOf(here).nth(2).focus()
  await here.keyboard.press('Delete')
  await settled(here, id, 'two cuts', (ranges) => ranges.length === 2)
  await cutsOf(there).nth(2).waitFor({ state: 'detached' })

  // The other tab loses its connection, and edits on.
  await there.context().setOffline(true)
  await cutsOf(there).first().focus()
  await there.keyboard.press('Alt+ArrowRight')
  await seen(there.getByText('Not saved', { exact: true }))
  await cutsOf(here).first().focus()
  await here.keyboard.press('d')
  const theirs = await settled(here, id, 'three cuts', (ranges) => ranges.length === 3)
  await there.context().setOffline(false)
  await seen(there.getByText(/changed the timeline too/))
  assert.deepEqual(await savedRanges(id), theirs, 'a conflict was saved over')
  await there.getByRole('button', { name: 'Keep mine' }).click()
  await settled(there, id, 'my version', (ranges) => String(ranges) === String([RANGES[1], RANGES[0]]))
  await there.getByRole('button', { name: /^Undo/ }).click()
  await settled(there, id, 'their version', (ranges) => String(ranges) === String(theirs))
  await eventually('the same cuts in both tabs', async () =>
    (await cutsOf(here).count()) === 3 ? true : undefined,
  )
})

test('a picture cannot be moved inside of its frame, by pointer or by keys, or not be left to the studio again', async () => {
  const id = await newClip()
  const page = await openEditor(id)
  const focused = (what: string, wanted: (first: { x: number; y: number } | undefined) => boolean) =>
    eventually(what, async () => {
      const { timeline }: Clip = await t.clip(a, id)
      const [first, ...others] = timeline.map(({ focus }) => focus)
      assert.deepEqual(others, [undefined, undefined])
      return wanted(first) ? { x: first?.x ?? -1 } : undefined
    })
  const frame = page.locator('[data-player-frame]')
  const picture = frame.locator('video[style*="z-index: 1"]')
  const left = () => picture.evaluate((video) => video.getBoundingClientRect().left)
  await picture.waitFor()

  // As far as it goes: its left edge is that of the frame.
  await drag(page, frame, 900)
  const far = await focused('a picture at its edge', (first) => first !== undefined)
  assert.ok(far.x > 0 && far.x < 0.5, `${far.x}`)
  assert.ok(near(await left(), (await frame.boundingBox())?.x ?? 0, 2))
  assert.equal(await page.getByRole('button', { name: 'Pause' }).count(), 0, 'a drag plays nothing')
  await page.keyboard.press('Alt+Shift+ArrowLeft')
  await page.keyboard.press('Alt+Shift+ArrowLeft')
  const back = await focused('a picture further to the left', (first) => (first?.x ?? 0) > far.x)
  assert.ok(back.x < far.x + 0.1, `${back.x}`)
  await page.getByRole('button', { name: 'Frame automatically' }).click()
  await focused('no focus', (first) => first === undefined)
  await page.getByRole('button', { name: /^Undo: Frame/ }).click()
  await focused('the focus of before', (first) => first?.x === back.x)
  await frame.click()
  await page.getByRole('button', { name: 'Pause' }).waitFor()
})

test('a reload loses what was edited, saved or not, or what can be undone', async () => {
  const id = await newClip()
  const page = await openEditor(id)
  page.on('dialog', (dialog) => void dialog.accept())
  await cutsOf(page).nth(1).focus()
  await page.keyboard.press('Delete')
  await settled(page, id, 'two cuts', (ranges) => ranges.length === 2)
  await intercept(page, '**/timeline', (route) => route.abort())
  await page.keyboard.press('d')
  await seen(page.getByText('Not saved', { exact: true }))
  assert.equal((await savedRanges(id)).length, 2)
  // What is not saved would not be in the file.
  await page.getByRole('button', { name: 'Export…' }).click()
  await seen(page.getByRole('region', { name: 'Messages' }).getByText('The server cannot be reached.'))
  assert.equal(await page.getByRole('dialog').count(), 0)
  await page.reload()
  await cutsOf(page).nth(2).waitFor()
  await page.unroute('**/timeline')
  await settled(page, id, 'what was not saved', (ranges) => ranges.length === 3)
  await page.getByRole('button', { name: /^Undo: Duplicate/ }).click()
  await page.getByRole('button', { name: /^Undo: Delete/ }).click()
  await settled(page, id, 'the first timeline', (ranges) => String(ranges) === String(RANGES))
})

test('on a phone the timeline cannot be scrolled or a cut not be chosen, or the page is wider than the screen, or one edits without seeing the picture', async () => {
  const id = await newClip()
  const page = await openEditor(id, { viewport: PHONE })
  await cutsOf(page).first().click()
  assert.equal(await cutsOf(page).first().getAttribute('aria-pressed'), 'true')
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), PHONE.width)
  await page.getByRole('tab', { name: 'Details' }).click()
  const lastOfAll = page.getByRole('tabpanel').getByRole('button').last()
  await lastOfAll.focus()
  const [picture, edited] = [
    await page.locator('[data-player-frame]').boundingBox(),
    await lastOfAll.boundingBox(),
  ]
  assert.ok(picture && edited)
  assert.ok(
    picture.y >= 0 && picture.y + picture.height < edited.y,
    'the picture is not above what is edited',
  )
  assert.ok(edited.y + edited.height <= PHONE.height)
  await page.getByRole('link', { name: /^Back to the project/ }).click()
  await page.getByRole('navigation', { name: 'Studio' }).waitFor()
})
