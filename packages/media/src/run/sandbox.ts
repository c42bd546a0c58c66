import path from 'node:path'
import { GENTLE } from './give-way.ts'

/** How a child process is kept from everything that is not its business. */
export interface Sandbox {
  /** bubblewrap: no network, and no file but its inputs (read-only) and its scratch. */
  readonly bwrap: string | null
  /** util-linux' prlimit: caps on file size, open files and core dumps. */
  readonly prlimit: string | null
  /** util-linux' setpriv: the kernel ends the child when we are killed. bubblewrap does so itself. */
  readonly setpriv: string | null
  /** The system's `nice`: the child gives way to what people wait for, such as the server itself. */
  readonly nice: string | null
  /** Arguments that bind the system's libraries into the sandbox; found once by `detectTools`. */
  readonly systemBinds: readonly string[]
  /** Why bubblewrap is not used, for `doctor`; `null` when it is. */
  readonly reason: string | null
}

export interface Confinement {
  /** Absolute paths of files or folders that the process may read. */
  readonly inputs: readonly string[]
  /** The one folder where it may write, and its working folder. */
  readonly cwd: string
  readonly env: Readonly<Record<string, string>>
}

/** No single output may outgrow this; the disk quota of a profile is a matter of the server. */
const MAX_FILE_BYTES = 64 * 2 ** 30

/** The whole command that runs `command` (absolute path first) under the confinement that this machine offers. */
export function confine(sandbox: Sandbox, command: readonly string[], to: Confinement): string[] {
  // From its first moment: whatever it starts or divides into takes over its priority as it is then.
  const gently = sandbox.nice ? [sandbox.nice, '-n', String(GENTLE)] : []
  const limits = sandbox.prlimit ? [sandbox.prlimit, `--fsize=${MAX_FILE_BYTES}`, '--core=0', '--'] : []
  if (!sandbox.bwrap) {
    const together = sandbox.setpriv ? [sandbox.setpriv, '--pdeathsig', 'KILL', '--'] : []
    return [...gently, ...together, ...limits, ...command]
  }
  return [
    ...gently,
    sandbox.bwrap,
    '--unshare-all',
    '--die-with-parent',
    '--proc',
    '/proc',
    '--dev',
    '/dev',
    '--tmpfs',
    '/tmp',
    ...sandbox.systemBinds,
    ...to.inputs.flatMap((input) => ['--ro-bind', input, input]),
    '--bind',
    to.cwd,
    to.cwd,
    '--chdir',
    to.cwd,
    '--clearenv',
    ...Object.entries(to.env).flatMap(([name, value]) => ['--setenv', name, value]),
    // Last, or `/` itself would stay writable inside.
    '--remount-ro',
    '/',
    '--',
    ...limits,
    ...command,
  ]
}

/** What is known of a path of the root folder: a symbolic link's target, or that it is a folder, or nothing. */
export type RootEntry = { readonly link: string } | 'folder' | null

/**
 * Binds that make a dynamically linked program start: the system folders as they are (merged or not), the loader's cache
 * and Debian's alternatives. `programs` outside of /usr get their own folder bound.
 */
export function systemBindArgs(root: (name: string) => RootEntry, programs: readonly string[]): string[] {
  const args = ['--ro-bind', '/usr', '/usr']
  for (const name of ['bin', 'sbin', 'lib', 'lib32', 'lib64', 'libx32']) {
    const entry = root(name)
    if (entry === 'folder') args.push('--ro-bind', `/${name}`, `/${name}`)
    else if (entry) args.push('--symlink', entry.link, `/${name}`)
  }
  for (const file of ['/etc/ld.so.cache', '/etc/alternatives', '/nix/store'])
    args.push('--ro-bind-try', file, file)
  const outside = new Set(
    programs.map((program) => path.dirname(program)).filter((dir) => !/^\/(usr|bin|lib|nix)(\/|$)/.test(dir)),
  )
  for (const dir of outside) args.push('--ro-bind', dir, dir)
  return args
}
