import { type Cue, CutroomError, type OnProgress, type Word } from '@cutroom/contracts'
import { toFloat } from './pcm.ts'
import { decodeSpoken, encodeSpoken, type PhraseCache, phraseRecipe } from './phrase-cache.ts'
import { type Pause, type Phrase, splitPhrases } from './phrases.ts'
import { type SpokenAudio, speechFailed } from './provider.ts'
import { checkedScript, countCharacters } from './text.ts'
import { type TrimmedSpeech, trimSpeech } from './trim.ts'
import type { ResolvedVoice } from './voices.ts'
import { placeWordsInVoice } from './word-times.ts'

/**
 * The rhythm: silence between the last sound of a phrase and the first of the next, seconds. A reader breathes at
 * a full stop for about twice as long as at a comma; short videos want both brief.
 */
export const PAUSE_SECONDS: Readonly<Record<Pause, number>> = {
  none: 0.04,
  clause: 0.16,
  sentence: 0.3,
  paragraph: 0.5,
}

/** Of how scripts are parted, trimmed and joined; part of a voiceover's recipe. Rises when the same phrases give another sound. */
export const VOICEOVER_VERSION = 1

export interface VoiceoverRequest {
  readonly script: string
  readonly voice: ResolvedVoice
  /** BCP 47; by default the first language of the voice. */
  readonly language?: string
}

interface VoiceoverOptions {
  readonly cache?: PhraseCache
  readonly signal?: AbortSignal
  readonly onProgress?: OnProgress
}

export interface Voiceover {
  /** One channel, −1 to 1. */
  readonly pcm: Float32Array
  /** Hertz. */
  readonly sampleRate: number
  readonly durationSeconds: number
  /** One per phrase: from its first sound to its last, with its words. */
  readonly cues: readonly Cue[]
  /** What was asked of the provider now; phrases out of the cache are not in it. */
  readonly bought: Purchase
}

/** Speech that was bought, or would have to be. */
export interface Purchase {
  readonly characters: number
  readonly cost: number
  readonly currency: 'USD'
}

/** What is asked of the voice, in order. Throws `script-empty`, `script-too-long`. */
export function phrasesOf(request: VoiceoverRequest): {
  readonly phrases: readonly Phrase[]
  readonly language: string
} {
  const { provider, voice } = request.voice
  const { limits } = provider.capabilities
  const language = request.language ?? voice.languages[0] ?? 'und'
  const script = checkedScript(request.script, limits.charactersPerScript)
  return { phrases: splitPhrases(script, language, limits.charactersPerRequest), language }
}

/**
 * Speaks a script phrase by phrase, trims each and joins them in its rhythm, so that the cues' times come from
 * measured audio. Phrases that the cache holds are not asked for again. Nothing is retried here: a failed voiceover
 * is started again with the same cache and goes on where it stopped.
 * @throws CutroomError `script-empty`, `script-too-long`, `cancelled`, and what the provider throws.
 */
export async function makeVoiceover(
  request: VoiceoverRequest,
  options: VoiceoverOptions = {},
): Promise<Voiceover> {
  const { provider, voice } = request.voice
  const { price, limits } = provider.capabilities
  const { phrases, language } = phrasesOf(request)
  const engine = await provider.engine()
  const track = progressOf(phrases, options.onProgress)
  let characters = 0

  const speak = async (text: string, signal: AbortSignal): Promise<SpokenText> => {
    const recipe = phraseRecipe(request.voice, engine, language, text)
    const kept = await options.cache?.get(recipe)
    if (kept) return withoutSilence(provider.name, text, decodeSpoken(kept))
    const audio = await provider.speak({ voiceId: voice.id, language, text, signal })
    characters += countCharacters(text)
    const spoken = withoutSilence(provider.name, text, audio)
    await options.cache?.put(recipe, encodeSpoken(audio))
    return spoken
  }
  // “Go! Go! Go!” is asked for once.
  const asked = new Map<string, Promise<SpokenText>>()
  const spoken = await mapInOrder(phrases, limits.requestsAtOnce, options.signal, async (phrase, signal) => {
    const answer = asked.get(phrase.spoken) ?? speak(phrase.spoken, signal)
    asked.set(phrase.spoken, answer)
    const { audio, trimmed } = await answer
    track(phrase, audio)
    return { phrase, audio, trimmed }
  })
  const bought = { characters, cost: characters * price.perCharacter, currency: price.currency }
  return { ...assemble(provider.name, spoken), bought }
}

