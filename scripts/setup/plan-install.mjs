/**
 * @typedef {'ffmpeg' | 'ffprobe' | 'espeak-ng' | 'bwrap' | 'prlimit' | 'chromium'} ProgramName
 *
 * What is the matter with a program: `null` for nothing; `absent` where it is not found; `unfit` where the one found will
 * not do; `setting` where an environment variable names one that will not do.
 * @typedef {null | { kind: 'absent' | 'unfit' | 'setting', sentence: string }} Problem
 * @typedef {{ name: ProgramName, file?: string, problem: Problem }} ProgramState
 *
 * @typedef {object} Machine
 * @property {string} platform as process.platform
 * @property {string} osRelease the text of /etc/os-release, or ''
 * @property {boolean} isRoot
 * @property {boolean} sudo whether sudo works without a password
 * @property {boolean} brew whether Homebrew is there
 *
 * @typedef {object} Plan
 * @property {'none' | 'install' | 'go-on' | 'stop'} action `go-on`: something optional is missing and stays so
 * @property {string[][]} commands what to run: the last one is often enough, those before it refresh its lists
 * @property {string[]} lines what to tell the person
 *
 * @typedef {object} Manager
 * @property {string[]} ids distributions, as ID or ID_LIKE of os-release name them
 * @property {string[][]} before
 * @property {string[]} install
 * @property {Partial<Record<ProgramName, string>>} packages where they differ from the usual names
 * @property {boolean} curesUnfit whether its ffmpeg can stand in for another one that will not do
 * @property {string} note what to know where it fails
 */

/** @type {Record<ProgramName, string>} */
const USUAL_PACKAGES = {
  ffmpeg: 'ffmpeg',
  ffprobe: 'ffmpeg',
  'espeak-ng': 'espeak-ng',
  bwrap: 'bubblewrap',
  prlimit: 'util-linux',
  chromium: 'chromium',
}

/** @type {Manager[]} */
const LINUX_MANAGERS = [
  {
    ids: ['debian', 'ubuntu'],
    before: [['apt-get', 'update']],
    install: ['apt-get', 'install', '-y', '--no-install-recommends', '-o', 'DPkg::Lock::Timeout=300'],
    packages: {},
    curesUnfit: false,
    note: '',
  },
  {
    ids: ['fedora', 'rhel', 'centos'],
    before: [],
    install: ['dnf', 'install', '-y', '--allowerasing'],
    packages: {},
    curesUnfit: true,
    note: 'An ffmpeg with x264 comes from RPM Fusion: enable it as https://rpmfusion.org/Configuration says, then run the command again.',
  },
  {
    ids: ['arch'],
    before: [],
    install: ['pacman', '-S', '--needed', '--noconfirm'],
    packages: {},
    curesUnfit: false,
    note: 'Where pacman does not find a package, bring the system up to date with `pacman -Syu` first.',
  },
  {
    ids: ['alpine'],
    before: [['apk', 'update']],
    install: ['apk', 'add'],
    packages: {},
    curesUnfit: false,
    note: '',
  },
  {
    ids: ['suse', 'opensuse'],
    before: [],
    install: ['zypper', '--non-interactive', 'install', '--allow-vendor-change'],
    packages: {},
    curesUnfit: true,
    note: 'An ffmpeg with x264 comes from Packman: add it with `opi packman` or YaST, then run the command again.',
  },
]

/** @type {Manager} */
const HOMEBREW = {
  ids: [],
  before: [],
  install: ['brew', 'install'],
  // Homebrew's plain ffmpeg has come without libass and zimg since January 2026.
  packages: { ffmpeg: 'ffmpeg-full', ffprobe: 'ffmpeg-full', chromium: 'google-chrome' },
  curesUnfit: true,
  note: '',
}

/**
 * What set-up does about the state of the programs on this machine.
 *
 * @param {Machine & { have: readonly ProgramState[] }} situation
 * @returns {Plan}
 */
