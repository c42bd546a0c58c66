import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'

/** Runs the test runner in a project that holds the given test files; gives its exit code and the lines it printed. */
function run(
  t: TestContext,
  files: Record<string, string>,
  ...filters: string[]
): { status: number | null; lines: string[] } {
  const root = mkdtempSync(join(tmpdir(), 'cutroom-runner-'))
  t.after(() => rmSync(root, { recursive: true }))
  const scripts = join(import.meta.dirname, '..')
  mkdirSync(join(root, 'packages'))
  writeFileSync(join(root, 'package.json'), '{ "type": "module" }')
  cpSync(scripts, join(root, 'scripts'), {
    recursive: true,
    filter: (file) => !file.endsWith('.test.ts') && !file.includes('.types'),
  })
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(join(root, 'packages', name), `import { test, describe } from 'node:test'\n${text}`)
  }
  // node:test marks its children, and would not run tests inside of them.
  const command = ['-u', 'NODE_TEST_CONTEXT', process.execPath, join(root, 'scripts', 'test.ts'), ...filters]
  const { status, stdout } = spawnSync('env', command, { encoding: 'utf8' })
  return { status, lines: stdout.trimEnd().split('\n') }
}

const GOOD = "test('good', () => {})"

test('the last line counts tests, not the groups around them, and skips give their reason', (t) => {
  const group =
    "describe('g', () => { test('one', () => {}); test('two', { skip: 'no media here' }, () => {}) })"
  const { status, lines } = run(t, { 'a.test.ts': GOOD, 'b.test.ts': group })
  assert.equal(lines.at(-1), '2 passed, 0 failed, 1 skipped')
  assert.ok(lines.includes('  1 × no media here'))
  assert.equal(status, 0)
})

test('a failed test is named at the end with the names around it and its error', (t) => {
  const bad = "describe('group', () => { test('bad', () => { throw new RangeError('seven is odd') }) })"
  const { status, lines } = run(t, { 'a.test.ts': GOOD, 'b.test.ts': bad })
  assert.equal(lines.at(-1), '1 passed, 1 failed')
  assert.ok(lines.includes('  packages/b.test.ts:2 › group › bad'), lines.join('\n'))
  assert.ok(lines.includes('      RangeError: seven is odd'), lines.join('\n'))
  assert.equal(status, 1)
})

test('what a failed test told of itself stands below its error, and nothing of its neighbours', (t) => {
  const tells = (name: string, end: string) =>
    `test('${name}', (context) => { context.diagnostic('told by ${name}'); ${end} })`
  const { lines } = run(t, { 'a.test.ts': [tells('bad', "throw Error('no')"), tells('good', '')].join('\n') })
  const told = lines.findIndex((line) => line.trim() === 'told by bad')
  assert.match(lines.slice(0, told).join('\n'), /Error: no/)
  assert.ok(!lines.join('\n').includes('told by good'))
})

const BROKEN = {
  'a file that crashes': 'process.exit(3)',
  'a file that cannot be loaded': "import './missing.ts'",
  'a file without a test': '',
  'an exit code that contradicts good tests': `${GOOD}; process.exitCode = 5`,
  'an error after the end of the tests':
    "test('early', () => { setTimeout(() => { throw new Error('late') }, 10) })",
}
for (const [name, text] of Object.entries(BROKEN)) {
  test(`${name} is a failure`, (t) => {
    const { status, lines } = run(t, { 'a.test.ts': text })
    assert.match(lines.at(-1) ?? '', /^[01] passed, 1 failed$/)
    assert.equal(status, 1)
  })
}

test('a filter chooses files by a part of their path, and one that matches none is a failure', (t) => {
  const files = { 'a.test.ts': GOOD, 'b.test.ts': 'process.exit(3)' }
  assert.equal(run(t, files, 'a.test').lines.at(-1), '1 passed, 0 failed')
  const none = run(t, files, 'nothing')
  assert.equal(none.lines.at(-1), '0 passed, 0 failed')
  assert.equal(none.status, 1)
})

test('where every test is skipped, the run has not passed', (t) => {
  assert.equal(run(t, { 'a.test.ts': "test('x', { skip: true }, () => {})" }).status, 1)
})
