import { accessSync, constants, readFileSync, statSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { noteForFailure, planInstall } from './plan-install.mjs'
import { lastLines, runQuietly } from './run-quietly.mjs'
import { SetupError } from './setup-error.mjs'

/** @typedef {import('./plan-install.mjs').ProgramState} ProgramState */

/**
 * The programs that Cutroom starts. `setting` is the environment variable that names another one: a setting of the
 * project (apps/server/src/config.ts reads the same), which set-up must know too, as it runs before there is a config.
 *
 * @type {{ name: import('./plan-install.mjs').ProgramName, setting?: string, linuxOnly?: boolean, extra?: 'chromium', elsewhere?: string[] }[]}
 */
const PROGRAMS = [
  { name: 'ffmpeg', setting: 'CUTROOM_FFMPEG' },
  { name: 'ffprobe', setting: 'CUTROOM_FFPROBE' },
  { name: 'espeak-ng', setting: 'CUTROOM_ESPEAK' },
  { name: 'prlimit', linuxOnly: true },
  { name: 'bwrap', linuxOnly: true },
  {
    name: 'chromium',
    setting: 'CUTROOM_CHROMIUM',
    extra: 'chromium',
    elsewhere: [
      'chromium-browser',
      'google-chrome',
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    ],
  },
]

/**
 * The PATH on which Cutroom finds its programs: the given one, and before it the folders into which Homebrew puts the
 * complete ffmpeg without linking it.
 *
 * @param {string} platform
 * @param {string} path
 */
export function searchPath(platform, path) {
  const kegs = ['/opt/homebrew/opt/ffmpeg-full/bin', '/usr/local/opt/ffmpeg-full/bin']
  return platform === 'darwin' ? [...kegs, path].join(delimiter) : path
}

/**
 * @param {string} path
 * @param {string} platform
 * @param {NodeJS.ProcessEnv} env
 * @param {readonly string[]} [extras] what only some commands need
 * @returns {Promise<ProgramState[]>}
 */
export function surveyPrograms(path, platform, env, extras = []) {
  const wanted = PROGRAMS.filter(
    ({ linuxOnly, extra }) =>
      (platform === 'linux' || linuxOnly !== true) && (extra === undefined || extras.includes(extra)),
  )
  return Promise.all(
    wanted.map(async ({ name, setting, elsewhere }) => {
      const chosen = setting === undefined ? undefined : env[setting]
      const origin = chosen ? `${setting} names ${chosen}, which` : `${name} on the PATH`
      const file = findFirst(chosen ? [chosen] : [name, ...(elsewhere ?? [])], path)
      if (file === null) {
        return chosen
          ? { name, problem: { kind: 'setting', sentence: `${origin} is no program.` } }
          : { name, problem: { kind: 'absent', sentence: `${name} is not installed.` } }
      }
      if (name !== 'ffmpeg' && name !== 'ffprobe') return { name, file, problem: null }
      const { ok, output } = await runQuietly([file, '-version'])
      const complaint = ok ? judgeFfmpeg(output) : 'does not start'
      if (complaint === null) return { name, file, problem: null }
      return { name, problem: { kind: chosen ? 'setting' : 'unfit', sentence: `${origin} ${complaint}.` } }
    }),
  )
}

/**
 * What makes an ffmpeg or ffprobe unfit for Cutroom, or `null`. Judged by the version of libavutil, since builds from
 * git carry no other: FFmpeg 5.1 has 57.28, FFmpeg 8 has 60 (doc/APIchanges of FFmpeg).
 *
 * @param {string} banner what `-version` prints
 */
export function judgeFfmpeg(banner) {
  const named = /^\w+ version (\S+)/.exec(banner)?.[1] ?? 'of an unknown version'
  const library = /libavutil.*\/\s*(\d+)\.\s*(\d+)\./.exec(banner)
  if (library === null) return 'does not say its version'
  const [major, minor] = [Number(library[1]), Number(library[2])]
  if (major < 57 || (major === 57 && minor < 28))
    return `is ${named}, which is too old: Cutroom needs 5.1 to 8`
  if (major > 60) return `is ${named}, which is newer than Cutroom knows: it needs 5.1 to 8`
  const lacking = ['libx264', 'libass', 'libzimg'].filter((name) => !banner.includes(`--enable-${name}`))
  return lacking.length === 0
    ? null
    : `is ${named}, built without ${lacking.join(' and ')}, which Cutroom needs`
}

/**
 * Installs what is missing where that is possible; throws with the exact command where it is not.
 *
 * @param {ProgramState[]} have
 * @param {() => Promise<ProgramState[]>} survey
 * @param {(line: string) => void} say
 */
export async function installPrograms(have, survey, say) {
  if (have.every(({ problem }) => problem === null)) return
  const machine = await examineMachine()
  const plan = planInstall({ ...machine, have })
  if (plan.action === 'stop') throw new SetupError(plan.lines.join('\n'))
  for (const line of plan.lines) say(line)
  if (plan.action !== 'install') return

  let result = await runQuietly(withoutQuestions(plan.commands.at(-1) ?? []))
  if (!result.ok && plan.commands.length > 1) {
    for (const argv of plan.commands) result = await runQuietly(withoutQuestions(argv))
  }
  const left = (await survey()).filter(({ problem }) => problem !== null)
  const blocking = left.filter(({ name }) => name !== 'bwrap')
  if (blocking.length > 0) {
    const typed = plan.commands.map((argv) => argv.join(' ')).join(' && ')
    const happened = result.ok
      ? `\`${typed}\` succeeded, yet:`
      : `\`${typed}\` failed:\n${lastLines(result.output)}`
    const problems = new Set(blocking.map(({ problem }) => problem?.sentence))
    throw new SetupError([happened, ...problems, ...noteForFailure(machine)].join('\n'))
  }
  if (left.length > 0)
    say('bubblewrap (bwrap) could not be installed: Cutroom works, but ffmpeg runs without a sandbox.')
}

/** @returns {Promise<import('./plan-install.mjs').Machine>} */
async function examineMachine() {
  const { platform } = process
  const isRoot = process.getuid?.() === 0
  return {
    platform,
    osRelease: platform === 'linux' ? readOsRelease() : '',
    isRoot,
    sudo: platform === 'linux' && !isRoot && (await runQuietly(['sudo', '-n', 'true'])).ok,
    brew: platform === 'darwin' && (await runQuietly(['brew', '--version'])).ok,
  }
}

function readOsRelease() {
  try {
    return readFileSync('/etc/os-release', 'utf8')
  } catch {
    return ''
  }
}

/**
 * Debian's packages must not ask on a terminal; sudo keeps no environment, so `env` sets it behind sudo.
 *
 * @param {string[]} argv
 */
function withoutQuestions(argv) {
  const prefix = argv[0] === 'sudo' ? 2 : 0
  return [...argv.slice(0, prefix), 'env', 'DEBIAN_FRONTEND=noninteractive', ...argv.slice(prefix)]
}

/**
 * @param {readonly string[]} programs
 * @param {string} path
 */
const findFirst = (programs, path) =>
  programs.map((program) => find(program, path)).find((file) => file !== null) ?? null

/**
 * @param {string} program a name, or a path
 * @param {string} path
 */
function find(program, path) {
  const places = program.includes('/')
    ? [program]
    : path.split(delimiter).map((folder) => join(folder, program))
  return places.find(isProgram) ?? null
}

/** @param {string} file */
function isProgram(file) {
  try {
    accessSync(file, constants.X_OK)
    return statSync(file).isFile()
  } catch {
    return false
  }
}
