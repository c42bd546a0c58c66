import type { Studio } from '../../app/studio.tsx'

/** The server puts so many files into one archive. */
export const MOST_ARCHIVED = 200

export const exportFileUrl = (file: Studio['file'], id: string): string => file(`/exports/${id}/file`)

/** Where a zip of exports is downloaded, at most `MOST_ARCHIVED`. */
export const archiveUrl = (file: Studio['file'], ids: readonly string[]): string =>
  [file('/exports/archive'), ...ids.map((id) => `id=${encodeURIComponent(id)}`)].join('&')
