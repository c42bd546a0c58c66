import { randomUUID } from 'node:crypto'
import { CutroomError, isId } from '@cutroom/contracts'
import { and, eq, inArray, lt, type SQL, sql } from '../../db/drizzle.ts'
import { uploads } from '../../db/schema/library.ts'
import type { Studio } from '../job.ts'
import type { Service } from '../service.ts'
import { type Accepted, acceptFile } from './accept.ts'
import type { UploadRow } from './answers.ts'
import { admitStorage } from './artifacts.ts'
import { cleanName } from './names.ts'
import { admitOnDisk } from './room.ts'
import { findSource } from './source-rows.ts'
import { type UploadFiles, type UploadKey, uploadFiles } from './upload-files.ts'

/** An upload is forgotten this long after its last byte. */
export const UPLOAD_SECONDS = 86_400
/** One that arrives in a single request, this long: nobody can go on with it, and looking what it is takes half of it at most. */
const SINGLE_SECONDS = 3600
/** How often it is written down how far an upload is. */
const NOTE_MS = 5000
/** Room that is taken in advance for an upload that did not say how long it is. */
const STEP_BYTES = 64 * 2 ** 20

/** An upload with the bytes that are here. */
export interface UploadState {
  readonly row: UploadRow
  readonly receivedBytes: number
}

export interface NewUpload {
  /** As the sender gave it. */
  readonly name: string | null | undefined
  /** Bytes that are announced, or room that is taken in advance. */
  readonly sizeBytes: number
  /** False where it arrives in one request: then nobody can find it to go on. */
  readonly resumable: boolean
}

/** Files on their way in, of all profiles. One per process: it knows what is being finished, and the hashes so far. */
export interface Uploads {
  /** Takes room for an upload. Throws `body-too-large`, `quota-exceeded`, `disk-full`. */
  begin(profileId: string, input: NewUpload): Promise<UploadRow>
  /** Throws `not-found`. */
  find(key: UploadKey): Promise<UploadState>
  /** Writes bytes behind those that are here; returns the new number. They may not be more than were announced. */
  receive(key: UploadKey, offset: number, chunks: AsyncIterable<Uint8Array>): Promise<number>
  /** The same for an upload that did not say how long it is: takes room as it grows. Throws `body-too-large`, `quota-exceeded`, `disk-full`. */
  receiveAll(upload: UploadRow, chunks: AsyncIterable<Uint8Array>): Promise<number>
  /** Makes a source of an upload whose bytes are all here. Asked twice, it is done once. */
  finish(key: UploadKey): Promise<Accepted>
  /** Forgets an upload and its bytes; a source that it became stays. Throws `not-found`. */
  remove(key: UploadKey): Promise<void>
  /** Forgets what has expired, and finishes what was whole when a process ended. Returns how many of each. `signal` ends it between two. */
  maintain(
    profileId: string,
    signal?: AbortSignal,
  ): Promise<{ readonly expired: number; readonly finished: number }>
}

const instances = new WeakMap<Studio, Uploads>()

/** The uploads of a studio. */
export function uploadsOf(service: Service): Uploads {
  const known = instances.get(service.studio) ?? createUploads(service)
  instances.set(service.studio, known)
  return known
}

