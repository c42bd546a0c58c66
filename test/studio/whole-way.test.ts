import assert from 'node:assert/strict'
import { mkdtempDisposable } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test } from 'node:test'
import { execa } from 'execa'
import { fixture } from '../fixtures/fixtures.ts'
import { SMALL } from '../support/presets.ts'
import { exportSmall } from './furnish.ts'
import { OWNER, openBrowserStudio, seen } from './studio.ts'

const t = await openBrowserStudio()
await exportSmall(t, t.a)
const SCRIPT = 'Pack light. Walk far. This tent keeps you dry all night.'

test('somebody with a video cannot get to finished clips by what they see on the pages', async () => {
  await using folder = await mkdtempDisposable(path.join(tmpdir(), 'cutroom-way-'))
  const page = await (await t.newContext({ signedIn: false })).newPage()
  // The browser's own dialog cannot be filled in from outside; without it, the page asks as older browsers do.
  await page.addInitScript(() => Reflect.deleteProperty(window, 'showOpenFilePicker'))
  await page.goto('/')
  const press = (name: string | RegExp) => page.getByRole('button', { name }).click()

  await page.getByLabel('E-mail').fill(OWNER.email)
  await page.getByLabel('Password', { exact: true }).fill(OWNER.password)
  await press('Sign in')

  // The page on which they land says what to do first.
  await page.getByRole('heading', { name: 'Begin with footage' }).waitFor()
  await page.getByRole('link', { name: 'Add footage', exact: true }).click()
  await press('Add footage')
  const choosing = page.waitForEvent('filechooser')
  await page.getByRole('menuitem', { name: 'Files…' }).click()
  await (await choosing).setFiles(await fixture('eight-shots'))
  await page.getByRole('link', { name: 'eight-shots.mp4' }).first().waitFor()
  await seen(page.getByText('0:24'), { timeout: 120_000 })

  await page.getByRole('link', { name: 'Projects' }).first().click()
  await page.getByRole('link', { name: 'New project' }).first().click()
  const dialog = page.getByRole('dialog')
  // Where there is one source alone, it is meant. A name is suggested; without one, the form says so itself.
  await dialog.getByRole('button', { name: /eight-shots/, pressed: true }).waitFor()
  assert.match(await dialog.getByLabel('Name').inputValue(), /^eight-shots/)
  await dialog.getByLabel('Name').fill('')
  await press('Make the project')
  await seen(dialog.getByText('A project needs a name.'))
  await dialog.getByLabel('Name').fill('Tent')
  await dialog.getByLabel('Length, seconds').fill('4')
  await press('Make the project')

  await page.getByRole('heading', { level: 1, name: 'Tent' }).waitFor()
  await page.getByLabel('Variants', { exact: true }).fill('3')
  await page.getByLabel('Script').fill(SCRIPT)
  await press('Make 3 variants')
  for (const number of [1, 2, 3]) await page.getByRole('gridcell', { name: `Clip ${number},` }).waitFor()
  for (const number of [1, 2, 3]) await press(`Pick Clip ${number}`)

  await press('Voice…')
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Speak/ })
    .click()
  for (const number of [1, 2, 3])
    await page
      .getByRole('gridcell', { name: new RegExp(`^Clip ${number},.*voice`) })
      .waitFor({ timeout: 120_000 })

  await press('Export…')
  await page.getByRole('dialog').getByRole('button', { name: 'Export 3 files' }).click()
  await page.getByRole('heading', { name: '3 files ready' }).waitFor({ timeout: 240_000 })
  const coming = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Download 3 as a zip' }).click()
  const zip = path.join(folder.path, 'clips.zip')
  await (await coming).saveAs(zip)
  await execa('unzip', ['-q', zip, '-d', folder.path])

  const { stdout } = await execa('find', [folder.path, '-name', '*.mp4'])
  const files = stdout.split('\n')
  assert.equal(files.length, 3)
  for (const file of files) {
    const show = 'stream=codec_name,width,height:format=duration'
    const probe = await execa('ffprobe', ['-v', 'error', '-show_entries', show, '-of', 'json', file])
    const { streams, format } = JSON.parse(probe.stdout)
    assert.deepEqual(
      streams.map(({ codec_name }: { codec_name: string }) => codec_name),
      ['h264', 'aac'],
    )
    assert.deepEqual([streams[0].width, streams[0].height], [SMALL.frame.width, SMALL.frame.height])
    assert.ok(format.duration > 3 && format.duration < 8, `${format.duration} s`)
    // Every picture can be decoded.
    await execa('ffmpeg', ['-v', 'error', '-xerror', '-i', file, '-f', 'null', '-'])
  }
})
