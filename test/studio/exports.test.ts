import assert from 'node:assert/strict'
import { mkdtempDisposable } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { before, test } from 'node:test'
import { execa } from 'execa'
import type { Download, Locator, Page } from 'playwright-core'
import { ready } from '../render-jobs/footage.ts'
import { REELS } from '../support/presets.ts'
import { openBrowserStudio, seen } from './studio.ts'

/** Small and quick, and told apart by their frames. */
const PRESETS = [
  { ...REELS, id: 'tall', name: 'Tall test', frame: { width: 90, height: 160 } },
  { ...REELS, id: 'broad', name: 'Broad test', frame: { width: 160, height: 90 } },
]
const SECONDS = 3

const t = await openBrowserStudio()
let projectId = ''
let clipIds: readonly string[] = []

before(async () => {
  const sourceId = await t.upload(t.a, 'eight-shots')
  await ready(t, t.a, sourceId)
  for (const body of PRESETS) await t.request(t.a, 'POST', '/presets', { body })
  const body = { name: 'Spring', sourceIds: [sourceId], targetSeconds: SECONDS }
  projectId = (await t.request(t.a, 'POST', '/projects', { body })).body.id
  const made = await t.run(t.a, `/projects/${projectId}/generate`, { count: 2, captionStyle: null })
  assert.equal(made.state, 'done', JSON.stringify(made.problem))
  clipIds = (made.result as { clipIds: string[] }).clipIds
})

/** Picks all clips of the project and opens the dialog. */
async function openDialog(page: Page): Promise<Locator> {
  await page.goto(t.of(t.a, `projects/${projectId}`))
  for (const cell of [0, 1]) {
    const pick = page.getByRole('gridcell').nth(cell).getByRole('button', { name: /^Pick/ })
    if ((await pick.getAttribute('aria-pressed')) !== 'true') await pick.click()
  }
  await seen(page.getByText('2 picked'))
  await page.getByRole('button', { name: 'Export…' }).click()
  const dialog = page.getByRole('dialog', { name: /Export/ })
  await dialog.getByRole('checkbox', { name: /Instagram Reels/ }).uncheck()
  for (const { name } of PRESETS) await dialog.getByRole('checkbox', { name: new RegExp(name) }).check()
  return page.getByRole('dialog')
}

async function download(folder: string, page: Page, press: () => Promise<void>): Promise<string> {
  const coming = page.waitForEvent('download')
  await press()
  const download: Download = await coming
  const file = path.join(folder, download.suggestedFilename())
  await download.saveAs(file)
  return file
}

/** Frame and length of a video, as another program reads them. */
async function looked(file: string): Promise<{ readonly frame: string; readonly seconds: number }> {
  const show = ['-select_streams', 'v', '-show_entries', 'stream=width,height:format=duration', '-of', 'json']
  const { stdout } = await execa('ffprobe', ['-v', 'error', ...show, file])
  const { streams, format } = JSON.parse(stdout)
  return { frame: `${streams[0].width}×${streams[0].height}`, seconds: Number(format.duration) }
}

