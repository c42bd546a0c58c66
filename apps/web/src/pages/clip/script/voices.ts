import type { Voice } from '../../../data/voices.ts'

const names = new Intl.DisplayNames('en', { type: 'language', fallback: 'code' })

/** A language and its country as people call them: `British English`. What nobody has a name for stays as it is. */
export function languageName(tag: string): string {
  const country = tag.split('-').find((part, index) => index > 0 && /^[a-z]{2}$/iu.test(part))
  try {
    return names.of(country === undefined ? baseOf(tag) : `${baseOf(tag)}-${country}`) ?? tag
  } catch {
    return tag
  }
}

/** The first part of a tag: `en` of `en-GB`. */
const baseOf = (tag: string): string => tag.split('-')[0] ?? tag

/** The languages that voices speak, without their countries, by name. */
export function languagesOf(voices: readonly Voice[]): { readonly value: string; readonly label: string }[] {
  const bases = new Set(voices.flatMap(({ languages }) => languages.slice(0, 1).map(baseOf)))
  return Array.from(bases, (value) => ({ value, label: languageName(value) })).sort((a, b) =>
    a.label.localeCompare(b.label, 'en'),
  )
}

/** What a voice is beside its name: `British English · female · espeak`. */
export const aboutVoice = ({ languages, gender, provider }: Voice): string =>
  [...languages.slice(0, 1).map(languageName), gender, provider].filter(Boolean).join(' · ')

interface Wanted {
  /** Words, each of which is to be found in the name or in what is known of a voice. */
  readonly words: string
  /** As `languagesOf` gives it; `null` for all. */
  readonly language: string | null
}

/** The voices that are wanted, by name. */
export function findVoices(voices: readonly Voice[], { words, language }: Wanted): Voice[] {
  const parts = words.toLowerCase().split(/\s+/u).filter(Boolean)
  return voices
    .filter(({ languages }) => language === null || languages.some((tag) => baseOf(tag) === language))
    .filter((voice) => {
      const text = `${voice.name} ${voice.id} ${aboutVoice(voice)}`.toLowerCase()
      return parts.every((part) => text.includes(part))
    })
    .toSorted((a, b) => a.name.localeCompare(b.name, 'en'))
}

/** The language that a picker opens with: that of the voice that is chosen, or all. */
export function languageOf(voices: readonly Voice[], id: string): string | null {
  const tag = voices.find((voice) => voice.id === id)?.languages[0]
  return tag === undefined ? null : baseOf(tag)
}
