import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { it } from 'node:test'
import { ERRORS } from '@cutroom/contracts'
import { SETTINGS } from '../../apps/server/src/config.ts'
import { DEFAULT_LIMITS } from '../../packages/media/src/probe/limits.ts'
import { cutroom } from '../cli/cli.ts'

const root = path.resolve(import.meta.dirname, '../..')
const document = (name: string) => readFile(path.join(root, name), 'utf8')

/** The first cells of a document's table rows, without their back-ticks. */
const firstCells = (text: string): string[] =>
  text
    .split('\n')
    .filter((line) => line.startsWith('| ') && !line.startsWith('|---'))
    .map((line) => (line.split('|')[1] ?? '').trim().replaceAll('`', ''))

it('docs/errors.md says of every error code what the registry says', async () => {
  const rows = Object.entries(ERRORS).map(
    ([code, { status, exit, meaning, remedy }]) =>
      `| \`${code}\` | ${exit} | ${status} | ${meaning} | ${remedy} |`,
  )
  const found = (await document('docs/errors.md')).split('\n').filter((line) => line.startsWith('| `'))
  assert.deepEqual(found, rows)
})

it('docs/settings.md lists every setting and no other', async () => {
  const [, ...rows] = firstCells(await document('docs/settings.md'))
  assert.deepEqual(rows.toSorted(), [...SETTINGS].toSorted())
})

it('docs/limits.md gives the limits of a source as the code has them', async () => {
  const text = await document('docs/limits.md')
  const { durationSeconds, sidePixels, areaPixels, frameRate, streams } = DEFAULT_LIMITS
  for (const row of [
    `| length of a source | ${durationSeconds} s |`,
    `| longer side of a picture | ${sidePixels} px |`,
    `| whole picture | ${areaPixels} px |`,
    `| frames per second | ${frameRate} |`,
    `| tracks of a file | ${streams} |`,
  ]) {
    assert.ok(text.includes(row), row)
  }
})

it('README.md names every option of make, and every command', async () => {
  const readme = await document('README.md')
  const help = async (...args: string[]) => String((await cutroom([...args, '--help'])).stdout)
  const options = [...(await help('make')).matchAll(/^ {2}(--[a-z-]+)/gm)].map(([, option]) => option ?? '')
  assert.ok(options.length > 15)
  for (const option of options) assert.ok(readme.includes(`\`${option}`), option)
  const commands = [...(await help()).matchAll(/^ {2}([a-z]+) .* {2}/gm)].map(([, name]) => name ?? '')
  for (const command of commands) assert.match(readme, new RegExp(`\`(cutroom )?${command}\\b`), command)
})
