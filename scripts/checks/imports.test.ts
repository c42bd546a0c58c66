import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findImportProblems } from './imports.ts'

/** The problems of a file that holds the given import, in a project with the other files. */
function problems(file: string, text: string, others: Record<string, string> = {}): string[] {
  return findImportProblems(new Map(Object.entries({ [file]: text, ...others })))
}
const server = (path: string): string => `apps/server/src/${path}`
const media = (path: string): string => `packages/media/src/${path}`

test('an import downwards in the server is allowed', () => {
  assert.deepEqual(problems(server('cli/main.ts'), "import { a } from '../domain/make.ts'"), [])
  assert.deepEqual(problems(server('domain/make.ts'), "import { a } from '../scratch/scratch.ts'"), [])
  assert.deepEqual(problems(server('domain/make.ts'), "import { a } from '@cutroom/media'"), [])
  assert.deepEqual(problems(server('storage/files.ts'), "import { a } from './paths.ts'"), [])
  assert.deepEqual(problems(server('cli/main.ts'), "import { a } from '../config.ts'"), [])
})

const FORBIDDEN_IN_SERVER = [
  ['domain/make.ts', '../cli/output.ts', 'domain must not import cli'],
  ['domain/make.ts', '../http/routes.ts', 'domain must not import http'],
  ['domain/make.ts', '../demo/footage.ts', 'domain must not import demo'],
  ['demo/footage.ts', '../domain/make.ts', 'demo must not import domain'],
  ['worker/make.ts', '../cli/output.ts', 'worker must not import cli'],
  ['http/routes.ts', '../cli/output.ts', 'http must not import cli'],
  ['worker/make.ts', '../http/routes.ts', 'worker must not import http'],
  ['scratch/scratch.ts', '../storage/files.ts', 'scratch must not import storage'],
  ['storage/files.ts', '../scratch/scratch.ts', 'storage must not import scratch'],
  ['scratch/scratch.ts', '../domain/make.ts', 'scratch must not import domain'],
  ['db/queries.ts', '../queue/enqueue.ts', 'db must not import queue'],
  ['queue/enqueue.ts', '../domain/make.ts', 'queue must not import domain'],
  ['storage/files.ts', '@cutroom/media', 'storage must not import @cutroom/media'],
  ['domain/make.ts', '../config.ts', 'domain must not import config.ts'],
  ['scratch/scratch.ts', '../config.ts', 'scratch must not import config.ts'],
] as const

for (const [file, specifier, expected] of FORBIDDEN_IN_SERVER) {
  test(`${file} importing ${specifier} is a problem`, () => {
    const path = server(file)
    assert.deepEqual(problems(path, `import { a } from '${specifier}'`), [
      `${path} imports ${specifier}: ${expected}.`,
    ])
  })
}

test('a forbidden import is found in every spelling', () => {
  const spellings = [
    "import type { A } from '../cli/output.ts'",
    "import {\n  a,\n  type B,\n} from '../cli/output.ts'",
    "import main, { a } from '../cli/output.ts'",
    "import * as cli from '../cli/output.ts'",
    "import '../cli/output.ts'",
    "export * from '../cli/output.ts'",
    "export { a } from '../cli/output.ts'",
    "export type { A } from '../cli/output.ts'",
    "const cli = await import('../cli/output.ts')",
    "import { a } from './../../src/cli/output.ts'",
  ]
  for (const spelling of spellings) {
    assert.equal(problems(server('domain/make.ts'), spelling).length, 1, spelling)
  }
})

test('the studio in the browser uses how words are placed and nothing else of the other packages', () => {
  const page = (specifier: string) => problems('apps/web/src/pages/a.tsx', `import { a } from '${specifier}'`)
  assert.deepEqual(page('@cutroom/contracts/words'), [])
  assert.deepEqual(page('../ui/button.tsx'), [])
  assert.deepEqual(page('@cutroom/contracts'), [
    'apps/web/src/pages/a.tsx imports @cutroom/contracts: the studio in the browser must not.',
  ])
  assert.equal(page('../../../server/src/config.ts').length, 1)
})

test('a new folder of the server needs a place in the table', () => {
  assert.match(problems(server('billing/invoice.ts'), '').join(), /the folder billing has no place/)
})

test('tests and fixtures may import anything', () => {
  assert.deepEqual(problems(server('domain/make.test.ts'), "import { a } from '../cli/output.ts'"), [])
  assert.deepEqual(problems(media('plan/plan-fixture.ts'), "import { a } from 'node:fs'"), [])
})

for (const folder of ['features', 'select', 'fit', 'plan']) {
  for (const module of ['node:fs', 'node:fs/promises', 'node:child_process', 'execa']) {
    test(`packages/media/src/${folder} importing ${module} is a problem`, () => {
      assert.equal(problems(media(`${folder}/a.ts`), `import { a } from '${module}'`).length, 1)
    })
  }
}

test('captions may read font files but start no process', () => {
  assert.deepEqual(problems(media('captions/a.ts'), "import { readFileSync } from 'node:fs'"), [])
  assert.equal(problems(media('captions/a.ts'), "import { execa } from 'execa'").length, 1)
})

test('a contract that reads a file is a problem', () => {
  assert.equal(problems('packages/contracts/src/a.ts', "import fs from 'node:fs'").length, 1)
})

test('an impure module reached through another file is a problem, and the way to it is named', () => {
  const others = {
    [media('probe/probe.ts')]: "import { run } from '../run/run.ts'",
    [media('run/run.ts')]: "import { execa } from 'execa'",
  }
  assert.deepEqual(problems(media('plan/a.ts'), "import { probe } from '../probe/probe.ts'", others), [
    `${media('plan/a.ts')} → ${media('probe/probe.ts')} → ${media('run/run.ts')} → execa: packages/media/src/plan is pure and must not reach execa.`,
  ])
  assert.deepEqual(problems(media('plan/a.ts'), "import type { Probe } from '../probe/probe.ts'", others), [])
})
