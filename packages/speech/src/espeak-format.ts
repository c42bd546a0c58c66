import type { Voice } from './provider.ts'

/**
 * How it speaks: a little slower than the program's own 175 words per minute and a little lower than its pitch 50,
 * which sounds less pressed; 10 ms between words keep them apart.
 */
export const ESPEAK_SETTINGS = { wordsPerMinute: 165, pitch: 45, wordGap: 1 } as const

/** The command line for a voice; the text comes through stdin, so that none of it can be an option. */
export const speakArgs = (voiceId: string): string[] => [
  `-v${voiceId}`,
  '-b1',
  `-s${ESPEAK_SETTINGS.wordsPerMinute}`,
  `-p${ESPEAK_SETTINGS.pitch}`,
  `-g${ESPEAK_SETTINGS.wordGap}`,
  '--stdin',
  '--stdout',
]

/** The text with what espeak-ng would take for phoneme codes (`[[…]]`) made plain; it reads brackets as nothing. */
export const plainText = (text: string): string => text.replace(/[[\]]/g, ' ')

/**
 * The voices in the table of `espeak-ng --voices`: priority, language, age/gender, name, file, other languages.
 * A language that is listed twice is spoken by the first; one with capitals (Cherokee) is listed but never found by
 * espeak-ng 1.51, so it is left out.
 */
export function parseVoices(table: string): Voice[] {
  const voices = new Map<string, Voice>()
  for (const line of table.split('\n').slice(1)) {
    const [, id, gender, name, others] =
      /^\s*\d+\s+([a-z0-9-]+)\s+\S+?\/([MF-])\s+(\S+)\s+\S+\s*(.*)$/u.exec(line) ?? []
    if (id === undefined || name === undefined || voices.has(id)) continue
    const spoken = Array.from((others ?? '').matchAll(/\((\S+) \d+\)/gu), (match) => match[1] ?? '')
    voices.set(id, {
      id,
      name: name.replaceAll('_', ' ').trim(),
      languages: [id, ...spoken],
      gender: gender === 'F' ? 'female' : gender === 'M' ? 'male' : null,
    })
  }
  return Array.from(voices.values())
}
