import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { test } from 'node:test'
import { isDeepStrictEqual } from 'node:util'
import type { Page } from 'playwright-core'
import { fixture } from '../fixtures/fixtures.ts'
import { sha256 } from '../render-jobs/footage.ts'
import { eventually, temporaryFolder } from '../support/children.ts'
import { slowLine } from './slow-line.ts'
import { LAPTOP, openBrowserStudio, PHONE, seen } from './studio.ts'

const t = await openBrowserStudio()

const MIB = 2 ** 20

/** A recording with so many bytes more than it needs, in a box that players pass over. */
async function largeRecording(bytes: number): Promise<Buffer> {
  const box = Buffer.alloc(bytes)
  box.writeUInt32BE(bytes, 0)
  box.write('free', 4)
  return Buffer.concat([await readFile(await fixture('plain')), box])
}

/** Chromium's own dialog cannot be answered by a program; the field of a form can. */
const withoutDialog = (page: Page) =>
  page.addInitScript(() => Reflect.deleteProperty(window, 'showOpenFilePicker'))

async function addFiles(page: Page, files: Parameters<Page['setInputFiles']>[1]): Promise<void> {
  const asked = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Add footage' }).click()
  await page.getByRole('menuitem', { name: 'Files…' }).click()
  await (await asked).setFiles(files)
}

/** Whether a click on the middle of an element meets it. */
function isOnTop(element: Element): boolean {
  const { left, top, width, height } = element.getBoundingClientRect()
  return element.contains(document.elementFromPoint(left + width / 2, top + height / 2))
}

const tray = (page: Page) => page.getByRole('region', { name: 'Uploads' })
const unfold = (page: Page) => tray(page).getByRole('button', { name: 'Show the uploads' }).click()

test('a line that is cut is not told of, or what was missed is not seen; an upload that was cut by it and by a reload does not go on, or sends what had arrived again', async () => {
  const line = await slowLine(t.url, 3 * MIB)
  await using folder = await temporaryFolder()
  const file = path.join(folder.path, 'large.mp4')
  const bytes = await largeRecording(8 * MIB)
  await writeFile(file, bytes)
  const page = await (await t.newContext()).newPage()
  // Leaving is asked about while an upload runs.
  page.on('dialog', (dialog) => void dialog.accept())
  await withoutDialog(page)
  await page.goto(line.url + t.of(t.a, 'sources'))
  await seen(page.getByText('Drop footage here'))
  const before = line.sentBytes()
  const carry = async (bytes: number) => {
    line.holdAt(before + bytes)
    while (line.sentBytes() - before < bytes) await page.waitForTimeout(50)
  }
  await addFiles(page, file)
  await unfold(page)
  await seen(tray(page).getByText(/of 8\.\d MB/))
  await carry(2 * MIB)
  line.cut()
  await seen(tray(page).getByText('No connection at'))
  const lost = page.getByText('The connection to Cutroom is lost.')
  await lost.waitFor()
  await t.upload(t.a, 'hard-cuts')
  assert.equal(await page.getByRole('link', { name: 'hard-cuts' }).count(), 0)
  line.mend()
  // It mends itself, and what happened meanwhile is seen.
  await page.getByRole('link', { name: 'hard-cuts' }).first().waitFor()
  await lost.waitFor({ state: 'detached' })
  await seen(tray(page).getByText(/of 8\.\d MB/))
  await carry(4 * MIB)

  await page.reload()
  // Who does not want to see it puts it away, in this visit.
  await tray(page).getByRole('button', { name: 'Put the uploads away' }).click()
  await tray(page).waitFor({ state: 'detached' })
  await page.reload()
  await unfold(page)
  await seen(tray(page).getByText('Choose the file again to go on'))
  line.holdAt(Number.POSITIVE_INFINITY)
  await page.getByRole('checkbox', { name: 'Select hard-cuts.mp4' }).check()
  const asked = page.waitForEvent('filechooser')
  await tray(page).getByRole('button', { name: 'Choose file…' }).click()
  await (await asked).setFiles(file)
  await seen(tray(page).getByText('Added'))
  const sent = line.sentBytes() - before
  // What was on the line when it was cut is lost; requests, and the scripts of the page that was loaded again, are small.
  assert.ok(sent < bytes.length + 1.5 * MIB, `${sent} bytes were sent for a file of ${bytes.length}`)
  const { status } = await t.request(t.a, 'GET', `/sources/${sha256(bytes)}`)
  assert.equal(status, 200, 'the source is not made of the bytes of the file')

  // Neither on a laptop nor on a phone does it cover what can be done with a source. Under the pointer, and then with the focus, it stays.
  await tray(page).getByRole('button', { name: 'Fold the uploads' }).press('Enter')
  const use = page.getByRole('button', { name: 'Use in a project…' })
  for (const viewport of [{ width: 1280, height: 720 }, PHONE]) {
    await page.setViewportSize(viewport)
    await use.waitFor()
    assert.ok(await tray(page).isVisible())
    assert.ok(await use.evaluate(isOnTop), `it is covered at a width of ${viewport.width}`)
  }
  await page.setViewportSize(LAPTOP)
  // Once all is done and nobody is at it, it goes by itself.
  await page.getByRole('heading', { level: 1 }).click()
  await tray(page).waitFor({ state: 'detached' })
  await addFiles(page, file)
  await seen(tray(page).getByText('In your sources already'))
})

