import assert from 'node:assert/strict'
import { chmod, readdir, rename, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { before, test } from 'node:test'
import type { StageName } from '@cutroom/contracts'
import { STAGES } from '../../apps/web/src/pages/jobs/words.ts'
import { limitProfile, ready } from '../render-jobs/footage.ts'
import { intercept, openBrowserStudio, seen } from './studio.ts'

/** Every stage has its words. */
STAGES satisfies Record<StageName, string>

const t = await openBrowserStudio()
let sourceId = ''
let clipId = ''

before(async () => {
  sourceId = await t.upload(t.a, 'eight-shots')
  await ready(t, t.a, sourceId)
  clipId = await t.newClip(t.a, [sourceId], 3)
})

/** The stored recording of the source. */
async function storedSource(): Promise<string> {
  const entries = await readdir(t.dataDir, { recursive: true, withFileTypes: true })
  const files = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => path.join(parentPath, name))
    .filter((file) => file.includes(sourceId) && file.includes('source'))
  const sizes = await Promise.all(files.map(async (file) => (await stat(file)).size))
  const file = files[sizes.indexOf(Math.max(...sizes))]
  assert.ok(file, 'the source is stored in no file')
  return file
}

test('a render that fails is not told of with its remedy and the words of ffmpeg, or does not come to its end once the cause is mended', async () => {
  const file = await storedSource()
  const whole = `${file}.whole`
  await chmod(path.dirname(file), 0o755)
  await rename(file, whole)
  await writeFile(file, Buffer.alloc((await stat(whole)).size, 7))

  const page = await t.open(t.of(t.a, 'jobs'))
  await page.getByRole('heading', { name: 'History' }).waitFor()
  const { body: job } = await t.request(t.a, 'POST', `/clips/${clipId}/render`, {
    body: { presetId: 'square' },
  })
  const { state, problem } = await t.ended(t.a, job.id)
  assert.equal(state, 'failed')
  const row = page.getByRole('article').filter({ hasText: 'Failed' })
  await seen(row.getByText(problem?.detail ?? '-'))
  await seen(row.getByText(problem?.remedy ?? '-'))
  await page.getByRole('status').filter({ hasText: 'Export of Test 1 failed.' }).waitFor()

  const words = problem?.toolOutput?.trim() ?? ''
  assert.notEqual(words, '')
  assert.equal(await row.locator('pre').count(), 0, 'they are not folded away')
  await row.getByRole('button', { name: /^Details/ }).click()
  assert.equal((await row.locator('pre').textContent())?.trim(), words)
  await row.getByRole('button', { name: 'Copy' }).waitFor()

  // The address keeps the filter, and the page of exports leads to it.
  await page.goto(t.of(t.a, 'exports'))
  await page.getByRole('link', { name: 'See what happened' }).click()
  await page.reload()
  await row.waitFor()
  assert.equal(await page.getByRole('article').count(), 1)

  // What was seen is told no more, also after a reload.
  await page.goBack()
  await page.getByRole('button', { name: 'Dismiss' }).click()
  await page.reload()
  await page.getByRole('heading', { name: 'No exports yet' }).waitFor()
  assert.equal(await page.getByText(/failed in the last 24 hours/).count(), 0)
  await page.goForward()

  await rename(whole, file)
  await row.getByRole('button', { name: /^Try again/ }).click()
  await page.getByRole('heading', { name: 'No such job' }).waitFor()
  await t.done(t.a, job.id)
  await page.goto(t.of(t.a, 'jobs'))
  await page.getByRole('link', { name: /^Show the file/ }).click()
  await page.getByRole('dialog', { name: 'Clip 1' }).waitFor()
})

test('who waits does not see why, or cannot cancel what waits and what runs', async () => {
  await limitProfile(t, t.a, { jobsAtOnce: 1 })
  // Long enough to be cancelled while it runs.
  const long = await t.newClip(t.a, [sourceId], 12)
  const other = await t.newClip(t.a, [sourceId], 4)
  const page = await t.open(t.of(t.a, 'jobs'))
  const render = (id: string, presetId: string) =>
    t.request(t.a, 'POST', `/clips/${id}/render`, { body: { presetId } })
  const first = (await render(long, 'landscape')).body
  const second = (await render(long, 'reels')).body
  const third = (await render(other, 'reels')).body
  const waiting = page.getByRole('region', { name: 'Waiting' }).getByRole('listitem')
  await waiting.filter({ hasText: 'which goes first' }).waitFor()
  await waiting.filter({ hasText: 'its limit' }).waitFor()
  const running = page.getByRole('region', { name: 'Running' }).getByRole('listitem')
  await seen(running.getByText('Rendering the video'))
  // The limit leads to where it is set.
  await waiting.getByRole('link', { name: 'its limit' }).click()
  await page.getByRole('heading', { name: 'Limits' }).waitFor()
  await page.goBack()

  await waiting
    .filter({ hasText: 'its limit' })
    .getByRole('button', { name: /^Cancel/ })
    .click()
  assert.equal((await t.ended(t.a, third.id)).state, 'cancelled')
  await waiting
    .filter({ hasText: 'which goes first' })
    .getByRole('button', { name: /^Cancel/ })
    .click()
  assert.equal((await t.ended(t.a, second.id)).state, 'cancelled')
  // The answer to the cancelling comes late: the page has heard of the end by then, and must not forget it.
  const cancelled = page.getByRole('article').filter({ hasText: 'Cancelled' })
  await intercept(page, '**/api/v1/jobs/*/cancel', async (route) => {
    const response = await route.fetch()
    await cancelled.nth(2).waitFor()
    await route.fulfill({ response })
  })
  const answered = page.waitForResponse('**/api/v1/jobs/*/cancel')
  await running.getByRole('button', { name: /^Cancel/ }).click()
  assert.equal((await t.ended(t.a, first.id)).state, 'cancelled')
  await answered
  await page.waitForTimeout(300)
  await running.waitFor({ state: 'detached' })
  await cancelled.nth(2).waitFor()
})
