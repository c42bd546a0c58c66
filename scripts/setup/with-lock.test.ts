import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { promisify } from 'node:util'

const exec = promisify(execFile)

const WORKER = `
  import { appendFileSync } from 'node:fs'
  import { setTimeout } from 'node:timers/promises'
  const [module, lock, log] = process.argv.slice(1)
  const { withLock } = await import(module)
  await withLock(lock, () => {}, async () => {
    appendFileSync(log, 'in ')
    await setTimeout(20)
    appendFileSync(log, 'out ')
  })`

test('processes that meet at the lock of a dead one work one after another', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'cutroom-lock-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const [lock, log] = [join(folder, 'lock'), join(folder, 'log')]
  const dead = await exec(process.execPath, ['--print', 'process.pid'])
  writeFileSync(lock, `${dead.stdout.trim()} 00000000-0000-4000-8000-000000000000`)

  const count = 5
  const module = join(import.meta.dirname, 'with-lock.mjs')
  const args = ['--input-type=module', '--eval', WORKER, module, lock, log]
  await Promise.all(Array.from({ length: count }, () => exec(process.execPath, args)))

  assert.equal(readFileSync(log, 'utf8'), 'in out '.repeat(count))
  assert.deepEqual(readdirSync(folder), ['log'], 'a lock or a marker was left behind')
})
