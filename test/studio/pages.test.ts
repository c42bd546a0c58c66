import assert from 'node:assert/strict'
import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { before, test } from 'node:test'
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { type Furnished, furnish } from './furnish.ts'
import { LAPTOP, openBrowserStudio, PHONE } from './studio.ts'

/** Kept after the run, for people to look at. */
const SCREENS = path.join(import.meta.dirname, '../../test-results/screens')
const t = await openBrowserStudio()
let made: Furnished
before(async () => {
  made = await furnish(t, t.a)
  await mkdir(SCREENS, { recursive: true })
})

const DOORS = ['sign-in', 'setup', 'invitation', 'reset']
const SECTIONS = ['projects', 'clips', 'sources', 'exports', 'jobs']
const SETTINGS = ['brand', 'defaults', 'disk', 'presets', 'keys', 'people', 'account']
const PAGES = [
  ...DOORS,
  'welcome',
  'nothing-here',
  ...SECTIONS,
  ...SECTIONS.map((section) => `${section}-empty`),
  ...['project', 'clip', 'source'],
  ...SETTINGS.map((tab) => `settings-${tab}`),
]

/** Where a page is. */
function at(name: string): { readonly place: string; readonly signedIn?: false } {
  if (name === 'sign-in') return { place: '/sign-in', signedIn: false }
  if (DOORS.includes(name)) return { place: `/${name}#not-a-token`, signedIn: false }
  if (name === 'welcome') return { place: '/welcome' }
  if (name === 'nothing-here') return { place: '/p/nobody/clips' }
  if (name.startsWith('settings-')) return { place: t.of(t.a, name.replace('-', '/')) }
  if (name.endsWith('-empty')) return { place: t.of(t.b, name.slice(0, -'-empty'.length)) }
  const one = { project: made.projectId, clip: made.clipId, source: made.sourceId }[name]
  return { place: t.of(t.a, one === undefined ? name : `${name}s/${one}`) }
}

/** Nothing is on its way any more: neither answers nor pictures. */
async function settled(page: Page): Promise<void> {
  await page.locator('h1').first().waitFor()
  await page.waitForFunction(() => document.querySelector('[aria-busy=true]') === null)
  await page.evaluate(() => document.fonts.ready)
  await page.waitForFunction(() => [...document.images].every(({ complete }) => complete))
}

/** What keeps people with a screen reader, a keyboard or weak eyes from using a page. */
async function barriers(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`))
}

const tooWide = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth - innerWidth)

for (const name of PAGES)
  test(`the page ${name} keeps somebody out, or does not fit a laptop or a phone`, async () => {
    const { place, signedIn = true } = at(name)
    const page = await t.open(place, { signedIn, colorScheme: 'light' })
    await settled(page)
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      for (const [view, viewport] of Object.entries({ laptop: LAPTOP, phone: PHONE })) {
        await page.setViewportSize(viewport)
        await settled(page)
        await page.screenshot({ path: path.join(SCREENS, `${name}-${view}-${colorScheme}.png`) })
        assert.equal(await tooWide(page), 0, `${view}: pixels beyond the window`)
        if (viewport === LAPTOP || colorScheme === 'light')
          assert.deepEqual(await barriers(page), [], `${view}, ${colorScheme}`)
      }
    }
    await page.context().close()
  })
