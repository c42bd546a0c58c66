import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, test } from 'node:test'
import { studioNeeded } from './studio.mjs'

const root = mkdtempSync(join(tmpdir(), 'cutroom-setup-'))
after(() => rmSync(root, { recursive: true, force: true }))

const at = (name: string) => join(root, name)
/** `seconds`: when it was changed. */
function write(name: string, seconds: number): void {
  mkdirSync(dirname(at(name)), { recursive: true })
  writeFileSync(at(name), '')
  utimesSync(at(name), seconds, seconds)
}
const age = (name: string, seconds: number) => utimesSync(at(name), seconds, seconds)

test('the studio is built where it never was, and after a change of what it is made of', () => {
  for (const name of ['index.html', 'vite.config.ts', 'src/pages/page.tsx', 'public/mark.svg'])
    write(`apps/web/${name}`, 1000)
  write('packages/contracts/src/words.ts', 1000)
  write('package-lock.json', 1000)
  const folders = ['apps/web/src/pages', 'apps/web/src', 'apps/web/public']
  for (const folder of folders) age(folder, 1000)
  assert.equal(studioNeeded(root), true)

  write('apps/web/dist/index.html', 2000)
  assert.equal(studioNeeded(root), false)

  for (const name of [
    'apps/web/src/pages/page.tsx',
    'apps/web/src/pages',
    'packages/contracts/src/words.ts',
    'package-lock.json',
  ]) {
    age(name, 3000)
    assert.equal(studioNeeded(root), true, name)
    age(name, 1000)
  }
})
