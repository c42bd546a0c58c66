// Runs the tests, side by side, each file in a process of its own:  npm test [-- <part of a file's path>…]
// The last line is `N passed, N failed`; the exit code is 0 only where something passed and nothing failed.
import { globSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { dirname, join } from 'node:path'
import { type Outcome, summarise } from './testing/outcome.ts'
import { closingLines, fileLine } from './testing/report.ts'
import { runFile } from './testing/run-file.ts'
import { startShared } from './testing/shared.ts'

/** The longest that one file may take; the slowest take two minutes on two cores that they share with others. */
const FILE_LIMIT_MS = 600_000
/** Whole-stack tests first: they take longest, and at the end nothing would run beside them. */
const FOLDERS = ['test', 'apps', 'packages', 'scripts']

const root = dirname(import.meta.dirname)
const filters = process.argv.slice(2)

const files = FOLDERS.flatMap((folder) =>
  globSync(`${folder}/**/*.test.ts`, {
    cwd: root,
    exclude: (name) => name === 'node_modules' || name === '.cache',
  }).sort(),
)
const chosen = files.filter((file) => filters.length === 0 || filters.some((filter) => file.includes(filter)))

const outcomes: Outcome[] = []
const queue = chosen.values()
async function work(): Promise<void> {
  for (const name of queue) {
    const file = join(root, name)
    const start = performance.now()
    const events = await runFile(file, FILE_LIMIT_MS)
    const outcome = summarise(file, (performance.now() - start) / 1000, events)
    outcomes.push(outcome)
    console.log(fileLine(root, outcome))
  }
}
const shared = await startShared(root)
// One more than there are processors: many tests wait, for a worker, a retry or a server.
await Promise.all(Array.from({ length: availableParallelism() + 1 }, work))
await shared[Symbol.asyncDispose]()

if (chosen.length === 0) console.log(`No test file matches ${filters.join(' or ')}.`)
console.log(closingLines(root, outcomes).join('\n'))
const somethingPassed = outcomes.some(({ passed }) => passed > 0)
const somethingFailed = outcomes.some(({ failures }) => failures.length > 0)
process.exit(somethingPassed && !somethingFailed ? 0 : 1)
