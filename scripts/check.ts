// Holds the whole project against its rules:  npm run check
// A line for each check, the details of those that failed, and `N passed, N failed` as the last line.
import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { writeApiTypes } from './api-client/api-types.ts'
import { findImportProblems } from './checks/imports.ts'
import { findLinkProblems } from './checks/links.ts'
import { findLockfileProblems, findTextProblems } from './checks/texts.ts'

const root = dirname(import.meta.dirname)
const exec = promisify(execFile)
const options = { cwd: root, maxBuffer: 64 * 1024 * 1024 }

/** Runs a tool of node_modules; gives what it printed where it failed. */
async function tool(script: string, ...args: string[]): Promise<string[]> {
  try {
    await exec(process.execPath, [join(root, 'node_modules', script), ...args], options)
    return []
  } catch (error) {
    if (!(error instanceof Error && 'stdout' in error && 'stderr' in error)) throw error
    return `${error.stdout}${error.stderr}`.trim().split('\n')
  }
}

const knip = (...args: string[]) => tool('knip/bin/knip.js', '--no-progress', '--no-config-hints', ...args)

async function readTracked(): Promise<{ files: Set<string>; sources: Map<string, string> }> {
  const { stdout } = await exec(
    'git',
    ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--deduplicate'],
    options,
  )
  const files = new Set<string>()
  const sources = new Map<string, string>()
  for (const file of stdout.split('\0')) {
    const bytes = file === '' ? null : readIfThere(join(root, file))
    if (bytes === null) continue
    files.add(file)
    if (!bytes.includes(0)) sources.set(file, bytes.toString())
  }
  return { files, sources }
}

/** A file that was deleted but is still tracked gives `null`. */
function readIfThere(file: string): Buffer | null {
  try {
    return readFileSync(file)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}

const tracked = readTracked()

// The studio is checked against the API as it is now.
await writeApiTypes()

const CHECKS: Readonly<Record<string, () => Promise<string[]>>> = {
  types: () => tool('typescript/bin/tsc', '-b', '--pretty', 'false'),
  'lint and format': () => tool('@biomejs/biome/bin/biome', 'ci', '--colors=off', '--error-on-warnings', '.'),
  'dead code and dependencies': () => knip(),
  'code that only tests use': () => knip('--production', '--include', 'files,exports,types'),
  'import directions': async () => findImportProblems((await tracked).sources),
  'lockfile names no registry': async () => findLockfileProblems((await tracked).sources),
  'no leftovers': async () => findTextProblems((await tracked).sources),
  'links in documents': async () => findLinkProblems((await tracked).sources, (await tracked).files),
}

const results = await Promise.all(
  Object.entries(CHECKS).map(async ([name, check]) => {
    const start = performance.now()
    const problems = await check()
    console.log(
      `${problems.length === 0 ? '✔' : '✖'} ${name}  ${((performance.now() - start) / 1000).toFixed(1)} s`,
    )
    return { name, problems }
  }),
)
const failed = results.filter(({ problems }) => problems.length > 0)
for (const { name, problems } of failed) {
  console.log(['', `${name}:`, ...problems.map((line) => `  ${line}`)].join('\n'))
}
console.log(`\n${results.length - failed.length} passed, ${failed.length} failed`)
process.exitCode = failed.length === 0 ? 0 : 1