interface SpokenText {
  readonly audio: SpokenAudio
  readonly trimmed: TrimmedSpeech
}

/** @throws CutroomError `speech-failed` where the provider delivered nothing but silence. */
function withoutSilence(provider: string, text: string, audio: SpokenAudio): SpokenText {
  const trimmed = trimSpeech(toFloat(audio.samples), audio.sampleRate)
  if (trimmed !== null) return { audio, trimmed }
  throw speechFailed(provider, `it returned silence for “${text}”`, { retryable: true })
}

interface SpokenPhrase extends SpokenText {
  readonly phrase: Phrase
}

/** The phrases one after the other, in their rhythm. */
function assemble(provider: string, spoken: readonly SpokenPhrase[]): Omit<Voiceover, 'bought'> {
  const sampleRate = spoken[0]?.audio.sampleRate ?? 0
  if (spoken.some(({ audio }) => audio.sampleRate !== sampleRate)) {
    throw speechFailed(provider, 'the sample rate changed between phrases', { retryable: false })
  }
  let voiceEnd = 0
  let pause = 0
  const placed = spoken.map(({ phrase, audio, trimmed }, i) => {
    const offset = i === 0 ? 0 : voiceEnd + pause - (trimmed.voice[0]?.start ?? 0)
    const start = Math.round(offset * sampleRate)
    const cue = cueOf(phrase.text, audio.words, trimmed, start / sampleRate)
    voiceEnd = cue.end
    pause = PAUSE_SECONDS[phrase.pause]
    return { start, pcm: trimmed.pcm, cue }
  })
  const pcm = new Float32Array(Math.max(0, ...placed.map((part) => part.start + part.pcm.length)))
  for (const part of placed) {
    // Edges may lie over each other where a pause is shorter than two of them; they hold no voice.
    part.pcm.forEach((sample, i) => {
      pcm[part.start + i] = (pcm[part.start + i] ?? 0) + sample
    })
  }
  return { pcm, sampleRate, durationSeconds: pcm.length / sampleRate, cues: placed.map((part) => part.cue) }
}

function cueOf(text: string, timed: readonly Word[] | null, trimmed: TrimmedSpeech, offset: number): Cue {
  const voice = trimmed.voice.map((span) => ({ start: offset + span.start, end: offset + span.end }))
  const start = voice[0]?.start ?? 0
  const end = voice.at(-1)?.end ?? 0
  const inside = (seconds: number): number =>
    Math.min(end, Math.max(start, offset + trimmed.mapTime(seconds)))
  const words =
    timed?.map((word) => ({ ...word, start: inside(word.start), end: inside(word.end) })) ??
    placeWordsInVoice(text, voice)
  return { start, end, text, words }
}

/** Does `work` for every item, at most `atOnce` at a time. The first failure ends the others and is thrown. */
async function mapInOrder<T, R>(
  items: readonly T[],
  atOnce: number,
  outer: AbortSignal | undefined,
  work: (item: T, signal: AbortSignal) => Promise<R>,
): Promise<R[]> {
  const failed = new AbortController()
  const signal = outer === undefined ? failed.signal : AbortSignal.any([outer, failed.signal])
  const results: R[] = []
  const failures: unknown[] = []
  const queue = items.entries()
  const worker = async (): Promise<void> => {
    for (const [i, item] of queue) {
      if (signal.aborted) return
      try {
        results[i] = await work(item, signal)
      } catch (error) {
        failures.push(error)
        failed.abort()
      }
    }
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
  if (outer?.aborted)
    throw new CutroomError('cancelled', 'The voiceover was cancelled.', { cause: failures[0] })
  if (failures.length > 0) throw failures[0]
  return results
}

/** Counts phrases as they come in: by characters, as speech takes as long as it is. */
function progressOf(phrases: readonly Phrase[], onProgress: OnProgress | undefined) {
  const total = phrases.reduce((sum, phrase) => sum + phrase.spoken.length, 0)
  const began = performance.now()
  let done = 0
  let seconds = 0
  return (phrase: Phrase, audio: SpokenAudio): void => {
    done += phrase.spoken.length
    seconds += audio.samples.length / audio.sampleRate
    const elapsed = (performance.now() - began) / 1000
    const fraction = done / total
    onProgress?.({
      fraction,
      speed: elapsed > 0 ? seconds / elapsed : null,
      secondsLeft: (elapsed * (1 - fraction)) / fraction,
    })
  }
}
