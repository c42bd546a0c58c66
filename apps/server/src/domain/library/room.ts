import { statfs } from 'node:fs/promises'
import { CutroomError, type MediaProbe } from '@cutroom/contracts'
import { eq } from '../../db/drizzle.ts'
import { profiles } from '../../db/schema/profiles.ts'
import { profileDir } from '../../scratch/layout.ts'
import { folderBytes } from '../../scratch/tree.ts'
import type { Service } from '../service.ts'
import { admitStorage } from './artifacts.ts'

/** Left free on the disk whatever is uploaded, so that running work and the database can end well. */
const SPARE_BYTES = 256 * 2 ** 20

/** Throws `disk-full` unless a file of so many bytes fits on the disk of the data folder with some room to spare. */
export async function admitOnDisk(dataDir: string, bytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(dataDir)
  const freeBytes = bavail * bsize
  if (bytes + SPARE_BYTES <= freeBytes) return
  throw new CutroomError(
    'disk-full',
    `The disk of the data folder has ${freeBytes} bytes left; a file of ${bytes} bytes leaves too little for running work.`,
    { details: { freeBytes, needed: bytes, spare: SPARE_BYTES } },
  )
}

/** Bytes that lie in the scratch of a profile. */
export const scratchBytes = (service: Service, profileId: string): Promise<number> =>
  folderBytes(profileDir(service.studio.dataDir, profileId))

/**
 * Throws `quota-exceeded` unless the profile's scratch may grow by so many bytes. Asked before a stage starts; stages that start at the
 * same instant may together go beyond the quota by one of them.
 */
export async function admitScratch(service: Service, profileId: string, bytes: number): Promise<void> {
  const [row] = await service.db.shared((tx) =>
    tx.select({ limits: profiles.limits }).from(profiles).where(eq(profiles.id, profileId)),
  )
  const limit = row?.limits.scratchBytes ?? null
  if (limit === null) return
  const usedBytes = await scratchBytes(service, profileId)
  if (usedBytes + bytes <= limit) return
  throw new CutroomError(
    'quota-exceeded',
    `The profile may work in ${limit} bytes of scratch; ${usedBytes} are in use, and this step needs about ${bytes} more.`,
    { details: { limit, used: usedBytes, needed: bytes } },
  )
}

/** The same for what will be kept, in a transaction of its own; see `admitStorage`. */
export const admitKept = ({ db }: Service, profileId: string, bytes: number): Promise<void> =>
  db.ofProfile(profileId, (tx) => admitStorage(tx, profileId, bytes))

/** Proxies of key frames only have 0.12 to 0.58 MB a second (six real recordings, still to busy); more than that is rare. */
const PROXY_BYTES_PER_SECOND = 750_000
/** Features, waveform and filmstrip, and what ffmpeg needs to start. */
const BESIDES_BYTES = 1_000_000

/** Bytes that a preview may take: it is cut out of proxies. */
export const previewBytes = (seconds: number): number => Math.ceil(seconds * PROXY_BYTES_PER_SECOND)

/** Bytes that a voice may take, as it stands and in phrases: scripts that are spoken in a clip come to less. */
export const VOICE_BYTES = 10_000_000

/** Bytes of scratch that an ingest of a source may need. */
export const ingestScratch = ({ durationSeconds }: MediaProbe): number =>
  Math.ceil(BESIDES_BYTES + durationSeconds * PROXY_BYTES_PER_SECOND)

/** 48 kHz, two channels, 32-bit: each of the raw sounds that are mixed; at most four lie there at once. */
const RAW_SOUND_BYTES_PER_SECOND = 48_000 * 2 * 4 * 4

/** Bytes of scratch that a render may need: the file at its highest bit rate, and its raw sound. `kbps` is that of picture and sound. */
export const renderScratch = (seconds: number, kbps: number): number =>
  Math.ceil(BESIDES_BYTES + seconds * ((kbps * 1000) / 8 + RAW_SOUND_BYTES_PER_SECOND))
