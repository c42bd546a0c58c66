import { lstat, readlink, realpath } from 'node:fs/promises'
import path from 'node:path'
import { CutroomError } from '@cutroom/contracts'
import { execa } from 'execa'
import { confine, type RootEntry, type Sandbox, systemBindArgs } from './sandbox.ts'

/** The programs of the engine, found once per process. */
export interface Tools {
  /** Absolute paths. */
  readonly ffmpeg: string
  readonly ffprobe: string
  /** As `ffmpeg -version` names it, e.g. `5.1.9-0+deb12u1`; part of every recipe. */
  readonly version: string
  readonly sandbox: Sandbox
}

export interface ToolSettings {
  /** Names or paths; looked up in `searchPath`. */
  readonly ffmpeg: string
  readonly ffprobe: string
  /** The folders of `PATH`, parted by the platform's delimiter. */
  readonly searchPath: string
  /** `off` runs ffmpeg without bubblewrap even where it works. */
  readonly sandbox: 'auto' | 'off'
}

/**
 * Finds ffmpeg and ffprobe and tries the sandbox for real.
 * Throws `tool-missing` where a program is not there or its version cannot be read.
 */
export async function detectTools(settings: ToolSettings): Promise<Tools> {
  const find = (name: string) => findProgram(name, settings.searchPath)
  const [ffmpeg, ffprobe] = await Promise.all([find(settings.ffmpeg), find(settings.ffprobe)])
  if (!ffmpeg)
    throw new CutroomError(
      'tool-missing',
      `The program ffmpeg was not found (looked for ${settings.ffmpeg}).`,
    )
  if (!ffprobe)
    throw new CutroomError(
      'tool-missing',
      `The program ffprobe was not found (looked for ${settings.ffprobe}).`,
    )
  const [banner, sandbox] = await Promise.all([
    execa(ffmpeg, ['-version'], { reject: false }),
    detectSandbox(settings, [ffmpeg, ffprobe, await realpath(ffmpeg), await realpath(ffprobe)]),
  ])
  const version = /^ffmpeg version (\S+)/.exec(banner.stdout ?? '')?.[1]
  if (!version)
    throw new CutroomError(
      'tool-missing',
      `${ffmpeg} does not say its version, so it is not a working ffmpeg.`,
    )
  return { ffmpeg, ffprobe, version, sandbox }
}

async function detectSandbox(settings: ToolSettings, programs: readonly string[]): Promise<Sandbox> {
  const find = (name: string) => findProgram(name, settings.searchPath)
  const [bwrap, prlimit, setpriv, nice] = await Promise.all([
    find('bwrap'),
    find('prlimit'),
    find('setpriv'),
    find('nice'),
  ])
  const entries = new Map<string, RootEntry>()
  for (const name of ['bin', 'sbin', 'lib', 'lib32', 'lib64', 'libx32'])
    entries.set(name, await rootEntry(`/${name}`))
  const open: Sandbox = { bwrap: null, prlimit, setpriv, nice, systemBinds: [], reason: null }
  if (settings.sandbox === 'off') return { ...open, reason: 'switched off by a setting' }
  if (!bwrap) return { ...open, reason: 'bubblewrap is not installed' }
  const closed: Sandbox = {
    ...open,
    bwrap,
    systemBinds: systemBindArgs((name) => entries.get(name) ?? null, programs),
  }
  // The very path that is started later, which may be a link.
  const [file, ...args] = confine(closed, [programs[0] ?? '', '-version'], {
    inputs: [],
    cwd: '/tmp',
    env: {},
  })
  const tried = await execa(file ?? '', args, { reject: false })
  if (tried.exitCode === 0) return closed
  return {
    ...open,
    reason: `bubblewrap does not work here: ${String(tried.stderr).trim().split('\n').at(-1) ?? ''}`,
  }
}

async function rootEntry(name: string): Promise<RootEntry> {
  const info = await lstat(name).catch(() => null)
  if (info?.isSymbolicLink()) return { link: await readlink(name) }
  return info?.isDirectory() ? 'folder' : null
}

/** The absolute path of a program, or `null` where no folder of `searchPath` has it. */
export async function findProgram(name: string, searchPath: string): Promise<string | null> {
  const candidates = name.includes(path.sep)
    ? [path.resolve(name)]
    : searchPath.split(path.delimiter).map((folder) => path.join(folder, name))
  for (const candidate of candidates) {
    const info = await stat(candidate)
    if (info) return candidate
  }
  return null
}

async function stat(file: string): Promise<boolean> {
  try {
    const info = await lstat(await realpath(file))
    return info.isFile() && (info.mode & 0o111) !== 0
  } catch {
    // Absent or unreadable: not a program that we could start.
    return false
  }
}
