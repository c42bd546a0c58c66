import { CutroomError } from '@cutroom/contracts'
import type { SpeechProvider, Voice } from './provider.ts'

/** A voice together with who speaks with it. */
export interface ResolvedVoice {
  readonly provider: SpeechProvider
  readonly voice: Voice
}

/** How people and recipes write a voice: `espeak:en-us`. */
export const fullVoiceId = ({ provider, voice }: ResolvedVoice): string => `${provider.id}:${voice.id}`

/** Every voice of the providers. */
export async function listVoices(providers: readonly SpeechProvider[]): Promise<ResolvedVoice[]> {
  const lists = await Promise.all(
    providers.map(async (provider) => (await provider.voices()).map((voice) => ({ provider, voice }))),
  )
  return lists.flat()
}

/**
 * The voice of a full id such as `espeak:en-us`; upper and lower case are the same.
 * @throws CutroomError `voice-unknown`, naming voices that are written alike.
 */
export async function resolveVoice(id: string, providers: readonly SpeechProvider[]): Promise<ResolvedVoice> {
  const wanted = id.trim().toLowerCase()
  const prefix = wanted.split(':')[0]
  const asked = providers.filter((provider) => provider.id === prefix)
  // Only the named provider is asked, so that another's outage does not matter.
  const voices = await listVoices(asked.length > 0 ? asked : providers)
  const found = voices.find((voice) => fullVoiceId(voice).toLowerCase() === wanted)
  if (found !== undefined) return found
  const near = nearest(wanted, voices.map(fullVoiceId))
  throw new CutroomError('voice-unknown', `There is no voice “${id}”; did you mean ${near.join(', ')}?`, {
    field: 'voice',
    details: { value: id, near },
  })
}

/** The three ids that share most with what was asked for: those that contain it or begin alike, then by edits. */
function nearest(wanted: string, ids: readonly string[]): string[] {
  const name = (id: string): string => id.toLowerCase().replace(/^[^:]*:/, '')
  const asked = name(wanted)
  const language = (id: string): string => name(id).split(/[-_]/)[0] ?? ''
  const score = (id: string): number =>
    editDistance(asked, name(id)) - (language(id) === language(asked) ? 10 : 0)
  return ids.toSorted((a, b) => score(a) - score(b)).slice(0, 3)
}

/** Levenshtein's distance. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 0; i < a.length; i += 1) {
    const next = [i + 1]
    for (let j = 0; j < b.length; j += 1) {
      const replace = (row[j] ?? 0) + (a[i] === b[j] ? 0 : 1)
      next.push(Math.min(replace, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1))
    }
    row = next
  }
  return row[b.length] ?? 0
}
