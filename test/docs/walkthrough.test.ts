import assert from 'node:assert/strict'
import { copyFile, readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { test } from 'node:test'
import { execa } from 'execa'
import { readConfig } from '../../apps/server/src/config.ts'
import { fixture } from '../fixtures/fixtures.ts'
import { clientOfOwner, serverOfFile } from '../service/server.ts'

const PAGE = path.resolve(import.meta.dirname, '../../docs/api.md')
/** Printed before each block: the last one of a run that failed says which block did. */
const BLOCK = 'block of line '

/** The `sh` blocks of a page, one after another, each with its line. */
function blocksOf(text: string): { line: number; code: string }[] {
  return Array.from(text.matchAll(/^```sh\n(.*?)^```$/gms), ({ index, 1: code = '' }) => ({
    line: text.slice(0, index).split('\n').length + 1,
    code,
  }))
}

/** Of curl, as a number: 7.83 has all options that the page uses. */
const curl = await execa('curl', ['--version'], { reject: false }).then(({ stdout }) =>
  Number(
    /^curl (\d+)\.(\d+)/
      .exec(stdout ?? '')
      ?.slice(1)
      .map((part) => part.padStart(3, '0'))
      .join('') ?? 0,
  ),
)
const skip = curl < 7083 && 'curl 7.83 or newer is not installed'

test('docs/api.md does what it says, block by block', { skip }, async () => {
  const server = await serverOfFile()
  const { key } = await clientOfOwner(server)
  await copyFile(await fixture('eight-shots'), path.join(server.folder, 'holiday.mp4'))
  const script = blocksOf(await readFile(PAGE, 'utf8'))
    .map(({ line, code }) => `echo '${BLOCK}${line}'\n${code}`)
    .join('\n')
  assert.ok(script.includes('/render'), 'the page has no blocks')
  const { exitCode, all } = await execa('bash', ['-euo', 'pipefail', '-c', script], {
    cwd: server.folder,
    env: {
      URL: server.url,
      KEY: key,
      PATH: `${path.dirname(process.execPath)}${path.delimiter}${readConfig().searchPath}`,
    },
    all: true,
    reject: false,
    timeout: 120_000,
  })
  assert.equal(exitCode, 0, all)
  const files = (await readdir(server.folder)).filter(
    (name) => name.endsWith('.mp4') && name !== 'holiday.mp4',
  )
  assert.deepEqual(
    files.sort(),
    [1, 2, 3].map((number) => `Spring ${number}-reels.mp4`),
    all,
  )
  for (const name of files) {
    const size = [
      '-v',
      'error',
      '-select_streams',
      'v',
      '-show_entries',
      'stream=width,height',
      '-of',
      'csv=p=0',
    ]
    assert.equal(
      (await execa('ffprobe', [...size, path.join(server.folder, name)])).stdout,
      '1080,1920',
      name,
    )
  }
})
