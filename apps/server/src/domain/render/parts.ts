import type { ExportPart, Preset } from '@cutroom/contracts'
import { RENDER_VERSION } from '@cutroom/media'
import type { clips } from '../../db/schema/projects.ts'
import { recipeHash } from '../../storage/recipe.ts'
import { shownCut } from '../clips/shown-cut.ts'
import { isUnspoken, type Spoken } from './spoken.ts'

/** What of a clip's row decides its exports. */
type RenderedClip = Pick<
  typeof clips.$inferSelect,
  | 'timeline'
  | 'captions'
  | 'captionStyle'
  | 'voiceoverKind'
  | 'voiceoverHash'
  | 'musicSourceId'
  | 'sourceSound'
  | 'soundFrom'
>

/** What of a clip's row says whether an export of it is still true: it says the script, so that another script needs another one. */
export type ExportedClip = RenderedClip & Spoken

/** A hash for each part of what decides an export: told apart without planning a render or reading a file. */
type ExportParts = Readonly<Record<Exclude<ExportPart, 'clip'>, string>>

/** The parts of the export that a clip gives for a preset now. `ffmpeg` is its version. Pure. */
export function partsOf(clip: RenderedClip, preset: Preset, ffmpeg: string): ExportParts {
  const { captions, captionStyle, voiceoverKind, voiceoverHash } = clip
  const { musicSourceId, sourceSound, soundFrom } = clip
  const cues = captionStyle === null ? [] : (captions?.cues ?? [])
  return {
    timeline: recipeHash(clip.timeline.map(shownCut)),
    captions: recipeHash(cues),
    style: recipeHash(cues.length === 0 ? null : captionStyle),
    voice: recipeHash({ voiceoverKind, voiceoverHash }),
    sound: recipeHash({ musicSourceId, sourceSound, soundFrom }),
    preset: presetPart(preset),
    engine: recipeHash({ version: RENDER_VERSION, ffmpeg }),
  }
}

/** The part that a preset is. Pure. */
export function presetPart(preset: Preset): string {
  const { id: _, name: __, ...target } = preset
  return recipeHash(target)
}

/** What has changed since an export was made; `clip` or `preset` where it is gone (`null`). Pure. */
export function whatChanged(
  made: Readonly<Record<string, string>>,
  clip: ExportedClip | null,
  preset: Preset | null,
  ffmpeg: string,
): ExportPart[] {
  if (clip === null) return ['clip']
  if (preset === null) return ['preset']
  const now = partsOf(clip, preset, ffmpeg)
  // Only what is spoken as it stands is ever exported.
  const otherWords = isUnspoken(clip)
  return PARTS.filter((part) => made[part] !== now[part] || (part === 'voice' && otherWords))
}

const PARTS = ['timeline', 'captions', 'style', 'voice', 'sound', 'preset', 'engine'] as const

/** Whether an export is not what its clip is now. Another version of the engine alone makes none stale: it shows and says the same. */
export const isStale = (changed: readonly ExportPart[]): boolean => changed.some((part) => part !== 'engine')
