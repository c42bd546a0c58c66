import { existsSync, readdirSync, renameSync, rmSync, statSync, utimesSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { lastLines, runQuietly } from './run-quietly.mjs'
import { SetupError } from './setup-error.mjs'

/** What the built studio is made of, from the root of the project. */
const INPUTS = [
  'apps/web/src',
  'apps/web/public',
  'apps/web/index.html',
  'apps/web/vite.config.ts',
  'packages/contracts/src/words.ts',
  'package-lock.json',
]
const RESULT = 'apps/web/dist/index.html'

/**
 * Whether the studio in the browser was changed since it was built, or was never built.
 *
 * @param {string} root
 */
export function studioNeeded(root) {
  const result = join(root, RESULT)
  return !existsSync(result) || newest(INPUTS.map((name) => join(root, name))) > statSync(result).mtimeMs
}

/**
 * The latest change of files and folders and all that is in them; a folder changes with the names in it.
 *
 * @param {string[]} places
 * @returns {number} milliseconds
 */
function newest(places) {
  const times = places.map((place) => {
    const entry = statSync(place)
    const inside = entry.isDirectory() ? readdirSync(place).map((name) => join(place, name)) : []
    return Math.max(entry.mtimeMs, newest(inside))
  })
  return Math.max(0, ...times)
}

/**
 * @param {string} root
 * @param {(line: string) => void} say
 */
export async function buildStudio(root, say) {
  say('Building the studio in the browser.')
  const began = new Date()
  const web = join(root, 'apps', 'web')
  const vite = join(
    dirname(createRequire(join(web, 'package.json')).resolve('vite/package.json')),
    'bin',
    'vite.js',
  )
  const pinned = join(root, 'node_modules', '.bin', 'node')
  const node = existsSync(pinned) ? pinned : process.execPath
  // Beside the old one, which a running server may be serving.
  const built = join(web, 'dist.new')
  const { ok, output } = await runQuietly([
    node,
    vite,
    'build',
    web,
    '--outDir',
    built,
    '--emptyOutDir',
    '--logLevel',
    'error',
  ])
  if (!ok) throw new SetupError(`The studio in the browser cannot be built:\n${lastLines(output)}`)
  // What changed while it was built is built the next time.
  utimesSync(join(built, 'index.html'), began, began)
  rmSync(join(web, 'dist'), { recursive: true, force: true })
  renameSync(built, join(web, 'dist'))
}
