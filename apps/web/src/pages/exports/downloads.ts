import type { Studio } from '../../app/studio.tsx'

/** The server puts so many files into one archive. */
const MOST_ARCHIVED = 200

export const exportFileUrl = (file: Studio['file'], id: string): string => file(`/exports/${id}/file`)

/** Where a zip of exports is downloaded, at most `MOST_ARCHIVED`. */
export const archiveUrl = (file: Studio['file'], ids: readonly string[]): string =>
  [file('/exports/archive'), ...ids.map((id) => `id=${encodeURIComponent(id)}`)].join('&')

/** Exports as the zips that they fit into, as even as can be. */
export function partsOf(ids: readonly string[]): string[][] {
  const count = Math.ceil(ids.length / MOST_ARCHIVED)
  const length = Math.ceil(ids.length / count)
  return Array.from({ length: count }, (_, part) => ids.slice(part * length, (part + 1) * length))
}
