import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import sharp from 'sharp'
import { readConfig } from '../../apps/server/src/config.ts'
import { openService } from '../../apps/server/src/domain/open-service.ts'
import { createResetLink, createSetupLink } from '../../apps/server/src/domain/people/links.ts'
import { buildServer } from '../../apps/server/src/http/server.ts'
import { createLog } from '../../apps/server/src/log.ts'
import { temporaryFolder } from '../support/children.ts'
import { testDatabase } from '../support/postgres.ts'
import { openBrowser } from './browser.ts'
import { takeScreens } from './screens.ts'
import { intercept, LAPTOP, OWNER, seen } from './studio.ts'

// A studio that nobody has been in yet: no brand, no owner, and no worker that would take what is queued.
const cleanUp = new AsyncDisposableStack()
const browser = await openBrowser()
after(() => cleanUp.disposeAsync())
const folder = cleanUp.use(await temporaryFolder())
const service = await openService(
  { ...readConfig(), dataDir: folder.path, database: await testDatabase() },
  { supervise: false, log: createLog({ level: 'silent' }) },
)
cleanUp.defer(() => service.close())
const app = await buildServer(service, { authentication: true, version: '0.0.0-test' })
cleanUp.defer(() => app.close())
const url = await app.listen({ host: '127.0.0.1', port: 0 })
const setupToken = (await createSetupLink(service.db)) ?? ''

/** The browser of somebody who was never here. */
async function openStranger(place: string): Promise<Page> {
  const context = await browser.newContext({ baseURL: url, viewport: LAPTOP })
  context.setDefaultTimeout(90_000)
  const page = await context.newPage()
  await page.goto(place)
  return page
}

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true })
const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name })

async function fillPerson(
  page: Page,
  person: { name: string; email: string; password: string },
): Promise<void> {
  await page.getByLabel('Your name').fill(person.name)
  await page.getByLabel('E-mail').fill(person.email)
  await page.getByLabel('Password', { exact: true }).fill(person.password)
}

async function signIn(page: Page, email: string, password: string): Promise<void> {
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await button(page, 'Sign in').click()
}

async function assertUsable(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
  assert.deepEqual(
    serious.map(({ id, nodes }) => `${page.url()} ${id} ${nodes[0]?.html}`),
    [],
  )
}

test('the printed link does not lead to a studio with a first brand, or its token travels in an address', async () => {
  const page = await openStranger(`/setup#${setupToken}`)
  const addresses: string[] = []
  page.on('request', (request) => addresses.push(request.url()))
  await assertUsable(page)
  await fillPerson(page, { ...OWNER, password: 'short' })
  await button(page, 'Create my account').click()
  await seen(page.getByText('It needs at least 10 characters.'))
  await fillPerson(page, OWNER)
  await button(page, 'Create my account').click()

  await heading(page, 'Your first brand').waitFor()
  await assertUsable(page)
  await takeScreens(page, 'welcome')
  await page.emulateMedia({ colorScheme: 'light' })
  await page.setViewportSize(LAPTOP)
  await page.getByLabel('Name').fill('Acme Outdoor')
  await page.getByLabel('Green').check()
  const picture = sharp({ create: { width: 64, height: 64, channels: 3, background: '#15803d' } })
  await page
    .getByLabel('Picture of the logo')
    .setInputFiles({ name: 'logo.png', mimeType: 'image/png', buffer: await picture.png().toBuffer() })
  await button(page, 'Continue').click()

  await heading(page, 'Footage for Acme Outdoor').waitFor()
  await assertUsable(page)
  await page.addInitScript(() => Reflect.deleteProperty(window, 'showOpenFilePicker'))
  await page.reload()
  const asked = page.waitForEvent('filechooser')
  await button(page, /^Add your footage/).click()
  await asked
  await button(page, /^Make demo footage/).click()
  await page.waitForURL(/\/p\/[0-9a-f-]+\/sources$/)
  await page.getByRole('button', { name: 'Brand: Acme Outdoor. Change' }).first().waitFor()

  const session = await page.evaluate(async () => (await fetch('/api/v1/session')).json())
  const [brand, ...others] = session.profiles
  assert.deepEqual(others, [], 'a second brand was made')
  assert.deepEqual([brand.name, brand.colour], ['Acme Outdoor', '#15803d'])
  assert.match(brand.logoVersion, /^\w+$/)
  const jobs = await page.evaluate(async () => (await fetch('/api/v1/jobs')).json())
  assert.deepEqual(
    jobs.items.map(({ kind }: { kind: string }) => kind),
    ['demo'],
  )
  assert.deepEqual(
    addresses.filter((address) => address.includes(setupToken)),
    [],
  )
  await page.goto('/sign-in')
  await page.waitForURL(/\/p\/[0-9a-f-]+\/projects$/)
})

test('a link that was used or cut short does not say so, or not what to do', async () => {
  const used = await openStranger(`/setup#${setupToken}`)
  await fillPerson(used, { ...OWNER, email: 'eve@example.org' })
  await button(used, 'Create my account').click()
  await heading(used, 'This link does not work').waitFor()
  await seen(used.getByText('start Cutroom again'))
  await used.getByRole('link', { name: 'To the sign-in page' }).click()
  await heading(used, 'Sign in').waitFor()
  for (const place of ['/setup', '/invitation', '/reset']) {
    await used.goto(place)
    await heading(used, 'This link does not work').waitFor()
  }
})

test('a wrong password is not told, or the right one does not lead to where somebody wanted to go', async () => {
  const page = await openStranger('/')
  await page.waitForURL(/\/sign-in/)
  await assertUsable(page)
  await button(page, 'Sign in').click()
  await seen(page.getByText('Enter your e-mail address.'))
  assert.equal(await page.getByLabel('E-mail').evaluate((field) => field === document.activeElement), true)
  await signIn(page, OWNER.email, 'not the password')
  await seen(page.getByRole('alert').getByText('The e-mail address or the password is wrong.'))
  await page.goto('/sign-in?next=%2Fwelcome%3Fstep%3Dfootage')
  await signIn(page, OWNER.email, OWNER.password)
  await heading(page, 'Footage for Acme Outdoor').waitFor()
})

test('a link for a new password does not let its person in, or works twice', async () => {
  const place = `/reset#${await createResetLink(service.db, OWNER.email)}`
  const page = await openStranger(place)
  await page.getByLabel('New password').fill('another horse battery')
  await button(page, 'Save and sign in').click()
  await page.waitForURL(/\/p\/[0-9a-f-]+\/projects$/)
  const again = await openStranger(place)
  await again.getByLabel('New password').fill('a third horse battery')
  await button(again, 'Save and sign in').click()
  await heading(again, 'This link does not work').waitFor()
})

test('who has tried too often is not told when to try again', async () => {
  const page = await openStranger('/sign-in')
  await intercept(page, '**/api/v1/session', (route) =>
    route.request().method() === 'POST'
      ? route.fulfill({
          status: 429,
          json: {
            type: '/docs/errors#rate-limited',
            title: '',
            status: 429,
            code: 'rate-limited',
            detail: 'More than 10 requests came in a short time.',
            remedy: 'Wait.',
            details: { limit: 10, retryAfterSeconds: 540 },
          },
        })
      : route.fallback(),
  )
  await signIn(page, OWNER.email, 'guess')
  await seen(page.getByRole('alert').getByText(/You can try again in 9 min, at \d+:\d\d/))
})
