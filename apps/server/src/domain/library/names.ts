/** Longest name of a source, UTF-16 units. */
const MOST = 255

/**
 * The name of an uploaded file as it is kept for people: whatever a browser sent, without control characters and broken surrogates,
 * shortened in the middle so that its extension stays. It never becomes part of a path.
 */
export function cleanName(input: string | null | undefined): string {
  const name = (input ?? '')
    .toWellFormed()
    .normalize('NFC')
    .replaceAll(/\p{Cc}/gu, ' ')
    .trim()
  if (name === '') return 'upload'
  if (name.length <= MOST) return name
  const ending = /\.[A-Za-z0-9]{1,10}$/.exec(name)?.[0] ?? ''
  return name.slice(0, MOST - ending.length).toWellFormed() + ending
}
