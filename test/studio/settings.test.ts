import assert from 'node:assert/strict'
import path from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import sharp from 'sharp'
import { ready } from '../render-jobs/footage.ts'
import { eventually, startChild } from '../support/children.ts'
import { intercept, OWNER, openBrowserStudio, seen } from './studio.ts'

const HOLDER = fileURLToPath(import.meta.resolve('../scratch/child-holder.ts'))

const t = await openBrowserStudio()

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true })
const dialog = (page: Page, name: string | RegExp) => page.getByRole('dialog', { name })

async function nameOf({ id }: { readonly id: string }): Promise<string> {
  const answer = await t.request(t.a.id === id ? t.a : t.b, 'GET', `/profiles/${id}`)
  return answer.body.name
}

async function switchTo(page: Page, name: string): Promise<void> {
  await page
    .getByRole('button', { name: /^Brand: / })
    .first()
    .click()
  await page.getByRole('menuitem', { name }).click()
  await page
    .getByRole('button', { name: `Brand: ${name}. Change` })
    .first()
    .waitFor()
}

test('a key that was made in the settings does not work, is shown again, or works after it was revoked', async () => {
  const page = await t.open(t.of(t.a, 'settings/keys'))
  await button(page, 'New key').click()
  await button(page, 'Make the key').click()
  await seen(page.getByText('Say where the key will be used.'))
  await page.getByLabel('Name').fill('Upload script')
  await button(page, 'Make the key').click()
  const secret = (await page.getByLabel('The key', { exact: true }).textContent()) ?? ''
  const status = async () =>
    (await fetch(`${t.url}/api/v1/sources`, { headers: { authorization: `Bearer ${secret}` } })).status
  assert.equal(await status(), 200)
  const other = { authorization: `Bearer ${secret}`, 'x-profile-id': t.b.id }
  assert.equal(
    (await fetch(`${t.url}/api/v1/sources`, { headers: other })).status,
    404,
    'it reaches another brand',
  )
  await button(page, 'Done').click()
  await page.reload()
  await seen(page.getByText('Upload script'))
  assert.equal((await page.content()).includes(secret), false)
  await button(page, 'Revoke Upload script').click()
  await button(page, 'Revoke the key').click()
  await seen(page.getByText('Revoked keys (1)'))
  assert.equal(await status(), 401)
})

test('cleaning temp does not say before what it would remove, or after what it removed and kept', async () => {
  const order = (leaseSeconds: number) => ({
    dataDir: t.dataDir,
    profileId: t.a.id,
    jobId: crypto.randomUUID(),
    attempt: 1,
    leaseSeconds,
    mood: 'idle',
  })
  const [dead, alive] = [order(0.05), order(60)]
  const killed = startChild(HOLDER, dead)
  assert.ok(path.basename(path.dirname(await killed.line())).startsWith(dead.jobId))
  await killed.end('SIGKILL')
  await using living = startChild(HOLDER, alive)
  await living.line()

  const page = await t.open(t.of(t.a, 'settings/disk'))
  await button(page, 'Clean temp…').click()
  const report = dialog(page, 'Clean temp')
  await seen(report.getByText('1 folder can be removed.'))
  await seen(report.getByText(`Job ${dead.jobId.slice(0, 8)}, attempt 1`))
  await button(page, 'Clean now').click()
  await seen(report.getByText(/^1 folder removed, .+ freed\.$/))
  await seen(report.getByText(`Job ${alive.jobId.slice(0, 8)}, attempt 1`))
  await seen(report.getByText('its job is at work'))
})

test('a brand whose logo is refused is made twice by another try', async () => {
  const page = await t.open(t.of(t.a, 'jobs'))
  let made = 0
  page.on('request', (request) => {
    if (request.method() === 'POST' && request.url().endsWith('/api/v1/profiles')) made++
  })
  await intercept(page, '**/logo', (route) => route.fulfill({ status: 503 }), { times: 1 })
  await page
    .getByRole('button', { name: /^Brand: / })
    .first()
    .click()
  await page.getByRole('menuitem', { name: 'New brand…' }).click()
  await page.getByLabel('Name').fill('Third Brand')
  const picture = sharp({ create: { width: 64, height: 64, channels: 3, background: '#15803d' } })
  await page
    .getByLabel('Picture of the logo')
    .setInputFiles({ name: 'logo.png', mimeType: 'image/png', buffer: await picture.png().toBuffer() })
  await button(page, 'Make the brand').click()
  await dialog(page, 'New brand').getByRole('alert').waitFor()
  await button(page, 'Make the brand').click()
  await page.getByRole('button', { name: 'Brand: Third Brand. Change' }).first().waitFor()
  assert.equal(made, 1)
  // What it needs first is footage.
  await page.waitForURL(/\/sources$/)
})

