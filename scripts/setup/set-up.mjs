import { join } from 'node:path'
import { installPackages, packagesNeeded } from './packages.mjs'
import { installPrograms, searchPath, surveyPrograms } from './programs.mjs'
import { SetupError } from './setup-error.mjs'
import { withLock } from './with-lock.mjs'

/** @param {string} line */
const say = (line) => process.stderr.write(`${line}\n`)

/**
 * Installs whatever of Cutroom's npm packages and system programs is missing, with a line for each on stderr, and
 * says nothing where all is there. Gives the PATH on which the programs are found.
 *
 * @param {string} root the folder of the project
 * @returns {Promise<string>}
 */
export async function setUp(root) {
  if (Number.parseInt(process.versions.node, 10) < 20) {
    throw new SetupError(`Node ${process.versions.node} is too old: Cutroom needs Node 20 or newer.`)
  }
  const path = searchPath(process.platform, process.env.PATH ?? '')
  const survey = () => surveyPrograms(path, process.platform, process.env)
  const state = await survey()
  if (packagesNeeded(root) || state.some(({ problem }) => problem !== null)) {
    await withLock(join(root, '.setup.lock'), say, async () => {
      // Another set-up may have done it while this one waited for the lock.
      if (packagesNeeded(root)) await installPackages(root, say)
      await installPrograms(await survey(), survey, say)
    })
  }
  return path
}
