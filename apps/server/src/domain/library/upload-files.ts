import { createHash, type Hash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { type FileHandle, mkdir, open, readdir, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { checkId, errnoOf, ifMissing, toFileError } from '@cutroom/contracts'

/*
 * uploads/<profileId>/<uploadId>/original    the bytes so far; its size is how far the upload is
 */
const FILE = 'original'

export interface UploadKey {
  readonly profileId: string
  readonly id: string
}

/**
 * The bytes of uploads on their way, each in a folder that only its profile's uploads share. They are hashed as they arrive; where the
 * hash so far was lost with a process, what lies there is read once when the next bytes come.
 */
export interface UploadFiles {
  /** Throws `disk-full`. */
  create(key: UploadKey): Promise<void>
  /** Bytes that lie there; `null` where there is no file. */
  size(key: UploadKey): Promise<number | null>
  /**
   * Writes chunks from an offset on, which is the size so far. What was written before an error stays and counts. Returns the new
   * size. Throws `disk-full`, and whatever the chunks throw.
   */
  append(key: UploadKey, offset: number, chunks: AsyncIterable<Uint8Array>): Promise<number>
  /** SHA-256 of all that lies there, in lower-case hex. */
  digest(key: UploadKey): Promise<string>
  /** The folder and the file, absolute. */
  place(key: UploadKey): { readonly folder: string; readonly file: string }
  remove(key: UploadKey): Promise<void>
  /** Ids of all uploads that have a folder. */
  list(profileId: string): Promise<string[]>
}

/** How much of a file has gone into its hash. */
interface Hashed {
  readonly hash: Hash
  bytes: number
}

export function uploadFiles(dataDir: string): UploadFiles {
  const root = path.join(dataDir, 'uploads')
  const known = new Map<string, Hashed>()
  const profileFolder = (profileId: string) => path.join(root, checkId(profileId, 'profileId'))

  function place({ profileId, id }: UploadKey) {
    const folder = path.join(profileFolder(profileId), checkId(id, 'uploadId'))
    return { folder, file: path.join(folder, FILE) }
  }

  /** The hash of the first `size` bytes. */
  async function hashed(key: UploadKey, size: number): Promise<Hashed> {
    const so = known.get(key.id)
    const state = so !== undefined && so.bytes <= size ? so : { hash: createHash('sha256'), bytes: 0 }
    known.set(key.id, state)
    if (state.bytes < size) {
      const range = { start: state.bytes, end: size - 1, highWaterMark: 2 ** 20 }
      for await (const chunk of createReadStream(place(key).file, range)) take(state, chunk)
    }
    return state
  }

  return {
    place,
    async create(key) {
      const { folder, file } = place(key)
      try {
        await mkdir(folder, { recursive: true, mode: 0o700 })
        await using _handle = await open(file, 'a', 0o600)
      } catch (error) {
        throw toFileError(error, 'Starting an upload')
      }
    },
    size: (key) => stat(place(key).file).then(({ size }) => size, ifMissing(null)),
    async append(key, offset, chunks) {
      const state = await hashed(key, offset)
      await using handle = await open(place(key).file, 'r+')
      try {
        for await (const chunk of chunks) {
          await writeAll(handle, chunk, state.bytes)
          take(state, chunk)
        }
      } catch (error) {
        throw errnoOf(error) === 'ENOSPC' ? toFileError(error, 'Receiving an upload') : error
      } finally {
        // What is told as received survives a power cut.
        await handle.datasync()
      }
      return state.bytes
    },
    async digest(key) {
      const { size } = await stat(place(key).file)
      const { hash } = await hashed(key, size)
      return hash.copy().digest('hex')
    },
    async remove(key) {
      known.delete(key.id)
      await rm(place(key).folder, { recursive: true, force: true })
    },
    list: (profileId) => readdir(profileFolder(profileId)).catch(ifMissing<string[]>([])),
  }
}

function take(state: Hashed, chunk: Uint8Array): void {
  state.hash.update(chunk)
  state.bytes += chunk.length
}

async function writeAll(handle: FileHandle, chunk: Uint8Array, position: number): Promise<void> {
  for (let at = 0; at < chunk.length; ) {
    at += (await handle.write(chunk, at, chunk.length - at, position + at)).bytesWritten
  }
}
