import { count, formatClock, formatLength } from '../../../format.ts'

interface Range {
  readonly start: number
  readonly end: number
}

/** More are not read out. */
const MOST = 20

/** Where somebody speaks, for those who do not see it: `Speech: 5 s in 2 parts, 0:00 to 0:03, 1:10 to 1:12.` */
export function speechWords(speech: readonly Range[]): string {
  if (speech.length === 0) return 'No speech was found.'
  const seconds = speech.reduce((sum, { start, end }) => sum + end - start, 0)
  const places = speech
    .slice(0, MOST)
    .map(({ start, end }) => `${formatClock(start)} to ${formatClock(end)}`)
    .join(', ')
  const more = speech.length > MOST ? ` and ${speech.length - MOST} more` : ''
  return `Speech: ${formatLength(Math.max(1, Math.round(seconds)))} in ${count(speech.length, 'part')}, ${places}${more}.`
}
