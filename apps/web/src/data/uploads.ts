/** Files on their way to a profile, as a page sees them. Bytes, seconds, and milliseconds where the name says so. */

/**
 * `stalled` waits for the connection; `checking`: all bytes are there and are looked at; `stopped` was begun in a page that is gone and
 * needs its file again; `known`: the profile had the same bytes already.
 */
export type UploadState =
  | 'queued'
  | 'sending'
  | 'checking'
  | 'paused'
  | 'stalled'
  | 'stopped'
  | 'done'
  | 'known'
  | 'refused'
  | 'failed'

export interface Upload {
  /** Of this page; uploads that were not begun yet have none of the server. */
  readonly id: string
  readonly name: string
  readonly sizeBytes: number
  readonly sentBytes: number
  readonly state: UploadState
  /** Why it is stopped, refused or failed. */
  readonly problem: { readonly message: string; readonly remedy: string } | null
  /** The source that it became. */
  readonly sourceId: string | null
  /** Whether the browser can open the file by itself once it may. */
  readonly reopens: boolean
}

const ENDED: readonly UploadState[] = ['done', 'known', 'refused', 'failed']
const MOVING: readonly UploadState[] = ['queued', 'sending', 'checking', 'stalled']

export const hasEnded = ({ state }: Pick<Upload, 'state'>): boolean => ENDED.includes(state)
/** Whether it goes on without anybody's help, as long as the page is there. */
export const isMoving = ({ state }: Pick<Upload, 'state'>): boolean => MOVING.includes(state)

export const isFailed = ({ state }: Pick<Upload, 'state'>): boolean =>
  state === 'failed' || state === 'refused'

/** What was not added before everything else, which keeps its order. */
export const failuresFirst = (uploads: readonly Upload[]): readonly Upload[] =>
  uploads.toSorted((a, b) => Number(isFailed(b)) - Number(isFailed(a)))

/** What tells one chosen file from another, and a file that is chosen again from its earlier self. */
export const sameFile = (a: FileMark, b: FileMark): boolean =>
  a.name === b.name && a.size === b.size && a.lastModified === b.lastModified

export interface FileMark {
  readonly name: string
  readonly size: number
  /** Milliseconds since 1970. */
  readonly lastModified: number
}

export interface Totals {
  readonly files: number
  readonly ended: number
  readonly moving: number
  readonly waiting: number
  readonly failed: number
  /** Of what is not ended or was: 0 to 1 of all bytes. */
  readonly fraction: number
  /** Of those that move. */
  readonly bytesLeft: number
}

/** All uploads of a profile in a few numbers. */
export function totalsOf(uploads: readonly Upload[]): Totals {
  const sum = (some: readonly Upload[], of: (upload: Upload) => number) =>
    some.reduce((all, upload) => all + of(upload), 0)
  const moving = uploads.filter(isMoving)
  const bytes = sum(uploads, ({ sizeBytes }) => sizeBytes)
  const arrived = sum(uploads, (upload) => (hasEnded(upload) ? upload.sizeBytes : upload.sentBytes))
  return {
    files: uploads.length,
    ended: uploads.filter(hasEnded).length,
    moving: moving.length,
    waiting: uploads.filter(({ state }) => state === 'paused' || state === 'stopped').length,
    failed: uploads.filter(isFailed).length,
    fraction: bytes === 0 ? 0 : arrived / bytes,
    bytesLeft: sum(moving, ({ sizeBytes, sentBytes }) => sizeBytes - sentBytes),
  }
}

/** Speed is that of so many last milliseconds: long enough to be calm, short enough to be true. */
const WINDOW_MS = 8000
/** Before that, a speed would be a guess. */
const SHORTEST_MS = 1000

/** Measures how fast bytes leave. */
export class SpeedMeter {
  #samples: { readonly atMs: number; readonly bytes: number }[] = []
  #bytes = 0

  /** Counts bytes that left just now. */
  add(bytes: number, nowMs: number): void {
    this.#bytes += bytes
    this.#samples.push({ atMs: nowMs, bytes: this.#bytes })
    while ((this.#samples[1]?.atMs ?? nowMs) < nowMs - WINDOW_MS) this.#samples.shift()
  }

  /** Bytes per second; `null` where it is not known, or nothing left for a while. */
  speed(nowMs: number): number | null {
    const [first] = this.#samples
    const last = this.#samples.at(-1)
    if (first === undefined || last === undefined || last.atMs < nowMs - WINDOW_MS) return null
    const ms = nowMs - first.atMs
    return ms < SHORTEST_MS ? null : ((last.bytes - first.bytes) * 1000) / ms
  }

  /** After a pause the old speed says nothing. */
  reset(): void {
    this.#samples = []
    this.#bytes = 0
  }
}
