// Sets up what is missing, then runs an entry of the project with the pinned Node:
//   node scripts/with-setup.mjs [--studio] [--chromium] <entry.ts> [arguments…]
// Plain JavaScript without dependencies, because it runs before anything is installed, on any Node from 20 on.
import { dirname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { launch } from './setup/launch.mjs'
import { setUp } from './setup/set-up.mjs'
import { SetupError } from './setup/setup-error.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const given = process.argv.slice(2)
/** @type {import('./setup/set-up.mjs').Extra[]} */
const extras = []
for (const extra of /** @type {const} */ (['studio', 'chromium'])) {
  if (given[0] === `--${extra}`) extras.push(extra) && given.shift()
}
const [entry, ...args] = given

try {
  if (entry === undefined)
    throw new SetupError('usage: node scripts/with-setup.mjs [--studio] [--chromium] <entry.ts> [arguments…]')
  const { path } = await setUp(root, extras)
  await launch(root, path, [resolve(root, entry), ...args])
} catch (error) {
  if (!(error instanceof SetupError)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 1
}
