import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { openBrowserStudio, seen } from './studio.ts'

const t = await openBrowserStudio()

/** Nothing is read ahead. */
const neverIdle = (page: Page) =>
  page.addInitScript(() => Object.assign(window, { requestIdleCallback() {} }))

test('the address of a section of a brand does not open it, or the way back does not lead back', async () => {
  const page = await t.open(t.of(t.a, 'sources'))
  await page.getByRole('heading', { level: 1, name: 'Sources' }).waitFor()
  await page.getByRole('link', { name: 'Projects' }).first().click()
  await page.getByRole('heading', { level: 1, name: 'Projects' }).waitFor()
  await page.goBack()
  await page.getByRole('heading', { level: 1, name: 'Sources' }).waitFor()
  assert.equal(new URL(page.url()).pathname, t.of(t.a, 'sources'))
})

test('who is not signed in sees more than the door, or does not come back to where they wanted to go', async () => {
  const page = await t.open(t.of(t.a, 'jobs'), { signedIn: false })
  await page.waitForURL(/\/sign-in\?next=/)
  assert.equal(new URL(page.url()).searchParams.get('next'), t.of(t.a, 'jobs'))
})

test('the first view sends more script than a slow line carries quickly, or sends it uncompressed', async () => {
  const page = await (await t.newContext()).newPage()
  await neverIdle(page)
  const scripts: number[] = []
  page.on('response', async (response) => {
    if (response.request().resourceType() !== 'script') return
    const headers = await response.allHeaders()
    assert.ok(/theme\.js$/.test(response.url()) || headers['content-encoding'] === 'br', response.url())
    scripts.push(Number(headers['content-length']))
  })
  await page.goto(t.of(t.a, 'projects'))
  await page.getByRole('heading', { level: 1, name: 'Projects' }).waitFor()
  await page.waitForLoadState('networkidle')
  const bytes = scripts.reduce((sum, size) => sum + size, 0)
  assert.ok(
    scripts.length > 1 && bytes > 50_000 && bytes < 250_000,
    `${bytes} bytes in ${scripts.length} files`,
  )
})

test('who takes no compressed answers gets no page, or gets something else at its address', async () => {
  for (const place of ['/', t.of(t.a, 'sources')]) {
    const headers = { accept: 'text/html', 'accept-encoding': 'identity' }
    const answer = await fetch(`${t.url}${place}`, { headers })
    assert.deepEqual(
      [answer.status, answer.headers.get('content-type'), answer.headers.get('cache-control')],
      [200, 'text/html; charset=utf-8', 'no-cache'],
      place,
    )
    assert.match(await answer.text(), /<title>Cutroom<\/title>/)
  }
  const plain = await fetch(t.url, { method: 'HEAD', headers: { 'accept-encoding': 'identity' } })
  assert.equal(plain.status, 200)
  const folder = await fetch(`${t.url}/assets/`, { headers: { 'accept-encoding': 'identity' } })
  assert.deepEqual([folder.status, (await folder.json()).code], [404, 'not-found'])
})

test('a section that was not opened before cannot be opened while the server is away', async () => {
  const page = await (await t.newContext()).newPage()
  const loaded = page.waitForResponse(/settings-[^/]*\.js$/)
  await page.goto(t.of(t.a, 'projects'))
  await (await loaded).finished()
  await page.context().setOffline(true)
  await page.getByRole('link', { name: 'Settings' }).first().click()
  await page.getByRole('heading', { level: 1, name: 'Settings' }).waitFor()
})

test('a section that cannot be loaded leaves nothing of the studio, or does not come once it can', async () => {
  const page = await (await t.newContext()).newPage()
  await neverIdle(page)
  await page.goto(t.of(t.a, 'projects'))
  await page.getByRole('heading', { level: 1, name: 'Projects' }).waitFor()
  await page.context().setOffline(true)
  await page.getByRole('link', { name: 'Jobs' }).first().click()
  await page.getByRole('heading', { name: 'This page could not be shown' }).waitFor()
  await page
    .getByRole('button', { name: /^Brand: / })
    .first()
    .waitFor()
  const reload = page.getByRole('button', { name: 'Reload the page' })
  await reload.click()
  await seen(page.getByText('The server cannot be reached.'))
  await page.context().setOffline(false)
  await reload.click()
  await page.getByRole('heading', { level: 1, name: 'Jobs' }).waitFor()
})