function createUploads(service: Service): Uploads {
  const files: UploadFiles = uploadFiles(service.studio.dataDir)
  const finishing = new Map<string, Promise<Accepted>>()
  const { db, maxUploadBytes } = service
  const thisUpload = ({ profileId, id }: UploadKey) =>
    and(eq(uploads.profileId, profileId), eq(uploads.id, id))

  async function find(key: UploadKey): Promise<UploadState> {
    const [row] = isId(key.id)
      ? await db.ofProfile(key.profileId, (tx) => tx.select().from(uploads).where(thisUpload(key)))
      : []
    if (row === undefined) throw uploadNotFound()
    if (row.sourceId !== null) return { row, receivedBytes: row.sizeBytes }
    const receivedBytes = await files.size(key)
    if (receivedBytes !== null) return { row, receivedBytes }
    // Lost with its folder: it starts anew.
    await files.create(key)
    return { row, receivedBytes: 0 }
  }

  async function reserve(profileId: string, id: string, more: number, spare: number): Promise<number> {
    await admitOnDisk(service.studio.dataDir, more)
    return db.ofProfile(profileId, async (tx) => {
      const taken = await admitStorage(tx, profileId, more + spare).then(
        () => more + spare,
        () => admitStorage(tx, profileId, more).then(() => more),
      )
      await tx
        .update(uploads)
        .set({ sizeBytes: sql`${uploads.sizeBytes} + ${taken}`, expiresAt: expiryOf(uploads.resumable) })
        .where(thisUpload({ profileId, id }))
      return taken
    })
  }

  async function receive(key: UploadKey, offset: number, chunks: AsyncIterable<Uint8Array>): Promise<number> {
    let noted = performance.now()
    let received = offset
    const note = (receivedBytes: number) =>
      db.ofProfile(key.profileId, (tx) =>
        tx
          .update(uploads)
          .set({ receivedBytes, expiresAt: expiryOf(uploads.resumable) })
          .where(thisUpload(key)),
      )
    const counted = async function* () {
      for await (const chunk of chunks) {
        yield chunk
        received += chunk.length
        if (performance.now() - noted < NOTE_MS) continue
        noted = performance.now()
        await note(received)
      }
    }
    try {
      received = await files.append(key, offset, counted())
    } finally {
      await note(received)
    }
    return received
  }

  async function finishNow(key: UploadKey): Promise<Accepted> {
    const { profileId } = key
    const { row, receivedBytes: sizeBytes } = await find(key)
    const { sourceId } = row
    if (sourceId !== null)
      return {
        source: await db.ofProfile(profileId, (tx) => findSource(tx, { profileId, id: sourceId })),
        isNew: false,
      }
    const sha256 = await files.digest(key)
    const arrival = { name: row.name, sha256, sizeBytes, ...files.place(key) }
    const accepted = await acceptFile(service, profileId, arrival, async (tx, source) => {
      const { problem } = source
      await tx.update(uploads).set({ sourceId: source.id, problem, sizeBytes }).where(thisUpload(key))
    })
    await files.remove(key)
    return accepted
  }

  function finish(key: UploadKey): Promise<Accepted> {
    const running = finishing.get(key.id)
    if (running !== undefined) return running
    const work = finishNow(key).finally(() => finishing.delete(key.id))
    finishing.set(key.id, work)
    return work
  }

  return {
    async begin(profileId, { name, sizeBytes, resumable }) {
      if (sizeBytes > maxUploadBytes) throw tooLarge(maxUploadBytes, sizeBytes)
      await admitOnDisk(service.studio.dataDir, sizeBytes)
      const id = randomUUID()
      const [row] = await db.ofProfile(profileId, async (tx) => {
        await admitStorage(tx, profileId, sizeBytes)
        return tx
          .insert(uploads)
          .values({
            profileId,
            id,
            name: cleanName(name),
            sizeBytes,
            resumable,
            expiresAt: expiryOf(resumable),
          })
          .returning()
      })
      if (row === undefined) throw new CutroomError('internal', 'The row of an upload vanished.')
      await files.create({ profileId, id })
      return row
    },
    find,
    receive,
    receiveAll(upload, chunks) {
      const { profileId, id } = upload
      const metered = async function* () {
        let received = 0
        let reserved = upload.sizeBytes
        for await (const chunk of chunks) {
          received += chunk.length
          if (received > maxUploadBytes) throw tooLarge(maxUploadBytes, received)
          if (received > reserved) reserved += await reserve(profileId, id, received - reserved, STEP_BYTES)
          yield chunk
        }
      }
      return receive(upload, 0, metered())
    },
    finish,
    async remove(key) {
      await find(key)
      await finishing.get(key.id)?.catch(() => undefined)
      await db.ofProfile(key.profileId, (tx) => tx.delete(uploads).where(thisUpload(key)))
      await files.remove(key)
    },
    async maintain(profileId, signal) {
      const expired = await db.ofProfile(profileId, (tx) =>
        tx
          .delete(uploads)
          .where(and(eq(uploads.profileId, profileId), lt(uploads.expiresAt, sql`now()`)))
          .returning({ id: uploads.id }),
      )
      // Folders without a row: of the above, and of what crashed between the two.
      const ids = (await files.list(profileId)).filter(isId)
      const rows =
        ids.length === 0
          ? []
          : await db.ofProfile(profileId, (tx) =>
              tx
                .select()
                .from(uploads)
                .where(and(eq(uploads.profileId, profileId), inArray(uploads.id, ids))),
            )
      const known = new Map(rows.map((row) => [row.id, row]))
      let finished = 0
      for (const id of ids) {
        signal?.throwIfAborted()
        const key = { profileId, id }
        const row = known.get(id)
        if (row === undefined || row.sourceId !== null) await files.remove(key)
        else if (isWhole(row) && (await files.size(key)) === row.sizeBytes) {
          await finish(key)
          finished += 1
        }
      }
      return { expired: expired.length, finished }
    },
  }
}

/** Whether all bytes are here and nobody has made a source of them yet. */
export const isWhole = ({ resumable, sourceId, receivedBytes, sizeBytes }: UploadRow): boolean =>
  resumable && sourceId === null && receivedBytes === sizeBytes

const expiryOf = (resumable: boolean | typeof uploads.resumable): SQL<Date> =>
  sql`now() + case when ${resumable} then ${UPLOAD_SECONDS}::int else ${SINGLE_SECONDS}::int end * interval '1 second'`

const uploadNotFound = (): CutroomError => new CutroomError('not-found', 'There is no upload of that id.')

const tooLarge = (limit: number, size: number): CutroomError =>
  new CutroomError('body-too-large', `An upload may have ${limit} bytes; this one has ${size} or more.`, {
    details: { limit, value: size },
  })
