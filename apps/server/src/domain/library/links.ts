import { randomBytes, randomUUID } from 'node:crypto'
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { CutroomError, ENTRY_KINDS, errnoOf, ifErrno, type Link, toFileError } from '@cutroom/contracts'
import { z } from 'zod'
import type { Service } from '../service.ts'
import type { EntryFile } from './entry-file.ts'

/*
 * A link is its file, signed: players cannot send a key with their requests. It says which file of which profile, nothing else, and
 * ends by itself; taking a key back does not end links that were made with it, which is why they last an hour at most.
 * jose is loaded with the first link: most processes see none.
 */
const PATH = '/api/v1/files/'
const ALGORITHM = 'HS256'

const claimsSchema = z.object({
  profile: z.string(),
  kind: z.enum(ENTRY_KINDS),
  hash: z.string(),
  name: z.string(),
  type: z.string(),
  download: z.string().optional(),
  inline: z.literal(true).optional(),
})

/** A link to a file that anybody who has it can read for so many seconds. */
export async function signLink(service: Service, file: EntryFile, seconds: number): Promise<Link> {
  const { key, name, contentType, downloadName, inline } = file
  const expires = Math.floor(Date.now() / 1000) + seconds
  const claims: z.infer<typeof claimsSchema> = {
    profile: key.profileId,
    kind: key.kind,
    hash: key.hash,
    name,
    type: contentType,
    ...(downloadName !== undefined && { download: downloadName }),
    ...(inline && { inline }),
  }
  const { SignJWT } = await import('jose')
  const token = await new SignJWT(claims)
    .setProtectedHeader({ alg: ALGORITHM })
    .setExpirationTime(expires)
    .sign(await secretOf(service.studio.dataDir))
  return { url: PATH + token, expiresAt: new Date(expires * 1000).toISOString() }
}

/** The file that a link leads to. Throws `link-expired`; `not-found` for what was never signed here. */
export async function openLink(service: Service, token: string): Promise<EntryFile> {
  const { errors, jwtVerify } = await import('jose')
  try {
    const { payload } = await jwtVerify(token, await secretOf(service.studio.dataDir), {
      algorithms: [ALGORITHM],
      requiredClaims: ['exp'],
    })
    const { profile, kind, hash, name, type, download, inline } = claimsSchema.parse(payload)
    return {
      key: { profileId: profile, kind, hash },
      name,
      contentType: type,
      ...(download !== undefined && { downloadName: download }),
      ...(inline && { inline }),
    }
  } catch (cause) {
    if (cause instanceof errors.JWTExpired)
      throw new CutroomError('link-expired', 'The link has expired.', { cause })
    if (cause instanceof errors.JOSEError || cause instanceof z.ZodError)
      throw new CutroomError('not-found', 'There is no such file.', { cause })
    throw cause
  }
}

/** The secret of the studio's links, made at its first link. Whoever reads the data folder could read the files as well. */
async function secretOf(dataDir: string): Promise<Uint8Array> {
  const file = path.join(dataDir, 'secrets', 'links.key')
  try {
    return await readFile(file)
  } catch (error) {
    if (errnoOf(error) !== 'ENOENT') throw toFileError(error, 'Reading the secret of links')
  }
  try {
    await mkdir(path.dirname(file), { recursive: true, mode: 0o700 })
    await createOnce(file, randomBytes(32), 0o600)
  } catch (error) {
    throw toFileError(error, 'Making the secret of links')
  }
  return readFile(file)
}

/** Makes a file that is never changed afterwards: whole or not at all. Where several make it at once, that of the first stays. */
async function createOnce(file: string, content: Uint8Array, mode: number): Promise<void> {
  const draft = `${file}.${randomUUID()}`
  try {
    await writeFile(draft, content, { flag: 'wx', flush: true, mode })
    await link(draft, file).catch(ifErrno(['EEXIST'], undefined))
  } finally {
    await rm(draft, { force: true })
  }
}
