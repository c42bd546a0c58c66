import { execFile } from 'node:child_process'
import { readFile, realpath, stat } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { CutroomError, ifMissing } from '@cutroom/contracts'

const execFileAsync = promisify(execFile)

/** The user as whom PostgreSQL runs. */
export interface Account {
  readonly uid: number
  readonly gid: number
}

/** Users that a system has for such a purpose, best first. initdb wants one with a name. */
const SERVICE_USERS = ['postgres', '_postgres', 'nobody']

/**
 * PostgreSQL refuses to run as root. `null`: it runs as the user of this process. Root gives it the user who owns the database's
 * folder, else the owner of the data folder, else a user of the system. Throws `database-unavailable` where there is none.
 */
export async function chooseAccount(
  folders: readonly string[],
  uid: number | undefined = process.getuid?.(),
): Promise<Account | null> {
  if (uid !== 0) return null
  for (const folder of folders) {
    const owner = await stat(folder).catch(ifMissing(null))
    if (owner !== null && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid }
  }
  const users = parsePasswd(await readFile('/etc/passwd', 'utf8').catch(() => ''))
  for (const name of SERVICE_USERS) {
    const user = users.get(name)
    if (user !== undefined) return user
  }
  throw new CutroomError(
    'database-unavailable',
    'PostgreSQL does not run as root, and the system has no user for it.',
    { remedy: 'Add a user named postgres, start Cutroom as another user, or set DATABASE_URL.' },
  )
}

/** passwd(5): name, password, uid, gid, … */
function parsePasswd(text: string): ReadonlyMap<string, Account> {
  return new Map(
    text.split('\n').flatMap((line): [string, Account][] => {
      const [name = '', , uid, gid] = line.split(':')
      // macOS writes the ids of nobody as -2.
      return uid === undefined || gid === undefined ? [] : [[name, { uid: +uid >>> 0, gid: +gid >>> 0 }]]
    }),
  )
}

/** The outermost folder on the way to a folder, itself included, that an account may not enter; `null` where the way is free. */
export async function findBarrier(account: Account, folder: string): Promise<string | null> {
  const whole = await realpath(folder)
  const parts = whole.split(path.sep).filter((part) => part !== '')
  const way = ['/', ...parts.map((_, index) => `/${parts.slice(0, index + 1).join('/')}`)]
  for (const step of way) {
    const { mode, uid, gid } = await stat(step)
    const may = uid === account.uid ? 0o100 : gid === account.gid ? 0o010 : 0o001
    if ((mode & may) === 0) return step
  }
  return null
}

/** Gives a file, or a folder with all that is in it, to an account. */
export async function giveTo(account: Account | null, tree: string): Promise<void> {
  if (account !== null) await execFileAsync('chown', ['-hR', `${account.uid}:${account.gid}`, tree])
}
