import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Clip } from '@cutroom/contracts'
import type { Page } from 'playwright-core'
import { addClips, addSource, cut } from '../projects/rows.ts'
import { ready } from '../render-jobs/footage.ts'
import { eventually } from '../support/children.ts'
import type { TestProfile } from '../support/service.ts'
import { intercept, openBrowserStudio, seen } from './studio.ts'

const MANY = 5000

/** Notes the longest task of the page, and the most cards that it had at once. */
const WATCH = `
  window.seen = { longest: 0, most: 0 }
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) seen.longest = Math.max(seen.longest, duration)
  }).observe({ type: 'longtask' })
  const look = () => {
    seen.most = Math.max(seen.most, document.querySelectorAll('[role=gridcell]').length)
    requestAnimationFrame(look)
  }
  look()`

const t = await openBrowserStudio()
const sourceId = await t.upload(t.a, 'eight-shots')
await ready(t, t.a, sourceId)

async function newProject(
  by: TestProfile,
  name: string,
  body: { readonly targetSeconds: number; readonly sourceIds: readonly string[] },
): Promise<string> {
  const answer = await t.request(by, 'POST', '/projects', { body: { name, ...body } })
  assert.equal(answer.status, 201, JSON.stringify(answer.body))
  return answer.body.id
}

const clipsOf = async (projectId: string): Promise<Clip[]> =>
  (await t.request(t.a, 'GET', `/clips?projectId=${projectId}`)).body.items

/** Numbers of the picked clips of a project, as the server knows them. */
const pickedOf = async (projectId: string): Promise<number[]> =>
  (await clipsOf(projectId))
    .filter(({ selected }) => selected)
    .map(({ number }) => number)
    .sort((a, b) => a - b)

const cell = (page: Page, name: string) => page.getByRole('gridcell', { name: new RegExp(`^${name},`) })

/** What the focus stands on, in the words of a screen reader. */
const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const { activeElement: element } = document
    return element?.getAttribute('aria-label') ?? element?.textContent ?? ''
  })

/** Presses Tab until the focus is on something of this name. */
async function tabTo(page: Page, name: RegExp): Promise<void> {
  for (let i = 0; i < 60; i++) {
    if (name.test(await focused(page))) return
    await page.keyboard.press('Tab')
  }
  assert.fail(`Tab does not lead to ${name}`)
}

test('clips cannot be made, walked through, picked, understood and deleted with the keyboard alone', async () => {
  const projectId = await newProject(t.a, 'Keys', { targetSeconds: 3, sourceIds: [sourceId] })
  const page = await t.open(t.of(t.a, `projects/${projectId}`))
  await page.getByRole('heading', { level: 1, name: 'Keys' }).waitFor()
  await tabTo(page, /^Fewer$/)
  await page.keyboard.press('Enter')
  await page.keyboard.press('Enter')
  await tabTo(page, /^Make 4 variants$/)
  await page.keyboard.press('Enter')
  await cell(page, 'Clip 4').locator('img').waitFor()

  // The first arrow leads onto the board, wherever the focus was; the card that has it plays, and no other.
  await page.evaluate(() => (document.activeElement as HTMLElement).blur())
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowRight')
  assert.match(await focused(page), /^Clip 2,/)
  await page.waitForFunction(() => {
    const [video, ...others] = document.querySelectorAll('video')
    return others.length === 0 && video !== undefined && video.currentTime > 0.1
  })

  await page.keyboard.press('x')
  await page.keyboard.press('4')
  await page.getByText('2 picked', { exact: true }).first().waitFor({ state: 'attached' })
  await eventually('the picks are kept', async () => {
    const picked = await pickedOf(projectId)
    return picked.join() === '2,4' || undefined
  })

  await page.keyboard.press('w')
  const why = page.getByRole('complementary', { name: 'Why these cuts' })
  await seen(why.getByText('Clip 4', { exact: true }))
  const fourth = (await clipsOf(projectId)).find(({ number }) => number === 4)
  assert.equal(await why.getByRole('listitem').count(), fourth?.timeline.length)
  await seen(why.getByText(fourth?.timeline[0]?.why ?? '', { exact: true }))
  await page.keyboard.press('ArrowLeft')
  await seen(why.getByText('Clip 3', { exact: true }))
  await page.keyboard.press('Escape')
  await why.waitFor({ state: 'detached' })

  await page.keyboard.press('Delete')
  await cell(page, 'Clip 3').waitFor({ state: 'detached' })
  await page.waitForFunction(() => /^Clip 4,/.test(document.activeElement?.getAttribute('aria-label') ?? ''))
  // What is said of it is true at once, and as long as it is said.
  await seen(page.getByRole('heading', { name: '3 clips' }))
  await page.keyboard.press('z')
  await cell(page, 'Clip 3').waitFor()
  await seen(page.getByRole('heading', { name: '4 clips' }))
  assert.equal(await page.getByText(/^Deleted/).count(), 0)
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('Delete')
  await cell(page, 'Clip 3').waitFor({ state: 'detached' })
  await eventually('the clip is gone for good', async () => {
    const numbers = (await clipsOf(projectId)).map(({ number }) => number)
    return !numbers.includes(3) || undefined
  })

  // What is compared plays side by side; a preview that an edit left a clip without is ordered once.
  const second = (await clipsOf(projectId)).find(({ number }) => number === 2)
  const cuts = second?.timeline.map(({ start, end }) => ({ sourceId, start, end: end - 0.2 }))
  const body = { version: second?.version, cuts }
  const edited = await t.request(t.a, 'PUT', `/clips/${second?.id}/timeline`, { body })
  assert.deepEqual([edited.status, edited.body.previewReady], [200, false], JSON.stringify(edited.body))
  let previews = 0
  page.on('request', (request) => {
    if (request.method() === 'POST' && request.url().endsWith(`/clips/${second?.id}/preview`)) previews++
  })
  // The page has heard of it: what is shown is the picture of before.
  await cell(page, 'Clip 2').locator('img[src*="before"]').waitFor()
  await page.keyboard.press('c')
  const compared = page.getByRole('dialog', { name: 'Compare' })
  await seen(compared.getByRole('button', { name: 'Picked' }).nth(1))
  for (const name of ['Clip 2', 'Clip 4'])
    await compared.locator(`video[aria-label="${name}"]`).waitFor({ timeout: 60_000 })
  await page.waitForFunction(() =>
    [...document.querySelectorAll<HTMLVideoElement>('[role=dialog] video')].every(
      ({ currentTime }) => currentTime > 0.1,
    ),
  )
  assert.equal(previews, 1)
  await page.keyboard.press('Escape')
  await compared.waitFor({ state: 'detached' })

  // A key that is held orders once.
  let orders = 0
  await intercept(page, '**/generate*', (route) => {
    orders++
    return route.abort()
  })
  for (let times = 0; times < 3; times++) await page.keyboard.down('m')
  await page.keyboard.up('m')
  await eventually('an order', async () => orders > 0 || undefined)
  await page.waitForTimeout(300)
  assert.equal(orders, 1)

  await page.keyboard.press('Enter')
  const left = (await clipsOf(projectId)).find(({ number }) => number === 4)
  await page.waitForURL(`**/clips/${left?.id}`)
})

