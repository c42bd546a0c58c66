import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'

const ROOT = join(import.meta.dirname, '../..')
const folder = mkdtempSync(join(tmpdir(), 'cutroom-launch-'))
after(() => rmSync(folder, { recursive: true }))

/** A file with the given code, to be started. */
function entryOf(code: string): string {
  const entry = join(folder, `${Math.random()}.ts`)
  writeFileSync(entry, code)
  return entry
}

/** Starts an entry with the given code through with-setup.mjs. */
const start = (code: string, ...args: string[]) =>
  startCommand(process.execPath, join(ROOT, 'scripts', 'with-setup.mjs'), entryOf(code), ...args)

/** Starts a command as the leader of a process group of its own. */
function startCommand(command: string, ...args: string[]): { child: ChildProcess; printed: () => string } {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'], detached: true, cwd: ROOT })
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

/** Waits for `SLOW_TO_END`, sends a signal and expects that it ends by itself, having heard it once. */
async function endsOf(
  { child, printed }: ReturnType<typeof start>,
  signal: NodeJS.Signals,
  toGroup: boolean,
) {
  assert.ok(child.stdout !== null && child.pid !== undefined)
  while (!printed().includes('ready')) await once(child.stdout, 'data')
  process.kill(toGroup ? -child.pid : child.pid, signal)
  assert.deepEqual(await once(child, 'close'), [130, null])
  assert.equal(printed(), `ready\n${signal} 1\n`)
}

test('Ctrl-C, which a terminal sends to the whole process group, reaches the entry once, and its own end is waited for', () =>
  endsOf(start(SLOW_TO_END), 'SIGINT', true))

test('SIGTERM reaches the entry once, and its own end is waited for', () =>
  endsOf(start(SLOW_TO_END), 'SIGTERM', false))

test('SIGTERM to npm, which hands it to a shell, reaches what a script of the project runs', async () => {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))
  const ours = Object.values<string>(scripts).filter((script) => script.includes('with-setup.mjs'))
  const entry = entryOf(SLOW_TO_END)
  const commands = new Set(ours.map((script) => script.replace(/( --\w+)* \S+\.ts\b.*$/, ` ${entry}`)))
  for (const command of commands) await endsOf(startCommand('sh', '-c', command), 'SIGTERM', false)
})

test('an entry that dies of a signal takes set-up with it, by the same signal', async () => {
  const { child } = start("process.kill(process.pid, 'SIGKILL'); setInterval(() => {}, 1000)")
  assert.deepEqual(await once(child, 'close'), [null, 'SIGKILL'])
})