test('clips cannot be exported for many presets at once, or what is downloaded is not what was asked for', async () => {
  await using folder = await mkdtempDisposable(path.join(tmpdir(), 'cutroom-exports-'))
  const page = await t.open(t.of(t.a, 'exports'))
  await page.getByRole('heading', { name: 'No exports yet' }).waitFor()
  const dialog = await openDialog(page)
  await seen(dialog.getByText(/^4 files/))
  await dialog.getByRole('button', { name: 'Export 4 files' }).click()
  await dialog.getByRole('heading', { name: '4 files ready' }).waitFor({ timeout: 120_000 })

  const one = await download(folder.path, page, () =>
    dialog
      .getByRole('link', { name: /^Download .*Tall test/ })
      .first()
      .click(),
  )
  const { frame, seconds } = await looked(one)
  assert.equal(frame, '90×160')
  assert.ok(Math.abs(seconds - SECONDS) < 0.2, `${seconds} s`)

  const zip = await download(folder.path, page, () =>
    dialog.getByRole('link', { name: 'Download 4 as a zip' }).click(),
  )
  await execa('unzip', ['-t', zip])
  await execa('unzip', ['-q', zip, '-d', path.join(folder.path, 'all')])
  const { stdout: names } = await execa('ls', [path.join(folder.path, 'all')])
  const frames = await Promise.all(
    names.split('\n').map(async (name) => (await looked(path.join(folder.path, 'all', name))).frame),
  )
  assert.deepEqual(frames.sort(), ['160×90', '160×90', '90×160', '90×160'])

  // The same once more takes nothing: every file is there.
  await dialog.getByRole('button', { name: 'Close' }).last().click()
  const again = await openDialog(page)
  await seen(again.getByText('4 files · already made'))
  await again.getByRole('button', { name: 'Show the files' }).click()
  await again.getByRole('heading', { name: '4 files ready' }).waitFor()
  assert.equal(await again.getByText('Already made').count(), 4)
})

test('an export does not say what was changed since, is not made anew, or is not kept apart from its older version', async () => {
  const page = await t.open(t.of(t.a, 'exports'))
  const rows = page.getByRole('list', { name: 'Exports' }).getByRole('listitem')
  await rows.nth(3).waitFor()
  assert.equal(await page.getByText('Outdated', { exact: true }).count(), 0)
  const [clipId = ''] = clipIds
  await t.patch(t.a, clipId, { sourceSound: false })
  const row = rows.filter({ hasText: 'Outdated' }).filter({ hasText: 'Tall test' })
  await seen(row.getByText('The sound has changed since.'))
  await row.getByRole('button', { name: 'Export again' }).click()
  const older = rows.filter({ hasText: 'Tall test' }).filter({ hasText: 'Older version' })
  await older.waitFor({ timeout: 120_000 })
  assert.equal(await rows.count(), 5)

  // It is played at an address of its own, and the way back closes it.
  await older.getByRole('button', { name: /^Play/ }).first().click()
  const player = page.getByRole('dialog')
  await player
    .locator('video')
    .evaluate(
      (video: HTMLVideoElement) =>
        video.readyState > 0 || new Promise((resolve) => video.addEventListener('loadedmetadata', resolve)),
    )
  await player.getByRole('switch', { name: /Safe area/ }).click()
  assert.match(page.url(), /[?&]export=/)
  await page.goBack()
  await player.waitFor({ state: 'detached' })

  await older.getByRole('button', { name: /^More/ }).click()
  await page.getByRole('menuitem', { name: 'Delete…' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click()
  // Nothing else is there for roles while a dialog is open.
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await rows.nth(3).waitFor()
  await older.waitFor({ state: 'detached' })
  assert.equal(await rows.count(), 4)

  // A picture that does not come leaves its place empty, without the browser's sign for a broken one.
  await page.route('**/thumbnail?*', (route) => route.fulfill({ status: 409 }))
  await page.reload()
  await rows.locator('img').first().waitFor({ state: 'hidden' })
})

test('a clip that cannot be exported keeps the others from it, or is not told of', async () => {
  const [clipId = ''] = clipIds
  await t.patch(t.a, clipId, { script: 'Nobody has said this yet.' })
  const page = await t.open(t.of(t.a, 'exports'))
  const dialog = await openDialog(page)
  await seen(dialog.getByText(/^1 clip has a script that is not spoken/))
  await dialog.getByRole('button', { name: 'Export 2 files' }).click()
  await dialog.getByRole('heading', { name: '2 files ready, 2 not' }).waitFor({ timeout: 120_000 })
  assert.equal(await dialog.getByText('The script of the clip has not been spoken yet.').count(), 2)
  assert.equal(await dialog.getByRole('button', { name: /^Try again/ }).count(), 0)
  const voice = dialog.getByRole('link', { name: /^Make the voice/ })
  assert.equal(await voice.count(), 2)
  await voice.first().click()
  await page.getByRole('tab', { name: 'Script & voice', selected: true }).waitFor()
})