test('after a switch to another brand something of the first is left, or the way back does not lead to it', async () => {
  const secret = 'Hush-hush launch'
  const sourceId = await t.upload(t.a, 'eight-shots')
  await t.request(t.a, 'POST', '/projects', {
    body: { name: secret, sourceIds: [sourceId], targetSeconds: 6 },
  })
  const [first, second] = [await nameOf(t.a), await nameOf(t.b)]
  const page = await t.open(t.of(t.a, 'sources'))
  await seen(page.getByText('eight-shots'))
  await page.getByRole('link', { name: 'Projects' }).first().click()
  await seen(page.getByText(secret))

  await switchTo(page, second)
  assert.equal(new URL(page.url()).pathname, t.of(t.b, 'projects'))
  for (const section of ['Projects', 'Sources']) {
    await page.getByRole('link', { name: section }).first().click()
    await page.getByRole('heading', { level: 1, name: section }).waitFor()
    await page.waitForLoadState('networkidle').catch(() => undefined)
    const left = await page.evaluate(() =>
      [
        document.documentElement.outerHTML,
        JSON.stringify({ ...localStorage }),
        JSON.stringify({ ...sessionStorage }),
      ].join('\n'),
    )
    for (const trace of [secret, 'eight-shots', first, t.a.id, sourceId])
      assert.equal(left.includes(trace), false, `${trace} is left in ${section}`)
  }
  await page.goBack()
  await page.goBack()
  await page
    .getByRole('button', { name: `Brand: ${first}. Change` })
    .first()
    .waitFor()
  await seen(page.getByText(secret))
})

test('the address of another brand’s clip shows it', async () => {
  const sourceId = await t.upload(t.a, 'eight-shots')
  await ready(t, t.a, sourceId)
  const clipId = await t.newClip(t.a, [sourceId], 4)
  const name = 'Tent at dawn'
  await t.patch(t.a, clipId, { name })
  const page = await t.open(t.of(t.a, `clips/${clipId}`))
  await seen(page.getByText(name))
  await page.goto(t.of(t.b, `clips/${clipId}`))
  await page.getByRole('heading', { name: /gone|nothing here/ }).waitFor()
  assert.equal((await page.textContent('body'))?.includes(name), false)
  await page.goto('/p/00000000-0000-4000-8000-000000000000/projects')
  await page.getByRole('heading', { name: 'There is nothing here' }).waitFor()
})

test('a brand cannot be renamed, a name that is taken is not told at its field, or changes are lost without a question', async () => {
  const page = await t.open(t.of(t.b, 'settings/brand'))
  const name = page.getByLabel('Name', { exact: true })
  await name.fill(await nameOf(t.a))
  await button(page, 'Save').click()
  await seen(page.getByText('There is a brand of that name already.'))
  assert.equal(await name.getAttribute('aria-invalid'), 'true')
  await page.getByRole('link', { name: 'Defaults' }).click()
  await dialog(page, 'Leave without saving?').getByRole('button', { name: 'Stay' }).click()
  await name.fill('Birch & Co')
  await button(page, 'Save').click()
  await page.getByRole('button', { name: 'Brand: Birch & Co. Change' }).first().waitFor()
  await page.getByRole('link', { name: 'Defaults' }).click()
  await page.getByRole('heading', { level: 2, name: 'Defaults' }).waitFor()
})

test('a limit that is no number is taken, or a good one is not kept', async () => {
  const page = await t.open(t.of(t.b, 'settings/disk'))
  const storage = page.getByLabel('Storage', { exact: true })
  await storage.fill('much')
  await button(page, 'Save').click()
  await seen(page.getByText('A number, or nothing for no limit.'))
  await storage.fill('1.5')
  await button(page, 'Save').click()
  await seen(page.getByText('of 1.5 GB'))
  await page.reload()
  assert.equal(await storage.inputValue(), '1.5')
})

test('a preset cannot be made, or is not what was typed', async () => {
  const page = await t.open(t.of(t.b, 'settings/presets'))
  await button(page, 'New preset').click()
  const form = dialog(page, 'New preset')
  await form.getByLabel('Name').fill('Story, small')
  await form.getByLabel('Width').fill('721')
  await form.getByLabel('Height').fill('1280')
  await button(page, 'Make the preset').click()
  await seen(form.getByText('An even number.'))
  await form.getByLabel('Width').fill('720')
  await button(page, 'Make the preset').click()
  await seen(page.getByText('720 × 1280, 30 fps'))
  const { items } = (await t.request(t.b, 'GET', '/presets')).body
  const made = items.find(({ id }: { id: string }) => id === 'story-small')
  assert.deepEqual(made.frame, { width: 720, height: 1280 })
})

test('captions of new clips do not take the colour of the brand, or lose it with another look', async () => {
  const page = await t.open(t.of(t.b, 'settings/defaults'))
  await page.getByRole('radio', { name: 'Colour of the brand' }).click()
  await page.getByRole('combobox', { name: 'Caption style' }).click()
  await page.getByRole('option', { name: /^Boxed/ }).click()
  await button(page, 'Save').click()
  const { colour } = (await t.request(t.b, 'GET', `/profiles/${t.b.id}`)).body
  await eventually('captions of the brand', async () => {
    const { defaults } = (await t.request(t.b, 'GET', `/profiles/${t.b.id}`)).body
    return defaults.captionStyle === `boxed${colour}` || undefined
  })
})

test('whose session has ended meanwhile is not led to the door, or does not come back', async () => {
  const page = await t.open(t.of(t.b, 'settings/defaults'))
  await page.getByRole('heading', { level: 2, name: 'Defaults' }).waitFor()
  await page.context().clearCookies()
  await page.getByRole('link', { name: 'API keys' }).click()
  await page.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor()
  await page.getByLabel('E-mail').fill(OWNER.email)
  await page.getByLabel('Password', { exact: true }).fill(OWNER.password)
  await button(page, 'Sign in').click()
  await page.getByRole('heading', { level: 2, name: 'API keys' }).waitFor()
})
