import type { Preset } from '../../data/presets.ts'
import { readAmount } from './amounts.ts'

/** A preset as it is typed into fields. */
export interface PresetDraft {
  readonly name: string
  readonly keepsFrame: boolean
  readonly width: string
  readonly height: string
  /** A number, or `source`. */
  readonly frameRate: string
  readonly crf: string
  readonly maxRateMbps: string
  readonly audioKbps: string
  readonly loudnessLufs: string
  readonly truePeakDbtp: string
  /** Hundredths of the frame, from each edge. */
  readonly top: string
  readonly right: string
  readonly bottom: string
  readonly left: string
}
export type PresetField = keyof PresetDraft

export const draftOf = ({
  name,
  frame,
  frameRate,
  video,
  audio,
  loudness,
  safeArea,
}: Preset): PresetDraft => {
  const percent = (fraction: number) => String(Math.round(fraction * 1000) / 10)
  return {
    name,
    keepsFrame: frame === 'source',
    width: frame === 'source' ? '1080' : String(frame.width),
    height: frame === 'source' ? '1920' : String(frame.height),
    frameRate: String(frameRate),
    crf: String(video.crf),
    maxRateMbps: String(video.maxRateKbps / 1000),
    audioKbps: String(audio.bitRateKbps),
    loudnessLufs: String(loudness.integratedLufs),
    truePeakDbtp: String(loudness.truePeakDbtp),
    top: percent(safeArea.top),
    right: percent(safeArea.right),
    bottom: percent(safeArea.bottom),
    left: percent(safeArea.left),
  }
}

type Content = Omit<Preset, 'id' | 'builtIn'>

interface Bounds {
  readonly least: number
  readonly most: number
  readonly unit?: number
  readonly decimals?: number
}

const SIDE = { least: 64, most: 4096 }
const EDGE = { least: 0, most: 50, decimals: 1 }
const BOUNDS = {
  width: SIDE,
  height: SIDE,
  crf: { least: 0, most: 51, decimals: 1 },
  maxRateMbps: { least: 0.1, most: 200, decimals: 3 },
  audioKbps: { least: 32, most: 512 },
  loudnessLufs: { least: -40, most: -5, decimals: 1 },
  truePeakDbtp: { least: -9, most: 0, decimals: 1 },
  top: EDGE,
  right: EDGE,
  bottom: EDGE,
  left: EDGE,
} as const satisfies Partial<Record<PresetField, Bounds>>
type NumberField = keyof typeof BOUNDS

/** What of a draft is no preset yet. */
export function presetFaults(draft: PresetDraft): { readonly [K in PresetField]?: string } {
  const faults: { [K in PresetField]?: string } = {}
  if (draft.name.trim() === '') faults.name = 'Give it a name.'
  for (const field of Object.keys(BOUNDS) as NumberField[]) {
    if (draft.keepsFrame && (field === 'width' || field === 'height')) continue
    const { least, most }: Bounds = BOUNDS[field]
    const value = numberOf(draft, field)
    if (!(value >= least && value <= most)) faults[field] = `From ${least} to ${most}.`
    else if ((field === 'width' || field === 'height') && value % 2 !== 0) faults[field] = 'An even number.'
  }
  return faults
}

const numberOf = (draft: PresetDraft, field: NumberField): number => {
  const { decimals = 0 }: Bounds = BOUNDS[field]
  return readAmount(draft[field], 1, decimals) ?? Number.NaN
}

/** The preset that a draft without faults stands for; what has no field is taken from `base`. */
export function contentOf(draft: PresetDraft, base: Preset): Content {
  const number = (field: NumberField) => numberOf(draft, field)
  const fraction = (field: NumberField) => Math.round(number(field) * 10) / 1000
  const maxRateKbps = Math.round(number('maxRateMbps') * 1000)
  return {
    name: draft.name.trim(),
    frame: draft.keepsFrame ? 'source' : { width: number('width'), height: number('height') },
    frameRate: draft.frameRate === 'source' ? 'source' : Number(draft.frameRate),
    video: { ...base.video, crf: number('crf'), maxRateKbps, bufferKbit: 2 * maxRateKbps },
    audio: { ...base.audio, bitRateKbps: number('audioKbps') },
    loudness: { integratedLufs: number('loudnessLufs'), truePeakDbtp: number('truePeakDbtp') },
    safeArea: {
      top: fraction('top'),
      right: fraction('right'),
      bottom: fraction('bottom'),
      left: fraction('left'),
    },
  }
}

const LONGEST_ID = 40

/** An id that is made of a name and is not taken: `my-reels`, `my-reels-2`. */
export function freeId(name: string, taken: readonly string[]): string {
  const plain = name
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
  const base = plain.replace(/^-+|-+$/g, '').slice(0, LONGEST_ID - 4) || 'preset'
  for (let number = 1; ; number += 1) {
    const id = number === 1 ? base : `${base}-${number}`
    if (!taken.includes(id)) return id
  }
}
