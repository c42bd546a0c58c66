import { createHash, randomUUID } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { CutroomError, type Profile } from '@cutroom/contracts'
import { createScratch } from '../../scratch/scratch.ts'
import type { Entry, EntryKey } from '../../storage/storage.ts'
import { recordArtifact } from '../library/artifacts.ts'
import { admitKept } from '../library/room.ts'
import type { Service } from '../service.ts'
import { update } from './change.ts'
import type { ProfileRow } from './profiles.ts'

/** Bytes that a picture may have. */
export const LOGO_MAX_BYTES = 2 * 2 ** 20
/** What it is scaled into, pixels. */
const SIDE = 512
const MAX_PIXELS = 50_000_000
/** The file of the entry. */
export const LOGO_FILE = 'logo.png'

/** First bytes of the formats that are read; sharp knows many more, which nobody here wants parsed. */
const isPicture = (bytes: Buffer): boolean =>
  bytes.subarray(0, 4).equals(Buffer.from([0x89, 0x50, 0x4e, 0x47])) ||
  bytes.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff])) ||
  (bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, 12) === 'WEBP')

/** Gives a profile a picture of its own: PNG, JPEG or WebP. Throws `media-unrecognised` for anything else, `quota-exceeded`. */
export async function setLogo(service: Service, profileId: string, picture: Buffer): Promise<Profile> {
  const entry = await publishLogo(service, profileId, await drawLogo(picture))
  return service.db.ofProfile(profileId, async (tx) => {
    await recordArtifact(tx, profileId, entry)
    return update(tx, profileId, { logoHash: entry.key.hash })
  })
}

/** Takes the picture away; garbage collection removes the file. */
export const removeLogo = (service: Service, profileId: string): Promise<Profile> =>
  service.db.ofProfile(profileId, (tx) => update(tx, profileId, { logoHash: null }))

/** The entry of a profile's picture. Throws `not-found`. */
export function logoOf({ id, logoHash }: ProfileRow): EntryKey {
  if (logoHash === null) throw new CutroomError('not-found', 'The profile has no logo.')
  return { profileId: id, kind: 'logo', hash: logoHash }
}

async function drawLogo(picture: Buffer): Promise<Buffer> {
  const refused = (cause?: unknown) =>
    new CutroomError('media-unrecognised', 'The logo is not a PNG, JPEG or WebP picture that can be read.', {
      remedy: 'Export the picture again as PNG.',
      cause,
    })
  if (!isPicture(picture)) throw refused()
  // Loaded where it is wanted: few processes ever see a logo.
  const { default: sharp } = await import('sharp')
  const image = sharp(picture, { limitInputPixels: MAX_PIXELS })
  return image
    .autoOrient()
    .resize(SIDE, SIDE, { fit: 'contain', background: { r: 0, g: 0, b: 0, alpha: 0 } })
    .png()
    .toBuffer()
    .catch((error: unknown) => {
      throw refused(error)
    })
}

async function publishLogo(service: Service, profileId: string, png: Buffer): Promise<Entry> {
  const { dataDir, storage } = service.studio
  await admitKept(service, profileId, png.length)
  await using scratch = await createScratch({ dataDir, profileId, jobId: randomUUID(), attempt: 1 })
  const file = scratch.file(LOGO_FILE)
  await writeFile(file, png)
  const key: EntryKey = { profileId, kind: 'logo', hash: createHash('sha256').update(png).digest('hex') }
  return await storage.publish(key, { files: { [LOGO_FILE]: file }, meta: {} })
}
