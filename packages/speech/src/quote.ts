import { wordSpans } from '@cutroom/contracts'
import { toFloat } from './pcm.ts'
import { decodeSpoken, type PhraseCache, phraseRecipe } from './phrase-cache.ts'
import type { Phrase } from './phrases.ts'
import { countCharacters } from './text.ts'
import { EDGE_SECONDS, trimSpeech } from './trim.ts'
import { PAUSE_SECONDS, type Purchase, phrasesOf, type VoiceoverRequest } from './voiceover.ts'

/** What speaking a script would cost now, and how long it would take. */
export interface Quote extends Purchase {
  /** Characters of phrases that the cache holds: they cost nothing again. Each phrase counts once, however often it is said. */
  readonly keptCharacters: number
  /** Words of the script. */
  readonly words: number
  /**
   * Length of the voiceover: measured for phrases that the cache holds, estimated for the others from their characters, at the pace of
   * those that were measured or else of common voices. Digits and Chinese characters take longer than letters.
   */
  readonly seconds: number
}

/**
 * What speaking a script would cost now: phrases that the cache holds cost nothing. Nothing is bought.
 * @throws CutroomError `script-empty`, `script-too-long`.
 */
export async function quoteVoiceover(
  request: VoiceoverRequest,
  cache?: Pick<PhraseCache, 'get'>,
): Promise<Quote> {
  const { phrases, language } = phrasesOf(request)
  const { price } = request.voice.provider.capabilities
  const engine = await request.voice.provider.engine()
  /** Seconds of each phrase that is kept. */
  const kept = new Map<string, number>()
  let characters = 0
  let keptCharacters = 0
  for (const text of new Set(phrases.map(({ spoken }) => spoken))) {
    const bytes = await cache?.get(phraseRecipe(request.voice, engine, language, text))
    if (!bytes) {
      characters += countCharacters(text)
      continue
    }
    keptCharacters += countCharacters(text)
    kept.set(text, voiceSeconds(bytes))
  }
  const words = phrases.reduce((sum, { text }) => sum + wordSpans(text).length, 0)
  const cost = characters * price.perCharacter
  return {
    ...{ characters, keptCharacters, cost, currency: price.currency },
    ...{ words, seconds: estimateSeconds(phrases, kept) },
  }
}

/** From the first sound of a kept phrase to its last. */
function voiceSeconds(bytes: Uint8Array): number {
  const { samples, sampleRate } = decodeSpoken(bytes)
  const voice = trimSpeech(toFloat(samples), sampleRate)?.voice ?? []
  return (voice.at(-1)?.end ?? 0) - (voice[0]?.start ?? 0)
}

/** How long characters take on average, seconds: measured on espeak-ng's voices. A digit stands for a word. */
const CHARACTER_SECONDS: readonly (readonly [RegExp, number])[] = [
  [/\p{N}/u, 0.4],
  [/\p{sc=Han}/u, 0.28],
  [/\p{sc=Hangul}/u, 0.15],
  [/[\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}]/u, 0.12],
  [/\p{sc=Arabic}/u, 0.09],
  [/./su, 0.06],
]

/** Length of phrases in their rhythm. `measured`: seconds of those that were spoken before, by their spoken text. Pure. */
export function estimateSeconds(
  phrases: readonly Pick<Phrase, 'spoken' | 'pause'>[],
  measured: ReadonlyMap<string, number>,
): number {
  const guess = (text: string): number =>
    Array.from(text).reduce(
      (sum, character) => sum + (CHARACTER_SECONDS.find(([kind]) => kind.test(character))?.[1] ?? 0),
      0,
    )
  const known = [...measured]
  const pace =
    known.length === 0
      ? 1
      : known.reduce((sum, [, seconds]) => sum + seconds, 0) /
        known.reduce((sum, [text]) => sum + guess(text), 0)
  const voices = phrases.map(({ spoken }) => measured.get(spoken) ?? guess(spoken) * pace)
  const pauses = phrases.slice(0, -1).map(({ pause }) => PAUSE_SECONDS[pause])
  return [...voices, ...pauses].reduce((sum, seconds) => sum + seconds, 2 * EDGE_SECONDS)
}
