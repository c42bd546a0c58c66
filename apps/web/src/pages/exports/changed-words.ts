import type { Export } from '../../data/exports.ts'

type Part = Export['changed'][number]

/** What may have changed since an export, as people call it; `null` for what nobody sees or hears. */
const WORDS: Readonly<Record<Part, string | null>> = {
  timeline: 'the cuts',
  captions: 'the captions',
  style: 'the caption style',
  voice: 'the script or its voice',
  sound: 'the sound',
  preset: 'the preset',
  engine: null,
  clip: null,
}

/** What has changed since an export was made, in a sentence: `The cuts and the captions have changed since.` Empty where nothing has. */
export function changedWords(
  { changed, presetId }: Pick<Export, 'changed' | 'presetId'>,
  presets?: readonly { readonly id: string }[],
): string {
  if (changed.includes('clip')) return 'Its clip was deleted since.'
  if (isPresetGone({ changed, presetId }, presets)) return 'Its preset was deleted since.'
  const words = changed.flatMap((part) => WORDS[part] ?? [])
  const last = words.pop()
  if (last === undefined) return ''
  const all = words.length === 0 ? last : `${words.join(', ')} and ${last}`
  const isMany = words.length > 0 || last === WORDS.captions || last === WORDS.timeline
  return `${all[0]?.toUpperCase()}${all.slice(1)} ${isMany ? 'have' : 'has'} changed since.`
}

const isPresetGone = (
  { presetId }: Pick<Export, 'changed' | 'presetId'>,
  presets?: readonly { readonly id: string }[],
) => presets?.every(({ id }) => id !== presetId) === true

/** Whether the same can be made anew: clip and preset are still there. */
export const canExportAgain = (
  made: Pick<Export, 'changed' | 'presetId'>,
  presets?: readonly { readonly id: string }[],
): boolean => !made.changed.includes('clip') && !isPresetGone(made, presets)
