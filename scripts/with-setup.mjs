// Sets up what is missing, then runs an entry of the project with the pinned Node:
//   node scripts/with-setup.mjs <entry.ts> [arguments…]
// Plain JavaScript without dependencies, because it runs before anything is installed, on any Node from 20 on.
import { dirname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { launch } from './setup/launch.mjs'
import { setUp } from './setup/set-up.mjs'
import { SetupError } from './setup/setup-error.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const [entry, ...args] = process.argv.slice(2)

try {
  if (entry === undefined) throw new SetupError('usage: node scripts/with-setup.mjs <entry.ts> [arguments…]')
  const path = await setUp(root)
  await launch(root, path, [resolve(root, entry), ...args])
} catch (error) {
  if (!(error instanceof SetupError)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 1
}
