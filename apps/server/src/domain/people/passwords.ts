import { type Argon2Parameters, argon2, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import pLimit from 'p-limit'

/** OWASP's Password Storage Cheat Sheet for Argon2id: 19 MiB, two passes, one lane. */
const COST = { memory: 19_456, passes: 2, parallelism: 1 } as const
const SALT_BYTES = 16
const HASH_BYTES = 32

/** `$argon2id$v=19$m=19456,t=2,p=1$salt$hash`, base64 without padding. */
const PHC = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/

const derive = promisify(argon2)
/** Many people who sign in at once must not take the memory of the jobs. */
const inTurn = pLimit(2)

const argon2id = (password: string, cost: Omit<Argon2Parameters, 'message'>): Promise<Buffer> =>
  // The same letters may be written in several ways, and keyboards differ in it.
  inTurn(() => derive('argon2id', { message: password.normalize('NFKC'), ...cost }))

const base64 = (bytes: Buffer): string => bytes.toString('base64').replaceAll('=', '')

/** A password as it is stored. */
export async function hashPassword(password: string): Promise<string> {
  const nonce = randomBytes(SALT_BYTES)
  const hash = await argon2id(password, { ...COST, nonce, tagLength: HASH_BYTES })
  return `$argon2id$v=19$m=${COST.memory},t=${COST.passes},p=${COST.parallelism}$${base64(nonce)}$${base64(hash)}`
}

/** A hash that no password has: comparing with it takes as long as comparing with a real one. */
const NOBODYS = `$argon2id$v=19$m=${COST.memory},t=${COST.passes},p=${COST.parallelism}$${'A'.repeat(22)}$${'A'.repeat(43)}`

/** Whether a password is the one of a stored hash. With `undefined`, for somebody who is unknown, the answer is no and takes as long. */
export async function isPassword(password: string, stored: string | undefined): Promise<boolean> {
  const [, memory, passes, parallelism, salt = '', hash = ''] = PHC.exec(stored ?? NOBODYS) ?? []
  const wanted = Buffer.from(hash, 'base64')
  if (wanted.length === 0) return false
  const found = await argon2id(password, {
    memory: Number(memory),
    passes: Number(passes),
    parallelism: Number(parallelism),
    nonce: Buffer.from(salt, 'base64'),
    tagLength: wanted.length,
  })
  return timingSafeEqual(found, wanted) && stored !== undefined
}