export function planInstall({ have, ...machine }) {
  const wrong = have.flatMap(({ name, problem }) => (problem === null ? [] : [{ name, ...problem }]))
  if (wrong.length === 0) return { action: 'none', commands: [], lines: [] }
  const sentences = [...new Set(wrong.map(({ sentence }) => sentence))]
  const required = wrong.filter(({ name }) => name !== 'bwrap')
  const withoutSandbox =
    'bubblewrap (bwrap) is not installed: Cutroom works, but ffmpeg runs without a sandbox.'

  if (wrong.some(({ kind }) => kind === 'setting')) {
    const advice = 'Correct the environment variable, or unset it, and run the same command again.'
    return { action: 'stop', commands: [], lines: [...sentences, advice] }
  }

  const manager = managerOf(machine)
  if (manager === null) {
    return required.length === 0
      ? { action: 'go-on', commands: [], lines: [withoutSandbox] }
      : { action: 'stop', commands: [], lines: [...sentences, adviceWithoutManager(machine.platform)] }
  }

  if (!manager.curesUnfit && wrong.some(({ kind }) => kind === 'unfit')) {
    return { action: 'stop', commands: [], lines: [...sentences, OTHER_FFMPEG] }
  }

  const packages = [...new Set(wrong.map(({ name }) => manager.packages[name] ?? USUAL_PACKAGES[name]))]
  const commands = [...manager.before, [...manager.install, ...packages]]
  const asRoot = manager !== HOMEBREW
  if (asRoot ? machine.isRoot || machine.sudo : machine.brew) {
    return {
      action: 'install',
      commands: asRoot && !machine.isRoot ? commands.map((argv) => ['sudo', '-n', ...argv]) : commands,
      lines: [`Installing ${packages.join(', ')} with ${manager.install[0]}.`],
    }
  }

  const typed = commands.map((argv) => (asRoot ? `sudo ${argv.join(' ')}` : argv.join(' '))).join(' && ')
  if (required.length === 0) {
    return { action: 'go-on', commands: [], lines: [`${withoutSandbox} To install it:`, `    ${typed}`] }
  }
  const how = asRoot
    ? 'Set-up may not install system packages here. Run this, then the same command again:'
    : 'Install Homebrew from https://brew.sh, run this, then the same command again:'
  return { action: 'stop', commands: [], lines: [...sentences, how, `    ${typed}`, ...noteOf(manager)] }
}

/**
 * What to add when a command of the plan failed.
 *
 * @param {Machine} machine
 */
export const noteForFailure = (machine) => noteOf(managerOf(machine))

/** @param {Manager | null} manager */
const noteOf = (manager) => (manager === null || manager.note === '' ? [] : [manager.note])

/** @param {Machine} machine */
function managerOf({ platform, osRelease }) {
  if (platform === 'darwin') return HOMEBREW
  if (platform !== 'linux') return null
  const ids = [...osRelease.matchAll(/^ID(?:_LIKE)?=["']?([^"'\n]*)/gm)].flatMap(([, text = '']) =>
    text.split(/\s+/),
  )
  return LINUX_MANAGERS.find((manager) => manager.ids.some((id) => ids.includes(id))) ?? null
}

/** @param {string} platform */
const adviceWithoutManager = (platform) =>
  platform === 'linux'
    ? 'Set-up does not know the package manager of this system. Install ffmpeg 5.1 to 8 (with libx264, libass and libzimg), espeak-ng, util-linux and, for the sandbox, bubblewrap; then run the same command again.'
    : 'Cutroom runs on Linux and macOS; on Windows use a Linux distribution inside WSL 2.'

const OTHER_FFMPEG =
  'The packages of this system hold no other. Install a build of ffmpeg 5.1 to 8 with libx264, libass and libzimg, name its programs in CUTROOM_FFMPEG and CUTROOM_FFPROBE, and run the same command again.'