test('a clip that is picked in one tab is not picked in another without a reload', async () => {
  const projectId = await newProject(t.a, 'Tabs', { targetSeconds: 3, sourceIds: [sourceId] })
  await t.run(t.a, `/projects/${projectId}/generate`, { count: 2 })
  const context = await t.newContext()
  const [one, two] = [await context.newPage(), await context.newPage()]
  await one.goto(t.of(t.a, `projects/${projectId}`))
  await two.goto(`${t.of(t.a, 'clips')}?picked=true&project=${projectId}`)
  await seen(two.getByText('No clips like that'))
  await one.getByRole('button', { name: 'Pick Clip 2' }).click()
  await cell(two, 'Clip 2').waitFor()
  await two.getByRole('button', { name: 'Unpick all' }).click()
  await one.locator('[role=gridcell][aria-selected=true]').waitFor({ state: 'detached' })
  assert.deepEqual(await pickedOf(projectId), [])

  // Who leaves the page has decided: what they deleted does not come back.
  await two.goto(t.of(t.a, `projects/${projectId}`))
  await two.getByRole('button', { name: 'More for Clip 2' }).click()
  await two.getByRole('menuitem', { name: 'Delete' }).click()
  await cell(two, 'Clip 2').waitFor({ state: 'detached' })
  await two.reload()
  await cell(one, 'Clip 2').waitFor({ state: 'detached' })
  await cell(two, 'Clip 1').waitFor()
  assert.equal(await cell(two, 'Clip 2').count(), 0)

  // What the server refuses is not shown as done.
  await intercept(one, '**/api/v1/clips/select', (route) => route.abort())
  await one.getByRole('button', { name: 'Pick Clip 1' }).click()
  await seen(one.getByText('The server cannot be reached.'))
  assert.equal(await one.locator('[role=gridcell][aria-selected=true]').count(), 0)
})

