import type { SpeakRequest, SpeechProvider, SpokenAudio } from './provider.ts'

export const RATE = 16_000
/** 0.2 s of silence, a tone of 0.1 s per letter, 0.5 s of silence. */
export function tone(text: string): SpokenAudio {
  const voiced = text.match(/\p{L}/gu)?.length ?? 0
  const samples = new Int16Array((0.7 + voiced / 10) * RATE)
  for (let i = 0.2 * RATE; i < Math.round((0.2 + voiced / 10) * RATE) - 1; i += 1)
    samples[i] = 9000 * Math.sin((i * Math.PI) / 8)
  return { samples, sampleRate: RATE, words: null }
}

type Speak = (request: SpeakRequest) => Promise<SpokenAudio>
export const sayTone: Speak = async ({ text }) => tone(text)

export const voice = { id: 'tone', name: 'Tone', languages: ['en'], gender: null }
/** A provider of one voice, whose price and limits are small enough to meet. */
export const toneProvider = (speak: Speak = sayTone): SpeechProvider => ({
  id: 'tones',
  name: 'Tones',
  capabilities: {
    wordTiming: false,
    price: { perCharacter: 0.01, currency: 'USD' },
    limits: { charactersPerRequest: 100, charactersPerScript: 200, requestsAtOnce: 2 },
  },
  voices: async () => [voice],
  engine: async () => ({ version: '1', settings: { speed: 1 } }),
  speak,
})
