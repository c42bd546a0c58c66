import assert from 'node:assert/strict'
import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { before, test } from 'node:test'
import AxeBuilder from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { LAPTOP, openBrowserStudio, PHONE } from '../support/studio.ts'
import { type Furnished, furnish } from './furnish.ts'

/** Kept after the run, for people to look at. */
const SCREENS = path.join(import.meta.dirname, '../../test-results/screens')
const VIEWS = [
  { name: 'laptop', viewport: LAPTOP },
  { name: 'phone', viewport: PHONE },
] as const
const THEMES = ['light', 'dark'] as const

const t = await openBrowserStudio()
let made: Furnished
before(async () => {
  made = await furnish(t, t.a)
  await mkdir(SCREENS, { recursive: true })
})

/** Every page by its name, and how it is opened. */
const pages = (): Record<string, { readonly place: string; readonly signedIn?: false }> => ({
  'sign-in': { place: '/sign-in', signedIn: false },
  invitation: { place: '/invitation#not-a-token', signedIn: false },
  reset: { place: '/reset#not-a-token', signedIn: false },
  setup: { place: '/setup#not-a-token', signedIn: false },
  welcome: { place: '/welcome' },
  'nothing-here': { place: '/p/nobody/clips' },
  projects: { place: t.of(t.a, 'projects') },
  project: { place: t.of(t.a, `projects/${made.projectId}`) },
  clips: { place: t.of(t.a, 'clips') },
  clip: { place: t.of(t.a, `clips/${made.clipId}`) },
  sources: { place: t.of(t.a, 'sources') },
  source: { place: t.of(t.a, `sources/${made.sourceId}`) },
  exports: { place: t.of(t.a, 'exports') },
  jobs: { place: t.of(t.a, 'jobs') },
  ...Object.fromEntries(
    ['brand', 'defaults', 'storage', 'presets', 'keys', 'people', 'account'].map((tab) => [
      `settings-${tab}`,
      { place: t.of(t.a, `settings/${tab}`) },
    ]),
  ),
  ...Object.fromEntries(
    ['projects', 'clips', 'sources', 'exports', 'jobs'].map((section) => [
      `${section}-empty`,
      { place: t.of(t.b, section) },
    ]),
  ),
})

/** Nothing is on its way any more: neither requests nor skeletons. */
async function settled(page: Page): Promise<void> {
  await page.locator('h1').first().waitFor()
  await page.waitForFunction(() => document.querySelector('[aria-busy=true]') === null)
  await page.evaluate(() => document.fonts.ready)
}

for (const { name: view, viewport } of VIEWS)
  for (const colorScheme of THEMES)
    test(`a page cannot be used by everybody, or is wider than a ${view}, in the ${colorScheme} theme`, async () => {
      const [inside, outside] = await Promise.all([
        t.newContext({ viewport, colorScheme }),
        t.newContext({ viewport, colorScheme, signedIn: false }),
      ])
      const wrong: string[] = []
      for (const [name, { place, signedIn = true }] of Object.entries(pages())) {
        const page = await (signedIn ? inside : outside).newPage()
        await page.goto(place)
        await settled(page)
        await page.screenshot({ path: path.join(SCREENS, `${name}-${view}-${colorScheme}.png`) })
        const { violations } = await new AxeBuilder({ page }).analyze()
        for (const { id, impact, nodes } of violations)
          if (impact === 'serious' || impact === 'critical')
            wrong.push(
              `${name}: ${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`).join('\n')}`,
            )
        const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
        if (over > 0) wrong.push(`${name}: ${over} pixels wider than the window`)
        await page.close()
      }
      await Promise.all([inside.close(), outside.close()])
      assert.deepEqual(wrong, [])
    })
