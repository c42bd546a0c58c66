import path from 'node:path'
import { after } from 'node:test'
import { type Browser, chromium } from 'playwright-core'
import { setUp } from '../../scripts/setup/set-up.mjs'

const ROOT = path.join(import.meta.dirname, '../..')

/** What keeps Debian's Chromium from calling anybody, and lets it run as root. */
const QUIET = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** A Chromium of a test file's own, without a window, for the studio as it is now. Closed at the end of the file. */
export async function openBrowser(): Promise<Browser> {
  // `npm test` has done so; a file that is run alone must not see an older studio.
  const { programs } = await setUp(ROOT, ['studio', 'chromium'])
  const executablePath = programs.chromium ?? ''
  const browser = await chromium.launch({ executablePath, chromiumSandbox: false, args: QUIET })
  after(() => browser.close())
  return browser
}
