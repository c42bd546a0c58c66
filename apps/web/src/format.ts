/** Numbers as people read them. Seconds, bytes, and millionths of a US dollar. */

const BYTE_UNITS = ['bytes', 'kB', 'MB', 'GB', 'TB'] as const

/** `1.2 GB`; decimal, as disks and platforms count. */
export function formatBytes(bytes: number): string {
  const exponent = bytes < 1 ? 0 : Math.min(BYTE_UNITS.length - 1, Math.floor(Math.log10(bytes) / 3))
  const value = bytes / 1000 ** exponent
  return `${value.toFixed(exponent > 0 && value < 99.95 ? 1 : 0)} ${BYTE_UNITS[exponent]}`
}

/** A length or a place on a clock: `0:07`, `12:30`, `1:02:03`. */
export function formatClock(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds))
  const parts = [Math.floor(whole / 60) % 60, whole % 60]
  const text = parts.map((part) => String(part).padStart(2, '0')).join(':')
  return whole >= 3600 ? `${Math.floor(whole / 3600)}:${text}` : text.replace(/^0/, '')
}

/** A place to the hundredth, for editing: `0:07.25`. */
export function formatExact(seconds: number): string {
  const hundredths = Math.max(0, Math.round(seconds * 100))
  const minutes = Math.floor(hundredths / 6000)
  const rest = (hundredths % 6000) / 100
  return `${minutes}:${rest.toFixed(2).padStart(5, '0')}`
}

/** A length that was asked for: `9 s`, `7.5 s`, `2 min 5 s`. */
export function formatLength(seconds: number): string {
  const rest = Math.round((seconds % 60) * 10) / 10
  if (seconds < 60) return `${rest} s`
  return `${Math.floor(seconds / 60)} min${rest > 0 ? ` ${rest} s` : ''}`
}

/** How long something will take: `a moment`, `40 s`, `3 min`, `1 h 20 min`. */
export function formatWait(seconds: number): string {
  if (seconds < 2) return 'a moment'
  if (seconds < 90) return `${Math.round(seconds)} s`
  const minutes = Math.round(seconds / 60)
  if (minutes < 60) return `${minutes} min`
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}

export function formatMoney(micros: number): string {
  if (micros === 0) return 'free'
  if (micros < 10_000) return 'under $0.01'
  return `$${(micros / 1_000_000).toFixed(2)}`
}

const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' })
const dates = new Intl.DateTimeFormat('en', { dateStyle: 'medium' })
const AGES = [
  ['minute', 60],
  ['hour', 3600],
  ['day', 86_400],
] as const

/** `just now`, `5 minutes ago`, `yesterday`; a date where it is longer than a week ago. */
export function formatAgo(moment: string, now = Date.now()): string {
  const seconds = (now - Date.parse(moment)) / 1000
  if (seconds < 60) return 'just now'
  if (seconds > 7 * 86_400) return dates.format(new Date(moment))
  const [unit, length] = AGES.findLast(([, length]) => seconds >= length) ?? AGES[0]
  return relative.format(-Math.floor(seconds / length), unit)
}

/** `1 clip`, `3 clips`. */
export const count = (number: number, one: string, many = `${one}s`): string =>
  `${number.toLocaleString('en')} ${number === 1 ? one : many}`

export const formatPercent = (fraction: number): string => `${Math.floor(fraction * 100)} %`
