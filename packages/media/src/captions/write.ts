import { type Cue, plainText, wordsInText } from '@cutroom/contracts'
import { looksLikeMarkup } from './markup.ts'
import { formatTime } from './time.ts'

const escapeMarkup = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/** SRT has no escapes of its own: those of HTML, which most players know, stand only where a reader would be misled. */
function srtText(text: string): string {
  if (looksLikeMarkup(text) || /-\s?>/u.test(text)) return escapeMarkup(text).replaceAll('{\\', '&#123;\\')
  return text
}

/** Cues as SubRip text: UTF-8, `\n` line ends. Word times have no place in it. */
export function writeSrt(cues: readonly Cue[]): string {
  return cues
    .map((cue, index) => {
      const times = `${formatTime(cue.start, ',')} --> ${formatTime(cue.end, ',')}`
      return `${index + 1}\n${times}\n${srtText(plainText(cue.text))}\n`
    })
    .join('\n')
}

/** Cues as WebVTT, words timed by timestamps inside the cue where their times are known. */
export function writeVtt(cues: readonly Cue[]): string {
  const blocks = cues.map(
    (cue) => `${formatTime(cue.start, '.')} --> ${formatTime(cue.end, '.')}\n${vttText(cue)}\n`,
  )
  return ['WEBVTT\n', ...blocks].join('\n')
}

/** A timestamp stands wherever a word begins, and where one ends before the next begins. */
function vttText(cue: Cue): string {
  const text = plainText(cue.text)
  const words = wordsInText(text, cue.words)
  if (words === null) return escapeMarkup(text)
  let out = ''
  let now = formatTime(cue.start, '.')
  const last = formatTime(cue.end, '.')
  const stamp = (seconds: number): string => {
    const time = formatTime(seconds, '.')
    // WebVTT wants them to rise strictly between the cue's own times.
    if (time <= now || time >= last) return ''
    now = time
    return `<${time}>`
  }
  let cursor = 0
  for (const word of words) {
    out +=
      escapeMarkup(text.slice(cursor, word.from)) +
      stamp(word.start) +
      escapeMarkup(word.text) +
      stamp(word.end)
    cursor = word.to
  }
  return out
}
