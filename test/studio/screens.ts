import assert from 'node:assert/strict'
import path from 'node:path'
import type { Page } from 'playwright-core'
import { LAPTOP, PHONE } from './studio.ts'

/** Kept after the run, for people to look at. */
const FOLDER = path.join(import.meta.dirname, '../../test-results/screens')

/** Nothing is on its way any more: neither answers nor pictures. */
export async function settled(page: Page): Promise<void> {
  await page.locator('h1').first().waitFor()
  await page.waitForFunction(() => document.querySelector('[aria-busy=true]') === null)
  await page.evaluate(() => document.fonts.ready)
  await page.waitForFunction(() => [...document.images].every(({ complete }) => complete))
}

/** A headless Chromium once gave no picture of a page that was otherwise well: it is asked a second time before that is a failure. */
const takePicture = (page: Page, file: string): Promise<unknown> =>
  page.screenshot({ path: file, timeout: 20_000 }).catch(() => page.screenshot({ path: file }))

/** Takes a picture of a page in both themes on a laptop and a phone, where it must fit; leaves it on a phone in the dark. */
export async function takeScreens(page: Page, name: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    for (const [view, viewport] of Object.entries({ laptop: LAPTOP, phone: PHONE })) {
      await page.setViewportSize(viewport)
      await settled(page)
      await takePicture(page, path.join(FOLDER, `${name}-${view}-${colorScheme}.png`))
      const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
      assert.equal(over, 0, `${name} on a ${view}: pixels beyond the window`)
    }
  }
}
