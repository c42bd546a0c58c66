/** A time as captions write it, hours optional, comma or dot, with the slips that people and programs make. */
export const TIME = /(?:\d{1,3}\s?:\s?)?\d{1,2}\s?:\s?\d{1,2}(?:\s?[.,]\s?\d{1,9})?/u

/** Seconds of a time that matches `TIME`; `null` where minutes or seconds are above 59. */
export function parseTime(time: string): number | null {
  const [seconds = '', minutes = '', hours = '0'] = time
    .replace(/\s/gu, '')
    .replace(',', '.')
    .split(':')
    .reverse()
  if (Number(seconds) >= 60 || Number(minutes) >= 60) return null
  return Math.round((Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000) / 1000
}

/** `01:02:03.004`, with the separator that the format wants before the milliseconds. */
export function formatTime(seconds: number, separator: ',' | '.'): string {
  const ms = Math.round(seconds * 1000)
  const pad = (value: number, digits: number) => String(Math.floor(value)).padStart(digits, '0')
  return `${pad(ms / 3_600_000, 2)}:${pad((ms / 60_000) % 60, 2)}:${pad((ms / 1000) % 60, 2)}${separator}${pad(ms % 1000, 3)}`
}
