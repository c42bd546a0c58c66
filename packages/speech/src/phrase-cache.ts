import { type Word, wordSchema } from '@cutroom/contracts'
import type { Engine, SpokenAudio } from './provider.ts'
import type { ResolvedVoice } from './voices.ts'

/** Everything that decides how a phrase sounds, as canonical data: its hash names the phrase. */
export interface PhraseRecipe {
  readonly kind: 'phrase'
  /** Of the stored bytes; rises when `encodeSpoken` changes. */
  readonly format: 1
  readonly provider: string
  readonly version: string
  readonly settings: Engine['settings']
  readonly voice: string
  readonly language: string
  readonly text: string
}

/** Where spoken phrases are kept, so that none is paid for twice. `get` answers `null` where there is none. */
export interface PhraseCache {
  get(recipe: PhraseRecipe): Promise<Uint8Array | null>
  put(recipe: PhraseRecipe, bytes: Uint8Array): Promise<void>
}

export function phraseRecipe(
  { provider, voice }: ResolvedVoice,
  engine: Engine,
  language: string,
  text: string,
): PhraseRecipe {
  return {
    kind: 'phrase',
    format: 1,
    provider: provider.id,
    version: engine.version,
    settings: engine.settings,
    voice: voice.id,
    language,
    text,
  }
}

/** A spoken phrase as bytes: a line of JSON, then the samples as signed 16-bit little-endian integers. */
export function encodeSpoken({ samples, sampleRate, words }: SpokenAudio): Uint8Array {
  const header = new TextEncoder().encode(`${JSON.stringify({ sampleRate, words })}\n`)
  const bytes = new Uint8Array(header.length + samples.length * 2)
  bytes.set(header)
  const view = new DataView(bytes.buffer, header.length)
  samples.forEach((sample, i) => {
    view.setInt16(i * 2, sample, true)
  })
  return bytes
}

/** The phrase that `encodeSpoken` wrote. Throws on other bytes: a broken store is not a missing phrase. */
export function decodeSpoken(bytes: Uint8Array): SpokenAudio {
  const end = bytes.indexOf(10)
  const header: { sampleRate: number; words: Word[] | null } = JSON.parse(
    new TextDecoder().decode(bytes.subarray(0, Math.max(0, end))),
  )
  const view = new DataView(bytes.buffer, bytes.byteOffset + end + 1, bytes.byteLength - end - 1)
  const samples = Int16Array.from({ length: view.byteLength / 2 }, (_, i) => view.getInt16(i * 2, true))
  return {
    samples,
    sampleRate: header.sampleRate,
    words: header.words?.map((word) => wordSchema.parse(word)) ?? null,
  }
}
