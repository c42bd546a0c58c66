import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findLockfileProblems, findTextProblems } from './texts.ts'

test('work left undone, paths of one machine and conflicts are found', () => {
  const bad = [
    `// ${'TO'}${'DO'}: later`,
    `// ${'FIX'}${'ME'}`,
    `cd ${'/wo'}${'rk/'}main`,
    `${'<'.repeat(7)} HEAD`,
  ]
  for (const line of bad) assert.equal(findTextProblems(new Map([['a.ts', line]])).length, 1, line)
})

test('harmless texts are left alone', () => {
  const good = ['mastodon', '../work/main', 'https://example.org/work/a', 'TODOS_LOS_SANTOS', '<div>']
  for (const line of good) assert.deepEqual(findTextProblems(new Map([['a.ts', line]])), [], line)
})

test('a lockfile that names a registry, or is not tracked, is a problem', () => {
  const lock = (resolved: string) => new Map([['package-lock.json', `{\n  "resolved": "${resolved}"\n}`]])
  assert.equal(findLockfileProblems(lock('https://registry.example.org/a.tgz')).length, 1)
  assert.deepEqual(findLockfileProblems(lock('packages/media')), [])
  assert.equal(findLockfileProblems(new Map()).length, 1)
})
