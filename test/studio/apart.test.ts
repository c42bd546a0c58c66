import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { ready } from '../render-jobs/footage.ts'
import { eventually } from '../support/children.ts'
import { intercept, openBrowserStudio, saved, seen } from './studio.ts'

/** What a browser leaves out of pages that came by plain http from another machine. */
const PLAIN_HTTP = `
  for (const name of ['locks', 'clipboard', 'storage', 'serviceWorker'])
    Object.defineProperty(Navigator.prototype, name, { get: () => undefined, configurable: true })
  for (const name of ['randomUUID', 'subtle'])
    Object.defineProperty(Crypto.prototype, name, { get: () => undefined, configurable: true })
  delete window.showOpenFilePicker
  delete DataTransferItem.prototype.getAsFileSystemHandle
  Object.defineProperty(window, 'isSecureContext', { value: false })`

const t = await openBrowserStudio()
const sourceId = await t.upload(t.a, 'eight-shots')
await ready(t, t.a, sourceId)
const clipId = await t.newClip(t.a, [sourceId], 3)

const stored = (page: Page): Promise<string> =>
  page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]))

const keeps = (page: Page, text: string) =>
  eventually(`“${text}” in what the browser keeps`, async () =>
    (await stored(page)).includes(text) ? true : undefined,
  )

/** What is typed is saved in a moment. */
const scriptIs = (script: string) =>
  eventually(`the script “${script}”`, async () =>
    (await t.clip(t.a, clipId)).script === script ? true : undefined,
  )

async function switchTo(page: Page, { id }: { readonly id: string }): Promise<void> {
  const { name } = (await t.request(t.b, 'GET', `/profiles/${id}`)).body
  await page
    .getByRole('button', { name: /^Brand: / })
    .first()
    .click()
  await page.getByRole('menuitem', { name }).click()
  await page.waitForURL(`**/p/${id}/**`)
}

test('an answer that comes after the switch to another brand tells of the first, or leads back to it', async () => {
  const page = await t.open(t.of(t.a, 'clips'))
  const { promise: released, resolve: release } = Promise.withResolvers<void>()
  const answered: Promise<unknown>[] = []
  await intercept(page, '**/api/v1/clips/*/duplicate', async (route) => {
    const response = await route.fetch()
    await released
    answered.push(route.fulfill({ response }))
  })
  await page.getByRole('button', { name: /^More for/ }).click()
  await page.getByRole('menuitem', { name: 'Duplicate' }).click()
  await switchTo(page, t.b)
  await page.getByRole('heading', { name: 'No clips yet' }).waitFor()
  release()
  await page.waitForTimeout(500)
  await Promise.all(answered)
  assert.equal(answered.length, 1)
  assert.equal(await page.getByRole('region', { name: 'Messages' }).textContent(), '')
  assert.doesNotMatch((await page.textContent('body')) ?? '', /Clip \d|Test/)
  assert.ok(page.url().includes(t.b.id))
})

test('what is deleted or edited just before the switch to another brand is not done', async () => {
  const copy = (await t.request(t.a, 'POST', `/clips/${clipId}/duplicate`)).body
  const page = await t.open(t.of(t.a, 'clips'))
  await page.getByRole('button', { name: `More for Clip ${copy.number}` }).click()
  await page.getByRole('menuitem', { name: 'Delete' }).click()
  await seen(page.getByText(`Deleted “Clip ${copy.number}”`))
  await switchTo(page, t.b)
  await page.getByText(`Deleted “Clip ${copy.number}”`).waitFor({ state: 'detached' })
  await eventually('the clip is gone', async () =>
    (await t.request(t.a, 'GET', `/clips/${copy.id}`)).status === 404 ? true : undefined,
  )
  assert.equal(await page.getByRole('region', { name: 'Messages' }).textContent(), '')

  await page.goto(t.of(t.a, `clips/${clipId}`))
  await saved(page)
  await page.getByRole('textbox', { name: /script/i }).fill('Said in a hurry.')
  await switchTo(page, t.b)
  await scriptIs('Said in a hurry.')
})

