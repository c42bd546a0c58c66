import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { lastLines, runQuietly } from './run-quietly.mjs'
import { SetupError } from './setup-error.mjs'

/**
 * @typedef {{ version?: string, link?: boolean, optional?: boolean, os?: string | string[], cpu?: string | string[], libc?: string | string[] }} LockedPackage
 * @typedef {{ packages: Record<string, LockedPackage> }} Lockfile
 */

/**
 * Whether `npm ci` must run: compares package-lock.json with npm's own record of what lies in node_modules, which npm
 * writes last, so that an interrupted install counts as none.
 *
 * @param {string} root
 */
export function packagesNeeded(root) {
  const lock = readLockfile(join(root, 'package-lock.json'))
  if (lock === null)
    throw new SetupError(
      'package-lock.json is missing or broken: get the whole project again, e.g. with git.',
    )
  const installed = readLockfile(join(root, 'node_modules', '.package-lock.json'))
  return installed === null || !isInstalled(lock, installed, process.platform, process.arch)
}

/**
 * Whether everything that the lockfile wants on this platform is installed in the version it names.
 *
 * @param {Lockfile} lock
 * @param {Lockfile} installed
 * @param {string} platform
 * @param {string} arch
 */
export function isInstalled(lock, installed, platform, arch) {
  return Object.entries(lock.packages).every(([folder, wanted]) => {
    if (!folder.includes('node_modules/')) return true
    const found = installed.packages[folder]
    if (found !== undefined) return found.version === wanted.version
    // What is optional is missing by right, unless it was made for exactly this platform.
    const madeForHere =
      wanted.os !== undefined &&
      wanted.libc === undefined &&
      [wanted.os].flat().includes(platform) &&
      [wanted.cpu ?? arch].flat().includes(arch)
    return wanted.optional === true && !madeForHere
  })
}

/**
 * @param {string} root
 * @param {(line: string) => void} say
 */
export async function installPackages(root, say) {
  say('Installing the npm packages of package-lock.json, Node 24 among them.')
  const flags = ['--include=dev', '--include=optional', '--ignore-scripts', '--prefer-offline']
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error']
  // npm's own delays between tries add up to more than a minute before it says that there is no network.
  const patience = ['--fetch-retry-mintimeout=2000', '--fetch-retry-maxtimeout=10000']
  const { ok, output } = await runQuietly([...npm(), '--prefix', root, 'ci', ...flags, ...quiet, ...patience])
  if (!ok) throw new SetupError(explainNpmFailure(output))
  if (packagesNeeded(root)) {
    throw new SetupError(
      'npm reported success, but packages of package-lock.json are still missing. Remove node_modules and try again.',
    )
  }
}

/**
 * A sentence for a failed `npm ci`, with a remedy; npm's own last lines where the reason is not a known one.
 *
 * @param {string} output
 */
export function explainNpmFailure(output) {
  const unreachable =
    /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ENOTCACHED|ERR_SOCKET_TIMEOUT)\b/.exec(
      output,
    )
  if (unreachable !== null) {
    return `The npm packages cannot be installed: the npm registry cannot be reached (${unreachable[1]}). Check the network, or npm's proxy and registry settings, and run the command again.`
  }
  if (/\bENOSPC\b/.test(output)) {
    return 'The npm packages cannot be installed: the disk is full. Free about 500 MB and run the command again.'
  }
  return `The npm packages cannot be installed. What npm said about it:\n${lastLines(output)}`
}

/** The npm that runs this script, else the one on the PATH. */
function npm() {
  const running = process.env.npm_execpath
  return running?.endsWith('npm-cli.js') ? [process.execPath, running] : ['npm']
}

/**
 * @param {string} file
 * @returns {Lockfile | null}
 */
function readLockfile(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return null
  }
}
