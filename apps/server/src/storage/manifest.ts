import { lstat, readFile } from 'node:fs/promises'
import path from 'node:path'
import { ENTRY_KINDS, ifMissing } from '@cutroom/contracts'
import { z } from 'zod'
import { MANIFEST } from './layout.ts'
import { canonicalJson } from './recipe.ts'
import type { Entry, EntryKey } from './storage.ts'

const manifestSchema = z.object({
  version: z.literal(1),
  key: z.object({ profileId: z.string(), kind: z.enum(ENTRY_KINDS), hash: z.string() }),
  files: z.record(z.string(), z.object({ sizeBytes: z.number().int().min(0), sha256: z.string() })),
  meta: z.unknown(),
})

/** What `manifest.json` of an entry holds. Throws `internal` where its facts are not exact JSON. */
export const manifestText = (entry: Entry): string => canonicalJson({ version: 1, ...entry })

/** The entry in a folder, or `null` where there is none, it is another's, or its files are not what its manifest says. */
export async function readEntry(folder: string, key: EntryKey): Promise<Entry | null> {
  const text = await readFile(path.join(folder, MANIFEST), 'utf8').catch(ifMissing(null))
  const entry = text === null ? null : parseManifest(text)
  if (entry === null || canonicalJson(entry.key) !== canonicalJson(key)) return null
  for (const [name, { sizeBytes }] of Object.entries(entry.files)) {
    const found = await lstat(path.join(folder, name)).catch(ifMissing(null))
    if (found === null || !found.isFile() || found.size !== sizeBytes) return null
  }
  return entry
}

function parseManifest(text: string): Entry | null {
  try {
    const { key, files, meta } = manifestSchema.parse(JSON.parse(text))
    return { key, files, meta }
  } catch {
    // An unreadable manifest is a damaged entry, which is made again.
    return null
  }
}
