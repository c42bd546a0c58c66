import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { SetupError } from './setup-error.mjs'

const NEEDED_MAJOR = 24
/** Answers make much that is gone at once: with room for it, fewer collections stand between a request and its answer. */
const NODE_FLAGS = ['--disable-warning=ExperimentalWarning', '--max-semi-space-size=32']

/**
 * Runs TypeScript with the pinned Node, or with the running one where that is new enough, and ends as it ends: same exit
 * code, same signal.
 *
 * @param {string} root
 * @param {string} path the PATH that the child gets
 * @param {string[]} args the entry and its arguments
 */
export async function launch(root, path, args) {
  const pinned = join(root, 'node_modules', '.bin', 'node')
  const runningMajor = Number.parseInt(process.versions.node, 10)
  const candidates = [
    ...(existsSync(pinned) ? [pinned] : []),
    ...(runningMajor >= NEEDED_MAJOR ? [process.execPath] : []),
  ]
  for (const node of candidates) {
    if (await runToItsEnd(root, path, node, args)) return
  }
  throw new SetupError(
    `Cutroom needs Node ${NEEDED_MAJOR}, and npm brought none that runs on this machine (${process.platform} ${process.arch}). ` +
      `Install Node ${NEEDED_MAJOR} or newer and run the command again.`,
  )
}

/**
 * @param {string} root
 * @param {string} path
 * @param {string} node
 * @param {string[]} args
 * @returns {Promise<boolean>} false where this Node cannot be started, e.g. one built for another C library
 */
function runToItsEnd(root, path, node, args) {
  return new Promise((settle) => {
    const child = spawn(node, [...NODE_FLAGS, ...args], {
      stdio: 'inherit',
      cwd: workingFolder(root),
      // Compiled modules are kept: a server that has many starts in half the time.
      env: {
        NODE_COMPILE_CACHE: join(root, 'node_modules', '.cache', 'compiled'),
        ...process.env,
        PATH: path,
      },
    })
    // Ctrl-C reaches the child by itself, through the terminal's process group: here it is only waited out.
    const wait = () => {}
    /** @param {NodeJS.Signals} signal */
    const forward = (signal) => child.kill(signal)
    process.on('SIGINT', wait).on('SIGQUIT', wait).on('SIGTERM', forward).on('SIGHUP', forward)
    const stopListening = () => {
      process.off('SIGINT', wait).off('SIGQUIT', wait).off('SIGTERM', forward).off('SIGHUP', forward)
    }
    child.on('error', () => {
      stopListening()
      settle(false)
    })
    child.on('exit', (code, signal) => {
      stopListening()
      if (signal === null) process.exitCode = code ?? 1
      else process.kill(process.pid, signal)
      settle(true)
    })
  })
}

/**
 * The folder in which the command was typed: npm enters the project's own, and names the first in INIT_CWD.
 *
 * @param {string} root
 */
function workingFolder(root) {
  const current = process.cwd()
  return current === root ? (process.env.INIT_CWD ?? current) : current
}
