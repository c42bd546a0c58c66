import { CutroomError } from '@cutroom/contracts'

/** An emoji with its skin tones, joiners and flags. Alone ©, ® and ™ count too: nobody wants them read out. */
const EMOJI =
  /\p{RI}\p{RI}|\p{Extended_Pictographic}(?:\p{EMod}|[\uFE0E\uFE0F\u20E3]|\u200D\p{Extended_Pictographic}|[\u{E0020}-\u{E007F}])*|[\uFE0E\uFE0F\u20E3]/gu
/** Control characters but the line feed: providers take some of them as commands. */
const CONTROL = /[^\P{Cc}\n]/gu
const SPOKEN = /[\p{L}\p{N}]/u
/** The same mark more than three times in a row: a ruler, not speech. */
const RULER = /([^\p{L}\p{N}\s])\1{3,}/gu

/** The script in one spelling: composed, line feeds only, no control characters, no half characters. */
function normaliseScript(script: string): string {
  return script
    .toWellFormed()
    .normalize('NFC')
    .replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
    .replace(/[\t\v\f]/g, ' ')
    .replace(/\uFEFF/g, '')
    .replace(CONTROL, '')
    .trim()
}

/** What is said of a displayed text: everything but emoji and rulers. Empty where nothing is left that can be said. */
export function spokenText(text: string): string {
  const spoken = text
    .replace(EMOJI, ' ')
    .replace(RULER, '$1$1$1')
    .replace(/\s+(?=[.,!?;:…])/gu, '')
    .replace(/\s+/gu, ' ')
    .trim()
  return isSpoken(spoken) ? spoken : ''
}

/** Whether a text holds a letter or a digit outside of emoji. */
export const isSpoken = (text: string): boolean => SPOKEN.test(text.replace(EMOJI, ' '))

/**
 * The script, normalised, if it can be said at all.
 * @throws CutroomError `script-empty`, `script-too-long`; `limit` counts Unicode characters (code points).
 */
export function checkedScript(script: string, limit: number): string {
  const text = normaliseScript(script)
  if (!isSpoken(text))
    throw new CutroomError('script-empty', 'The script has no words to say.', { field: 'script' })
  const value = countCharacters(text)
  if (value > limit) {
    throw new CutroomError(
      'script-too-long',
      `The script has ${value} characters; at most ${limit} are allowed.`,
      { field: 'script', details: { limit, value } },
    )
  }
  return text
}

/** Unicode characters (code points), as providers count and bill them. */
export const countCharacters = (text: string): number => Array.from(text).length
