/** Reads a time as people write it: `1:02.5`, `62.5`, `0:07,25`. Seconds; `null` where it is none. */
export function parseTime(text: string): number | null {
  const match = /^(?:(\d{1,3}):)?(\d{1,4}(?:[.,]\d*)?)$/u.exec(text.trim())
  if (match === null) return null
  const [, minutes = '0', seconds = ''] = match
  const rest = Number(seconds.replace(',', '.'))
  if (match[1] !== undefined && rest >= 60) return null
  return Number(minutes) * 60 + rest
}
