/** Reads up to `length` bytes at `offset` of a file; fewer at its end. */
export type ReadAt = (offset: number, length: number) => Promise<Buffer>

/** What the boxes of an MP4 or MOV say before any decoder looks. */
export interface IsobmffFacts {
  /** The index without which nothing can be played; a recording that was cut off lacks it. */
  readonly hasIndex: boolean
  /** A QuickTime reference movie, or a track whose data lies in another file or at an address. */
  readonly pointsElsewhere: boolean
}

interface Box {
  readonly type: string
  readonly body: number
  readonly end: number
}

/** More boxes on one level than any recording has; the walk ends there. */
const MAX_BOXES = 200_000
/** Data references are a few dozen bytes; a longer table is cut. */
const MAX_DREF_BYTES = 65_536
/** The way from the index to the data references of a track. */
const TO_DREF = ['trak', 'mdia', 'minf', 'dinf', 'dref']

/** Walks the boxes of an ISO base media file (ISO/IEC 14496-12) down to its data references. */
export async function inspectIsobmff(read: ReadAt, sizeBytes: number): Promise<IsobmffFacts> {
  for await (const box of walk(read, 0, sizeBytes)) {
    if (box.type !== 'moov' || box.end > sizeBytes) continue
    return { hasIndex: true, pointsElsewhere: await hasOutsideReference(read, box, ['rmra'], TO_DREF) }
  }
  return { hasIndex: false, pointsElsewhere: false }
}

/** True where the box holds one of `forbidden`, or follows `path` down to a data reference that is not "this file". */
async function hasOutsideReference(
  read: ReadAt,
  box: Box,
  forbidden: readonly string[],
  path: readonly string[],
): Promise<boolean> {
  const [next, ...rest] = path
  if (next === undefined) return isOutside(await read(box.body, Math.min(box.end - box.body, MAX_DREF_BYTES)))
  for await (const child of walk(read, box.body, box.end)) {
    if (forbidden.includes(child.type)) return true
    if (child.type === next && (await hasOutsideReference(read, child, [], rest))) return true
  }
  return false
}

/** Entries of a `dref` box: flag 1 means "this file"; without it, what follows the flags says where the data is. */
function isOutside(dref: Buffer): boolean {
  for (let at = 8; at + 12 <= dref.length; ) {
    const size = dref.readUInt32BE(at)
    const self = (dref.readUInt32BE(at + 8) & 1) === 1
    if (!self && size > 12) return true
    if (size < 12) return false
    at += size
  }
  return false
}

async function* walk(read: ReadAt, from: number, to: number): AsyncGenerator<Box> {
  let start = from
  for (let count = 0; start + 8 <= to && count < MAX_BOXES; count++) {
    const header = await read(start, 16)
    if (header.length < 8) return
    const short = header.readUInt32BE(0)
    if (short === 1 && header.length < 16) return
    const size = short === 1 ? Number(header.readBigUInt64BE(8)) : short === 0 ? to - start : short
    const headerBytes = short === 1 ? 16 : 8
    if (size < headerBytes) return
    yield { type: header.toString('latin1', 4, 8), body: start + headerBytes, end: start + size }
    start += size
  }
}
