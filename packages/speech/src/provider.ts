import { CutroomError, type Word } from '@cutroom/contracts'

/** What a provider can do and what it asks for it. */
export interface Capabilities {
  /** Whether `speak` says when each word is spoken; if not, words are placed by their length. */
  readonly wordTiming: boolean
  readonly price: {
    /** Per Unicode character of the spoken text; 0 where speech is free. */
    readonly perCharacter: number
    /** ISO 4217. Budgets are kept in US dollars, so prices are, too. */
    readonly currency: 'USD'
  }
  readonly limits: {
    /** Most characters of one request. */
    readonly charactersPerRequest: number
    /** Most characters of a whole script. */
    readonly charactersPerScript: number
    /** Most requests at once. */
    readonly requestsAtOnce: number
  }
}

export interface Voice {
  /** The provider's own name of it, without the provider: `en-us`. */
  readonly id: string
  /** For people: `English (America)`. */
  readonly name: string
  /** BCP 47 tags of what it speaks, the best first; never empty. */
  readonly languages: readonly string[]
  readonly gender: 'female' | 'male' | 'neutral' | null
}

/** What besides voice and text decides the sound; part of every recipe. */
export interface Engine {
  readonly version: string
  readonly settings: Readonly<Record<string, string | number | boolean>>
}

export interface SpeakRequest {
  readonly voiceId: string
  /** BCP 47, for voices that speak several languages. */
  readonly language: string
  /** Plain text without markup, at most `charactersPerRequest` long. */
  readonly text: string
  readonly signal: AbortSignal
}

/** Speech as a provider returns it: one channel, 16 bits. */
export interface SpokenAudio {
  readonly samples: Int16Array
  /** Hertz; a voice always answers with the same. */
  readonly sampleRate: number
  /** When each word is spoken, seconds of `samples`; `null` without word timing. */
  readonly words: readonly Word[] | null
}

/**
 * A source of speech: a program on this machine or a service. Failures are `CutroomError`s: `tool-missing`,
 * `tool-timeout`, `cancelled`, or what `speechFailed` makes.
 */
export interface SpeechProvider {
  /** First part of its voices' full ids, e.g. `espeak`. */
  readonly id: string
  readonly name: string
  readonly capabilities: Capabilities
  voices(): Promise<readonly Voice[]>
  engine(): Promise<Engine>
  speak(request: SpeakRequest): Promise<SpokenAudio>
}

/**
 * The failure of a provider to speak, with the provider's own reason. `details.retryable` says whether the same
 * request may succeed later (rate limit, outage) or never will (refused text, no credit).
 */
export function speechFailed(
  provider: string,
  reason: string,
  { retryable, cause, toolOutput }: { retryable: boolean; cause?: unknown; toolOutput?: string },
): CutroomError {
  return new CutroomError('speech-failed', `${provider} did not deliver speech: ${reason}`, {
    cause,
    details: { provider, reason, retryable },
    ...(toolOutput === undefined ? {} : { toolOutput }),
  })
}
