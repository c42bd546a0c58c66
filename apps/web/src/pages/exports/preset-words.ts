import type { Export } from '../../data/exports.ts'
import type { Preset } from '../../data/presets.ts'

/** `1080 × 1920, 30 fps`. */
export function frameWords({ frame, frameRate }: Pick<Preset, 'frame' | 'frameRate'>): string {
  if (frame === 'source' && frameRate === 'source') return 'Size and frame rate of the source'
  const size = frame === 'source' ? 'Size of the source' : `${frame.width} × ${frame.height}`
  return `${size}, ${frameRate === 'source' ? 'its frame rate' : `${frameRate} fps`}`
}

/** The name of a preset, or its id where it is gone. */
export const presetName = (presets: readonly Preset[] | undefined, id: string): string =>
  presets?.find((preset) => preset.id === id)?.name ?? id

/** The name of an export beside its preset: that of its clip. */
export const clipNameOf = ({ name, presetId }: Pick<Export, 'name' | 'presetId'>): string =>
  name.endsWith(`-${presetId}`) ? name.slice(0, -presetId.length - 1) : name
