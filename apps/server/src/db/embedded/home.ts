import { chmod, chown, mkdir, mkdtemp, readlink, realpath, rm, stat, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { CutroomError, errnoOf } from '@cutroom/contracts'
import { type Account, chooseAccount, findBarrier, giveTo } from './account.ts'

/** Where databases live whose user cannot reach the data folder. */
const ELSEWHERE = '/var/lib/cutroom'
const PORT = 5432
/** The longest path of a socket: sockaddr_un holds 104 bytes on macOS and 108 on Linux, the closing zero included. */
const SOCKET_PATH_BYTES = 103

/** The database's folder. Everything in it belongs to the user as whom PostgreSQL runs. */
export interface Home {
  readonly path: string
  /** `null`: the user of this process. */
  readonly account: Account | null
  /** The folder of the socket, private to that user. */
  readonly socketDir: string
  readonly port: number
}

/** Where the embedded database of a data folder is, or a link to it. */
export const homePath = (dataDir: string): string => path.join(dataDir, 'postgres')

/**
 * Finds or makes `<dataDir>/postgres/`. Where the user as whom PostgreSQL runs cannot enter the data folder, it becomes a link to a folder
 * of /var/lib/cutroom. Throws `database-unavailable` where that user has no way to it, or where it belongs to somebody else.
 */
export async function openHome(dataDir: string): Promise<Home> {
  const link = homePath(dataDir)
  const account = await chooseAccount([link, dataDir])
  const home = (await findHome(link)) ?? (await makeHome(dataDir, link, account))
  await checkOwner(home, account)
  return { path: home, account, socketDir: await openSocketDir(home, account), port: PORT }
}

async function findHome(link: string): Promise<string | null> {
  try {
    return await realpath(link)
  } catch (error) {
    if (errnoOf(error) !== 'ENOENT') throw error
    const target = await readlink(link).catch(() => null)
    if (target === null) return null
    throw new CutroomError('database-damaged', `${link} leads to ${target}, which does not exist.`, {
      remedy: `Bring ${target} back, or delete ${link} and restore a backup.`,
    })
  }
}

async function makeHome(dataDir: string, link: string, account: Account | null): Promise<string> {
  const folder = await realpath(dataDir)
  if (account === null || (await makeWay(account, folder))) {
    await mkdir(link, { mode: 0o700 })
    await giveTo(account, link)
    return realpath(link)
  }
  await mkdir(ELSEWHERE, { recursive: true })
  await chmod(ELSEWHERE, 0o755)
  const home = await mkdtemp(path.join(ELSEWHERE, 'data-'))
  await giveTo(account, home)
  await symlink(home, link)
  return home
}

/**
 * Whether an account can enter the data folder. One that is private to root is opened for passing through, to the account's group only;
 * folders above it are not ours to change.
 */
async function makeWay(account: Account, dataDir: string): Promise<boolean> {
  const barrier = await findBarrier(account, dataDir)
  if (barrier !== dataDir) return barrier === null
  const { uid, mode } = await stat(dataDir)
  if (uid !== 0 || (mode & 0o077) !== 0) return false
  await chown(dataDir, uid, account.gid)
  await chmod(dataDir, (mode & 0o700) | 0o010)
  return true
}

async function checkOwner(home: string, account: Account | null): Promise<void> {
  const { uid } = await stat(home)
  if (account === null) {
    if (uid === process.getuid?.()) return
    throw new CutroomError('database-unavailable', `The folder ${home} belongs to another user (${uid}).`, {
      remedy: 'Start Cutroom as that user, or give the folder to this one with `chown -R`.',
    })
  }
  // A copy that root made belongs to root.
  if (uid === 0) await giveTo(account, home)
  const barrier = await findBarrier(account, home)
  if (barrier === null) return
  throw new CutroomError(
    'database-unavailable',
    `PostgreSQL runs as the user ${account.uid}, who may not enter ${barrier}.`,
    { remedy: `Allow it with \`chmod o+x ${barrier}\`, or move the data folder.` },
  )
}

/** `<home>/run/`, or a link there to a folder for temporary files where the path is too long for a socket. */
async function openSocketDir(home: string, account: Account | null): Promise<string> {
  const place = path.join(home, 'run')
  const fits = Buffer.byteLength(path.join(place, `.s.PGSQL.${PORT}`)) <= SOCKET_PATH_BYTES
  const uid = account?.uid ?? process.getuid?.()
  try {
    const found = await realpath(place)
    const { mode, uid: owner } = await stat(found)
    // A folder for temporary files may have been emptied since, and the name been taken by somebody else.
    if (owner === uid && (mode & 0o077) === 0 && fits === (found === place)) return found
  } catch (error) {
    if (errnoOf(error) !== 'ENOENT') throw error
  }
  await rm(place, { recursive: true, force: true })
  if (fits) {
    await mkdir(place, { mode: 0o700 })
    await giveTo(account, place)
    return place
  }
  const short = await mkdtemp(path.join(await realpath(tmpdir()), 'cutroom-'))
  if (Buffer.byteLength(path.join(short, `.s.PGSQL.${PORT}`)) > SOCKET_PATH_BYTES) {
    throw new CutroomError(
      'database-unavailable',
      `The paths of the data folder and of ${tmpdir()} are both too long for a socket.`,
      { remedy: 'Set TMPDIR to a shorter path, or move the data folder.' },
    )
  }
  await giveTo(account, short)
  await symlink(short, place)
  return short
}
