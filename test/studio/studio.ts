import assert from 'node:assert/strict'
import path from 'node:path'
import { after, afterEach } from 'node:test'
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core'
import { createSetupLink } from '../../apps/server/src/domain/people/links.ts'
import type { Handlers } from '../../apps/server/src/worker/handler.ts'
import { startStudio, type TestStudio } from '../render-jobs/footage.ts'
import { eventually } from '../support/children.ts'
import type { TestProfile } from '../support/service.ts'
import { openBrowser } from './browser.ts'

export const OWNER = { email: 'ada@example.org', password: 'correct horse battery', name: 'Ada Lovelace' }

export const LAPTOP = { width: 1440, height: 900 }
export const PHONE = { width: 390, height: 844 }

interface PageOptions {
  /** Default: a laptop. */
  readonly viewport?: { readonly width: number; readonly height: number }
  readonly colorScheme?: 'light' | 'dark'
  readonly deviceScaleFactor?: number
  /** Default: the owner is signed in. */
  readonly signedIn?: boolean
}

/** A whole service with a worker that does everything, and people in front of real browsers. */
export interface BrowserStudio extends TestStudio {
  /** `http://127.0.0.1:…` */
  readonly url: string
  readonly browser: Browser
  /** Another person's or machine's browser: cookies and storage of its own. */
  newContext(options?: PageOptions): Promise<BrowserContext>
  /** A page in a context of its own, opened at an address such as `/p/…/sources`. */
  open(place: string, options?: PageOptions): Promise<Page>
  /** The address of a section of a profile: `of(t.a, 'clips')`. */
  of(profile: TestProfile, section: string): string
}

/** Waits until something is to be seen, in however many places: a message may say what its form says, too. */
export const seen = (what: Locator, options: { readonly timeout?: number } = {}): Promise<void> =>
  what.filter({ visible: true }).first().waitFor(options)

/** Waits until nothing is left to be saved; the word is only for screen readers where there is no room. */
export const saved = (page: Page): Promise<void> =>
  page.getByText('Saved', { exact: true }).first().waitFor({ state: 'attached' })

/**
 * `page.route` for a page that is open: a browser that has told Playwright so sends requests past it for a moment yet, until its page has
 * heard, too.
 */
export async function intercept(page: Page, ...route: Parameters<Page['route']>): Promise<void> {
  await page.route(...route)
  const probe = '**/is-intercepted'
  await page.route(probe, (caught) => caught.fulfill({ status: 204 }))
  await eventually('a page whose requests are intercepted', async () => {
    const status = await page.evaluate(async () => (await fetch('/is-intercepted')).status)
    return status === 204 || undefined
  })
  await page.unroute(probe)
}

/** Pictures of what was seen when a test failed. */
const FAILURES = path.join(import.meta.dirname, '../../test-results/failures')

/** Lines of what a page held, in the words of a screen reader. */
const MOST_LINES = 80

/** Keeps a picture of each open page of a file where one of its tests fails, and says what it held. */
function keepFailures(browser: Browser): void {
  const name = path.basename(process.argv[1] ?? '', '.test.ts')
  let shots = 0
  afterEach(async (context) => {
    if (!('passed' in context) || context.passed) return
    for (const page of browser.contexts().flatMap((context) => context.pages())) {
      // A page that crashed or is just closing shows nothing.
      const none = (error: Error) => `nothing: ${error.message}`
      const held = await page.locator('body').ariaSnapshot({ timeout: 5000 }).catch(none)
      context.diagnostic([`What ${page.url()} held:`, ...held.split('\n').slice(0, MOST_LINES)].join('\n'))
      const file = path.join(FAILURES, `${name}-${++shots}.png`)
      await page.screenshot({ path: file, timeout: 5000 }).catch(none)
    }
  })
}

/** What a page must not say on its console. Requests that are refused on purpose are said there, too. */
const HARMLESS = /Failed to load resource|net::ERR_/

/** Opens a studio of a test file's own. What breaks in a page, or is forbidden by the policy of its server, fails the file. */
export async function openBrowserStudio(own: Partial<Handlers> = {}): Promise<BrowserStudio> {
  const complaints: string[] = []
  after(() => assert.deepEqual(complaints, [], 'a page complained'))
  // Closed before the service ends, since ends come in the order in which they were asked for.
  const browser = await openBrowser()
  keepFailures(browser)
  const studio = await startStudio(own)
  const { port } = studio.app.server.address() as { port: number }
  const url = `http://127.0.0.1:${port}`
  const cookie = await becomeOwner(studio, url)

  async function newContext(options: PageOptions = {}): Promise<BrowserContext> {
    const { signedIn = true, viewport = LAPTOP, ...rest } = options
    const context = await browser.newContext({ baseURL: url, viewport, acceptDownloads: true, ...rest })
    // Where other tests keep the processors busy, a page may take long.
    context.setDefaultTimeout(90_000)
    if (signedIn) await context.addCookies([{ ...cookie, url }])
    context.on('weberror', (failure) => complaints.push(String(failure.error().stack)))
    context.on('console', (message) => {
      if (message.type() === 'error' && !HARMLESS.test(message.text())) complaints.push(message.text())
    })
    return context
  }
  return {
    ...studio,
    url,
    browser,
    newContext,
    async open(place, options) {
      const page = await (await newContext(options)).newPage()
      await page.goto(place)
      return page
    },
    of: (profile, section) => `/p/${profile.id}/${section}`,
  }
}

/** Makes the first owner; returns the cookie of their session. */
async function becomeOwner(
  { service }: TestStudio,
  url: string,
): Promise<{ readonly name: string; readonly value: string }> {
  const token = await createSetupLink(service.db)
  const answer = await fetch(`${url}/api/v1/session/setup`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({ token, ...OWNER }),
  })
  assert.equal(answer.status, 201, await answer.text())
  const [name = '', value = ''] = (answer.headers.get('set-cookie') ?? '').split(';')[0]?.split('=') ?? []
  return { name, value }
}