test('the next person in front of this browser finds what the one before worked on', async () => {
  const page = await t.open(t.of(t.a, `clips/${clipId}`))
  await saved(page)
  await page.getByRole('textbox', { name: /script/i }).fill('A secret of the launch.')
  await keeps(page, 'A secret of the launch')
  // A reload by the same person loses nothing.
  await page.reload()
  await seen(page.getByText('A secret of the launch.'))
  await keeps(page, 'A secret of the launch')
  // Another person came without the first having signed out.
  await page.evaluate(() => {
    for (const storage of [localStorage, sessionStorage]) storage.setItem('cutroom:person', 'somebody else')
  })
  await page.reload()
  await saved(page)
  assert.doesNotMatch(await stored(page), /secret of the launch|somebody else/)

  await page.getByRole('textbox', { name: /script/i }).fill('Another secret.')
  await keeps(page, 'Another secret')
  // For this page alone: the session serves the other tests.
  await intercept(page, '**/api/v1/session', (route) =>
    route.request().method() === 'DELETE' ? route.fulfill({ status: 204 }) : route.continue(),
  )
  await page
    .getByRole('button', { name: /account and theme/ })
    .first()
    .click()
  // A save may be under way; whoever leaves meanwhile is asked.
  page.on('dialog', (dialog) => void dialog.accept())
  const left = page.waitForEvent('load')
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await left
  assert.doesNotMatch(await stored(page), /Another secret/)
})

test('whose session ends while an edit is saved loses the edit, or is not led to the door', async () => {
  const context = await t.newContext()
  const cookies = await context.cookies()
  const page = await context.newPage()
  await page.goto(t.of(t.a, `clips/${clipId}`))
  await saved(page)
  await context.clearCookies()
  await page.getByRole('textbox', { name: /script/i }).fill('Typed too late.')
  await page.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor()
  await context.addCookies(cookies)
  await page.goto(t.of(t.a, `clips/${clipId}`))
  await seen(page.getByText('Typed too late.'))
  await scriptIs('Typed too late.')
})

test('a clip that is deleted elsewhere stays open in its editor', async () => {
  const copy = (await t.request(t.a, 'POST', `/clips/${clipId}/duplicate`)).body
  const page = await t.open(t.of(t.a, `clips/${copy.id}`))
  await saved(page)
  await t.request(t.a, 'DELETE', `/clips/${copy.id}`)
  await page.getByRole('heading', { name: 'This clip is gone' }).waitFor()
})

test('a brand that is deleted elsewhere stays open', async () => {
  const page = await t.open(t.of(t.a, 'settings/brand'))
  const made = await page.evaluate(async () => {
    const body = JSON.stringify({ name: 'Short-lived' })
    const headers = { 'content-type': 'application/json' }
    return (await fetch('/api/v1/profiles', { method: 'POST', body, headers })).json()
  })
  const other = await page.context().newPage()
  await other.goto(`/p/${made.id}/projects`)
  await other.getByRole('heading', { level: 1, name: 'Projects' }).waitFor()
  const status = await page.evaluate(
    async (id) => (await fetch(`/api/v1/profiles/${id}`, { method: 'DELETE' })).status,
    made.id,
  )
  assert.ok(status < 300, String(status))
  await other.getByRole('heading', { name: 'There is nothing here' }).waitFor({ timeout: 120_000 })
})

test('a studio that is reached by plain http cannot take files in, save edits or copy', async () => {
  const context = await t.newContext()
  await context.addInitScript(PLAIN_HTTP)
  const page = await context.newPage()
  await page.goto(t.of(t.b, 'sources'))
  assert.equal(await page.evaluate(() => typeof crypto.randomUUID), 'undefined')
  await page.getByRole('button', { name: 'Add footage' }).first().click()
  const asked = page.waitForEvent('filechooser')
  await page.getByRole('menuitem', { name: 'Files…' }).click()
  await (await asked).setFiles({ name: 'note.mp4', mimeType: 'video/mp4', buffer: Buffer.alloc(4096, 7) })
  await seen(page.getByText('note.mp4'))
  await seen(page.getByText(/cannot be|not a|no recording|refused/i))

  await page.goto(t.of(t.a, `clips/${clipId}`))
  await saved(page)
  await page.getByRole('textbox', { name: /script/i }).fill('Over plain http.')
  await scriptIs('Over plain http.')
})