test('a file that is no recording is refused without a word of why, or one of another kind is not left out', async () => {
  const page = await (await t.newContext()).newPage()
  await withoutDialog(page)
  await page.goto(t.of(t.b, 'sources'))
  await seen(page.getByText('Drop footage here'))
  await addFiles(page, [
    {
      name: 'broken.mp4',
      mimeType: 'video/mp4',
      buffer: Buffer.from('no video at all, whatever it is called'),
    },
    { name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('buy milk') },
  ])
  await seen(page.getByText('Left out: notes.txt. It is neither video nor sound.'))
  await seen(tray(page).getByText('Is a text, not a recording.'))
  await seen(page.getByText('Cannot be used'))

  await page.goto(t.of(t.a, 'sources'))
  await page.getByRole('heading', { level: 1, name: 'Sources' }).waitFor()
  assert.equal(await tray(page).count(), 0, 'another brand sees the upload')
})

test('files that wait for their turn are forgotten by a reload, or have to be chosen one by one', async () => {
  await using folder = await temporaryFolder()
  const files = ['a', 'b', 'c', 'd', 'e'].map((name) => path.join(folder.path, `${name}.mp4`))
  for (const file of files) await writeFile(file, `No video at all: ${file}`)
  const page = await (await t.newContext()).newPage()
  page.on('dialog', (dialog) => void dialog.accept())
  await withoutDialog(page)
  // The first of them hang, so that the others wait until the reload.
  await page.route('**/api/v1/uploads', (route) =>
    route.request().method() === 'POST' ? undefined : route.abort(),
  )
  await page.goto(t.of(t.b, 'sources'))
  await addFiles(page, files)
  await unfold(page)
  await seen(tray(page).getByText('Waiting for its turn'))
  await page.reload()
  await seen(tray(page).getByText('5 uploads stopped'))
  await page.unroute('**/api/v1/uploads')
  const asked = page.waitForEvent('filechooser')
  await tray(page).getByRole('button', { name: 'Choose the files…' }).click()
  await (await asked).setFiles(files)
  await seen(tray(page).getByText('5 files not added'))
})

test('what is dropped on another page than the sources leads out of the studio, or is not taken in', async () => {
  const page = await t.open(t.of(t.b, 'jobs'))
  await page.getByRole('heading', { level: 1, name: 'Jobs' }).waitFor()
  const wasTaken = await page.evaluate(() => {
    const dataTransfer = new DataTransfer()
    dataTransfer.items.add(new File(['No video at all.'], 'dropped.mp4'))
    const event = new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true })
    return !document.body.dispatchEvent(event)
  })
  assert.ok(wasTaken)
  await seen(tray(page).getByText('1 file not added'))
})

test('a segment cannot be marked by the keyboard alone, or is not where the keys put it, or is no favourite after a reload, or the sound is back then', async () => {
  const sourceId = await t.upload(t.a, 'hard-cuts')
  const page = await t.open(t.of(t.a, `sources/${sourceId}`))
  const list = page.getByRole('region', { name: 'Segments' })
  await page.getByRole('region', { name: 'Timeline' }).waitFor({ timeout: 120_000 })
  await list.getByRole('heading', { name: 'Segments' }).waitFor()
  const { probe } = (await t.request(t.a, 'GET', `/sources/${sourceId}`)).body
  const { num, den } = probe.video.averageFrameRate
  for (const key of ['Shift+ArrowRight', '.', '.', 'i', 'Shift+ArrowRight', ',', 'o', 'Enter'])
    await page.keyboard.press(key)
  await seen(list.getByText('Marked by hand'))
  const marked = async () => {
    const { body } = await t.request(t.a, 'GET', `/segments?sourceId=${sourceId}&origin=marked`)
    const [{ start, end, favourite }] = body.items
    return { frames: [start, end].map((time) => Math.round((time * num) / den)), favourite }
  }
  /** What is changed is saved in a moment. */
  const becomes = (wanted: Awaited<ReturnType<typeof marked>>) =>
    eventually(`a segment that is ${JSON.stringify(wanted)}`, async () =>
      isDeepStrictEqual(await marked(), wanted) ? true : undefined,
    )
  const second = Math.round(num / den)
  // The frame that is seen when it ends is a part of it.
  assert.deepEqual(await marked(), { frames: [second + 2, 2 * second + 2], favourite: false })

  const edge = page.getByRole('slider', { name: /^End of/ })
  await edge.focus()
  for (const key of ['ArrowRight', 'ArrowRight', 'ArrowLeft']) await page.keyboard.press(key)
  const frames = [second + 2, 2 * second + 3]
  await becomes({ frames, favourite: false })

  await edge.blur()
  await page.keyboard.press('f')
  await becomes({ frames, favourite: true })
  await page.keyboard.press('m')
  await page.reload()
  await list.getByRole('button', { name: /is a favourite/ }).waitFor()
  assert.ok(
    await page.locator('video').evaluate((video: HTMLVideoElement) => video.muted),
    'it is heard again after it was silenced',
  )
  await list.getByRole('button', { name: 'Favourites' }).click()
  await page.waitForURL(/favourites=only/)
  await seen(list.getByText(/1 of|^1$/))
})