test('an answer that left before clips were picked takes the picks back, or fewer are exported', async () => {
  const projectId = await newProject(t.a, 'Races', { targetSeconds: 3, sourceIds: [sourceId] })
  await t.run(t.a, `/projects/${projectId}/generate`, { count: 3 })
  const page = await (await t.newContext()).newPage()
  await page.clock.install()
  // Nothing is told: what is shown follows from answers alone, and they come in the worst order.
  await page.route('**/api/v1/events?*', () => {})
  const { promise: released, resolve: release } = Promise.withResolvers<void>()
  let isHeld = false
  let held = 0
  await page.route('**/api/v1/clips?*', async (route) => {
    if (!isHeld) return route.continue()
    const old = await route.fetch()
    held++
    await released
    await route.fulfill({ response: old }).catch(() => undefined)
  })
  await page.goto(t.of(t.a, `projects/${projectId}`))
  await cell(page, 'Clip 3').waitFor()
  isHeld = true
  await page.clock.fastForward(31_000)
  await page.evaluate(() => window.dispatchEvent(new Event('visibilitychange')))
  await eventually('an answer that is under way', async () => held > 0 || undefined)
  isHeld = false
  for (const name of ['Clip 1', 'Clip 3']) await page.getByRole('button', { name: `Pick ${name}` }).click()
  await eventually(
    'the picks are kept',
    async () => (await pickedOf(projectId)).join() === '1,3' || undefined,
  )
  release()
  await page.waitForTimeout(500)
  assert.equal(await page.locator('[role=gridcell][aria-selected=true]').count(), 2)
  await page.keyboard.press('e')
  await page.getByRole('dialog', { name: 'Export 2 clips' }).waitFor()

  // All clips of the brand: what is picked there is a list of its own, which comes later.
  const all = await (await t.newContext()).newPage()
  await all.route('**/api/v1/events?*', () => {})
  await all.goto(`${t.of(t.a, 'clips')}?project=${projectId}`)
  await all.getByText('2 picked', { exact: true }).first().waitFor({ state: 'attached' })
  await all.route(/clips\?.*selected=true/, () => {})
  await all.getByRole('button', { name: 'Pick Clip 2' }).click()
  await all.keyboard.press('e')
  await all.getByRole('dialog', { name: 'Export 3 clips' }).waitFor()
})

test('a project whose footage is too short does not say so where its variants were asked for', async () => {
  const projectId = await newProject(t.a, 'Long', { targetSeconds: 600, sourceIds: [sourceId] })
  const page = await t.open(t.of(t.a, `projects/${projectId}`))
  await page.getByRole('button', { name: /^Make 6 variants/ }).click()
  const alert = page.getByRole('alert')
  await seen(alert.getByText(/too short|last|600/))
  await alert.getByRole('button', { name: 'Change the length' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click()
  await alert.getByRole('button', { name: 'Allow shorter clips' }).click()
  await cell(page, 'Clip 1').waitFor()
  await alert.waitFor({ state: 'detached' })
  // A project that is deleted takes its page along.
  await page.getByRole('button', { name: 'More for this project' }).click()
  await page.getByRole('menuitem', { name: 'Delete' }).click()
  await page.getByRole('button', { name: 'Delete the project' }).click()
  await page.waitForURL(`**${t.of(t.a, 'projects')}`)
  assert.equal((await t.request(t.a, 'GET', `/projects/${projectId}`)).status, 404)
})

test(`${MANY} clips are all drawn at once, or their end cannot be reached`, async (context) => {
  const footage = await addSource(t, t.b, 'long.mp4', { durationSeconds: 20_000 })
  const projectId = await newProject(t.b, 'Many', { targetSeconds: 3, sourceIds: [footage] })
  for (let first = 0; first < MANY; first += 1000) {
    const timelines = Array.from({ length: 1000 }, (_, index) => [
      cut(footage, first + index, first + index + 3),
    ])
    await addClips(t, t.b, projectId, timelines, first + 1)
  }
  const page = await t.open(t.of(t.b, 'clips'))
  await page.getByRole('gridcell').first().waitFor()
  // Of a list that is not read to its end, what is picked is told.
  await page.keyboard.press('Control+a')
  await seen(page.getByText(/^Picked \d+ clips, all that are read so far/))
  await page.evaluate(WATCH)
  const columns = Number(await page.getByRole('grid').getAttribute('aria-colcount'))
  const rows = Math.ceil(MANY / columns)
  const atEnd = async () => Number(await page.getByRole('grid').getAttribute('aria-rowcount')) === rows
  for (let i = 0; i < 200 && !(await atEnd()); i++) {
    await page.mouse.wheel(0, 20_000)
    await page.waitForTimeout(80)
  }
  assert.ok(await atEnd(), 'the last clips were never read')
  await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight))
  await page.locator(`[role=row][aria-rowindex="${rows}"]`).waitFor()
  const { longest, most } = await page.evaluate<{ longest: number; most: number }>('window.seen')
  context.diagnostic(`longest task ${Math.round(longest)} ms, at most ${most} cards at once`)
  assert.ok(most < 100, `${most} cards were drawn at once`)

  // The page of their project shows what is there, and goes on where it was refused.
  const problem = { code: 'field-invalid', status: 422, detail: 'Out of breath.', remedy: 'Try again.' }
  await page.route(/\/clips\?.*cursor=/, (route) => route.fulfill({ status: 422, json: problem }))
  await page.goto(t.of(t.b, `projects/${projectId}`))
  await page.getByRole('gridcell').first().waitFor()
  await seen(page.getByRole('alert').getByText('Out of breath.'))
  const shown = await page.getByRole('grid').getAttribute('aria-rowcount')
  await page.unrouteAll({ behavior: 'wait' })
  await page.getByRole('alert').getByRole('button', { name: 'Try again' }).click()
  await page.waitForFunction(
    (rows) => document.querySelector('[role=grid]')?.getAttribute('aria-rowcount') !== rows,
    shown,
  )
})
