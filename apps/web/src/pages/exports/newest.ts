import type { Export } from '../../data/exports.ts'

/** Those of a list, newest first, of which a newer one of the same clip and preset stands before them. */
export function replacedIn(
  exports: readonly Pick<Export, 'id' | 'clipId' | 'presetId'>[],
): ReadonlySet<string> {
  const seen = new Set<string>()
  const replaced = new Set<string>()
  for (const { id, clipId, presetId } of exports) {
    const pair = `${clipId} ${presetId}`
    if (seen.has(pair)) replaced.add(id)
    seen.add(pair)
  }
  return replaced
}
