import { join } from 'node:path'
import { installPackages, packagesNeeded } from './packages.mjs'
import { installPrograms, searchPath, surveyPrograms } from './programs.mjs'
import { SetupError } from './setup-error.mjs'
import { buildStudio, studioNeeded } from './studio.mjs'
import { withLock } from './with-lock.mjs'

/** @param {string} line */
const say = (line) => process.stderr.write(`${line}\n`)

/**
 * What only some commands need: `studio`, the built studio in the browser; `chromium`, a browser for tests.
 *
 * @typedef {'studio' | 'chromium'} Extra
 */

/**
 * Installs whatever of Cutroom's npm packages and system programs is missing, with a line for each on stderr, and
 * says nothing where all is there. Gives the PATH on which the programs are found, and where each is.
 *
 * @param {string} root the folder of the project
 * @param {readonly Extra[]} extras
 * @returns {Promise<{ path: string, programs: Partial<Record<import('./plan-install.mjs').ProgramName, string>> }>}
 */
export async function setUp(root, extras) {
  if (Number.parseInt(process.versions.node, 10) < 20) {
    throw new SetupError(`Node ${process.versions.node} is too old: Cutroom needs Node 20 or newer.`)
  }
  const path = searchPath(process.platform, process.env.PATH ?? '')
  const survey = () => surveyPrograms(path, process.platform, process.env, extras)
  const needsStudio = () => extras.includes('studio') && studioNeeded(root)
  let state = await survey()
  if (packagesNeeded(root) || needsStudio() || state.some(({ problem }) => problem !== null)) {
    await withLock(join(root, '.setup.lock'), say, async () => {
      // Another set-up may have done it while this one waited for the lock.
      if (packagesNeeded(root)) await installPackages(root, say)
      await installPrograms(await survey(), survey, say)
      if (needsStudio()) await buildStudio(root, say)
      state = await survey()
    })
  }
  return { path, programs: Object.fromEntries(state.map(({ name, file }) => [name, file])) }
}
