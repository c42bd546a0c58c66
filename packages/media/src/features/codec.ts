import { gunzipSync, gzipSync } from 'node:zlib'
import { CutroomError } from '@cutroom/contracts'
import type { Features } from './features.ts'

/**
 * The file of a source's features: gzip (which brings the check sum) around
 * `"CRFT" version:u16 hasAudio:u16 samples:u32 cuts:u32 duration:f64`, then one array after the other, all little-endian.
 * An hour is 756 KB before gzip and 300 to 750 KB after it. Version 1 ends before speech: it is read as one in which nobody speaks.
 */
const MAGIC = 'CRFT'
const VERSION = 2
const WITHOUT_SPEECH = 1
const HEADER_BYTES = 24
/** Ten times the longest source that is let in; more is no features file. */
const MAX_BYTES = 128 * 2 ** 20

/** Series between 0 and 1 and the numbers of steps that they are kept in, in the order of the file. */
const UNIT_SERIES = [
  ['motion', 65_535],
  ['brightness', 65_535],
  ['contrast', 65_535],
  ['sharpness', 65_535],
  ['focusX', 255],
  ['focusY', 255],
] as const
/** Loudness from -100 to 0 dBFS in steps of 1/500 dB. */
const LOUDNESS_FLOOR = -100
const LOUDNESS_STEPS = 500
/** Speech comes last. */
const SPEECH_STEPS = 255

const bytesPerStep = (steps: number): 1 | 2 => (steps > 255 ? 2 : 1)
const SAMPLE_BYTES = UNIT_SERIES.reduce((sum, [, steps]) => sum + bytesPerStep(steps), 0) + 2 + 8

/** Features as bytes; values are rounded to steps of 1/65535 (focus and speech: 1/255, loudness: 1/500 dB). */
export function encodeFeatures(features: Features): Uint8Array {
  const samples = features.motion.length
  const { hardCuts } = features
  const bytes = Buffer.alloc(HEADER_BYTES + samples * (SAMPLE_BYTES + 1) + hardCuts.length * 8)
  bytes.write(MAGIC, 0, 'latin1')
  bytes.writeUInt16LE(VERSION, 4)
  bytes.writeUInt16LE(features.hasAudio ? 1 : 0, 6)
  bytes.writeUInt32LE(samples, 8)
  bytes.writeUInt32LE(hardCuts.length, 12)
  bytes.writeDoubleLE(features.durationSeconds, 16)
  let at = HEADER_BYTES
  for (const [name, steps] of UNIT_SERIES) {
    for (const value of features[name])
      at = bytes.writeUIntLE(quantise(value, steps), at, bytesPerStep(steps))
  }
  for (const level of features.loudness) {
    at = bytes.writeUInt16LE(quantise((level - LOUDNESS_FLOOR) / 100, LOUDNESS_STEPS * 100), at)
  }
  for (const hash of features.hash) at = bytes.writeBigUInt64LE(hash, at)
  for (const cut of hardCuts) at = bytes.writeDoubleLE(cut, at)
  for (const value of features.speech) at = bytes.writeUInt8(quantise(value, SPEECH_STEPS), at)
  return gzipSync(bytes)
}

const quantise = (value: number, steps: number): number => Math.round(Math.min(1, Math.max(0, value)) * steps)

/** The inverse of `encodeFeatures`. Throws `features-unreadable` for another version, cut-off or changed bytes. */
export function decodeFeatures(file: Uint8Array): Features {
  const bytes = unpack(file)
  if (bytes.length < HEADER_BYTES || bytes.toString('latin1', 0, 4) !== MAGIC) {
    throw unreadable('it is not a features file')
  }
  const version = bytes.readUInt16LE(4)
  if (version !== VERSION && version !== WITHOUT_SPEECH) {
    throw unreadable(`it is of version ${version}, and only those up to ${VERSION} are known`)
  }
  const sampleBytes = SAMPLE_BYTES + (version === WITHOUT_SPEECH ? 0 : 1)
  const samples = bytes.readUInt32LE(8)
  const cuts = bytes.readUInt32LE(12)
  if (bytes.length !== HEADER_BYTES + samples * sampleBytes + cuts * 8)
    throw unreadable('its length is wrong')
  let at = HEADER_BYTES
  const series = (steps: number, scale: number, offset: number): Float32Array => {
    const size = bytesPerStep(steps)
    const from = at
    at += samples * size
    return Float32Array.from(
      { length: samples },
      (_, sample) => (bytes.readUIntLE(from + sample * size, size) / steps) * scale + offset,
    )
  }
  const units = Object.fromEntries(UNIT_SERIES.map(([name, steps]) => [name, series(steps, 1, 0)])) as Record<
    (typeof UNIT_SERIES)[number][0],
    Float32Array
  >
  const loudness = series(LOUDNESS_STEPS * 100, 100, LOUDNESS_FLOOR)
  const hash = BigUint64Array.from({ length: samples }, (_, sample) => bytes.readBigUInt64LE(at + sample * 8))
  at += samples * 8
  const hardCuts = Float64Array.from({ length: cuts }, (_, cut) => bytes.readDoubleLE(at + cut * 8))
  at += cuts * 8
  const speech = version === WITHOUT_SPEECH ? new Float32Array(samples) : series(SPEECH_STEPS, 1, 0)
  return {
    durationSeconds: bytes.readDoubleLE(16),
    ...units,
    loudness,
    hash,
    speech,
    hardCuts,
    hasAudio: bytes.readUInt16LE(6) === 1,
  }
}

function unpack(file: Uint8Array): Buffer {
  try {
    return gunzipSync(file, { maxOutputLength: MAX_BYTES })
  } catch (cause) {
    throw unreadable('it is damaged', cause)
  }
}

const unreadable = (why: string, cause?: unknown): CutroomError =>
  new CutroomError('features-unreadable', `The features of the source cannot be read: ${why}.`, { cause })
