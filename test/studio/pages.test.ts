import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { type Furnished, furnish } from './furnish.ts'
import { settled, takeScreens } from './screens.ts'
import { LAPTOP, openBrowserStudio } from './studio.ts'

const t = await openBrowserStudio()
const inside = t.newContext({ colorScheme: 'light' })
const outside = t.newContext({ colorScheme: 'light', signedIn: false })
let made: Furnished
before(async () => {
  made = await furnish(t, t.a)
})

const DOORS = ['sign-in', 'setup', 'invitation', 'reset']
const SECTIONS = ['projects', 'clips', 'sources', 'exports', 'jobs']
const SETTINGS = ['brand', 'defaults', 'disk', 'presets', 'keys', 'people', 'account']
const PAGES = [
  ...DOORS,
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
  if (name === 'nothing-here') return { place: '/p/nobody/clips' }
  if (name.startsWith('settings-')) return { place: t.of(t.a, name.replace('-', '/')) }
  if (name.endsWith('-empty')) return { place: t.of(t.b, name.slice(0, -'-empty'.length)) }
  const one = { project: made.projectId, clip: made.clipId, source: made.sourceId }[name]
  return { place: t.of(t.a, one === undefined ? name : `${name}s/${one}`) }
}

/** What keeps people with a screen reader, a keyboard or weak eyes from using a page; `rules`: these alone. */
async function barriers(page: Page, rules?: string[]): Promise<string[]> {
  // No page holds a frame of another.
  const axe = new AxeBuilder({ page }).setLegacyMode()
  const { violations } = await (rules ? axe.withRules(rules) : axe).analyze()
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`))
}

for (const name of PAGES)
  test(`the page ${name} keeps somebody out, or does not fit a laptop or a phone`, async () => {
    const { place, signedIn = true } = at(name)
    const page = await (await (signedIn ? inside : outside)).newPage()
    await page.goto(place)
    await takeScreens(page, name)
    assert.deepEqual(await barriers(page, ['color-contrast']), [], 'in the dark theme')
    await page.emulateMedia({ colorScheme: 'light' })
    await page.setViewportSize(LAPTOP)
    await settled(page)
    assert.deepEqual(await barriers(page), [])
    await page.close()
  })
