import path from 'node:path'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { setUp } from '../scripts/setup/set-up.mjs'
import { percentile } from './measure.ts'

const VIEWS = 7
/** Turns of the wheel, how far each goes, and milliseconds between them. */
const BRISK = { turns: 100, pixels: 100, pauseMs: 33 }
/** So fast that nobody sees what goes by. */
const HEADLONG = { turns: 100, pixels: 600, pauseMs: 33 }

/** What the studio in the browser takes until people see it, and while they scroll. */
export interface StudioFigures {
  /** Seconds from asking for a page to its clips, in a browser that was never there; median. */
  readonly firstViewSeconds: number
  /** The same browser and server with a page that holds nothing, seconds. */
  readonly floorSeconds: number
  /** Of all scripts of the first view, as they were sent. */
  readonly scriptBytes: number
  /** About three screens of the list a second. */
  readonly brisk: Scrolling
  /** As fast as a wheel or a drag of the scroll bar goes. */
  readonly headlong: Scrolling
}

export interface Scrolling {
  /** From one picture to the next, 95th percentile. */
  readonly frameMs: number
  /** The longest time for which the page answered nobody. */
  readonly longestTaskMs: number
}

/** `token`: of a one-time link for the first owner. `place`: a page whose clips are shown as grid cells. */
export async function measureStudio(
  url: string,
  { token, place }: { readonly token: string; readonly place: string },
): Promise<StudioFigures> {
  const root = path.resolve(import.meta.dirname, '..')
  const { programs } = await setUp(root, ['studio', 'chromium'])
  const browser = await chromium.launch({
    executablePath: programs.chromium ?? '',
    chromiumSandbox: false,
    args: [
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
  try {
    return await measureIn(browser, url, place, await becomeOwner(url, token))
  } finally {
    await browser.close()
  }
}

async function measureIn(
  browser: Browser,
  url: string,
  place: string,
  cookie: { name: string; value: string },
): Promise<StudioFigures> {
  const stranger = async (): Promise<BrowserContext> => {
    const context = await browser.newContext({ baseURL: url, viewport: { width: 1440, height: 900 } })
    await context.addCookies([{ ...cookie, url }])
    return context
  }
  const views: number[] = []
  const floors: number[] = []
  let scriptBytes = 0
  for (let view = 0; view < VIEWS; view += 1) {
    await using context = await stranger()
    const page = await context.newPage()
    floors.push(await secondsTo(() => page.goto('/healthz')))
    scriptBytes = 0
    page.on('response', async (response) => {
      if (response.request().resourceType() === 'script')
        scriptBytes += Number((await response.allHeaders())['content-length'] ?? 0)
    })
    views.push(
      await secondsTo(async () => {
        await page.goto(place)
        await page.getByRole('gridcell').first().waitFor()
      }),
    )
    await page.waitForLoadState('networkidle')
  }
  await using context = await stranger()
  const page = await context.newPage()
  await page.goto(place)
  await page.getByRole('gridcell').first().waitFor()
  return {
    firstViewSeconds: percentile(views, 0.5),
    floorSeconds: percentile(floors, 0.5),
    scriptBytes,
    brisk: await scroll(page, BRISK),
    headlong: await scroll(page, HEADLONG),
  }
}

async function secondsTo(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now()
  await work()
  return (performance.now() - begun) / 1000
}

/** Notes the time between pictures, and tasks that last longer than 50 ms. */
const WATCH = `
  window.frames = []; window.tasks = [0]
  new PerformanceObserver((list) => { for (const { duration } of list.getEntries()) tasks.push(duration) })
    .observe({ type: 'longtask' })
  let last = performance.now()
  const watched = frames
  const look = (now) => {
    watched.push(now - last)
    last = now
    if (frames === watched) requestAnimationFrame(look)
  }
  requestAnimationFrame(look)`

async function scroll(page: Page, { turns, pixels, pauseMs }: typeof BRISK): Promise<Scrolling> {
  await page.waitForLoadState('networkidle')
  await page.mouse.move(800, 500)
  await page.evaluate(WATCH)
  for (let turn = 0; turn < turns; turn += 1) {
    await page.mouse.wheel(0, pixels)
    await page.waitForTimeout(pauseMs)
  }
  const seen = await page.evaluate('({ frames: [...frames], tasks })')
  const { frames, tasks } = seen as { frames: number[]; tasks: number[] }
  return { frameMs: percentile(frames, 0.95), longestTaskMs: Math.max(...tasks) }
}

async function becomeOwner(url: string, token: string): Promise<{ name: string; value: string }> {
  const answer = await fetch(`${url}/api/v1/session/setup`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({ token, email: 'bench@example.org', password: 'only for this bench' }),
  })
  if (!answer.ok) throw new Error(await answer.text())
  const [name = '', value = ''] = (answer.headers.get('set-cookie') ?? '').split(';')[0]?.split('=') ?? []
  return { name, value }
}
