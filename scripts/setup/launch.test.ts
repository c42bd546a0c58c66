import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'

const folder = mkdtempSync(join(tmpdir(), 'cutroom-launch-'))
after(() => rmSync(folder, { recursive: true }))

/** Starts an entry with the given code through with-setup.mjs, as the leader of a process group of its own. */
function start(code: string, ...args: string[]): { child: ChildProcess; printed: () => string } {
  const entry = join(folder, `${Math.random()}.ts`)
  writeFileSync(entry, code)
  const script = join(import.meta.dirname, '..', 'with-setup.mjs')
  const child = spawn(process.execPath, [script, entry, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  })
  let text = ''
  child.stdout?.on('data', (chunk) => {
    text += chunk
  })
  return { child, printed: () => text }
}

/** Counts the interrupts it gets, takes its time to end, and says so. */
const SLOW_TO_END = `
  let count = 0
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      count++
      setTimeout(() => { console.log(signal, count); process.exit(130) }, 200)
    })
  }
  setInterval(() => {}, 1000)
  console.log('ready')`

test('the entry gets its arguments as they are, and its exit code comes back', async () => {
  const { child, printed } = start(
    'console.log(JSON.stringify(process.argv.slice(2))); process.exitCode = 7',
    'a b',
    '--x',
    '',
  )
  assert.deepEqual(await once(child, 'close'), [7, null])
  assert.equal(printed(), '["a b","--x",""]\n')
})

for (const [signal, toGroup] of [
  ['SIGINT', true],
  ['SIGTERM', false],
] as const) {
  test(`${signal} reaches the entry once, and its own end is waited for`, async () => {
    const { child, printed } = start(SLOW_TO_END)
    assert.ok(child.stdout !== null && child.pid !== undefined)
    while (!printed().includes('ready')) await once(child.stdout, 'data')
    // A terminal sends Ctrl-C to the whole process group.
    process.kill(toGroup ? -child.pid : child.pid, signal)
    assert.deepEqual(await once(child, 'close'), [130, null])
    assert.equal(printed(), `ready\n${signal} 1\n`)
  })
}

test('an entry that dies of a signal takes set-up with it, by the same signal', async () => {
  const { child } = start("process.kill(process.pid, 'SIGKILL'); setInterval(() => {}, 1000)")
  assert.deepEqual(await once(child, 'close'), [null, 'SIGKILL'])
})
