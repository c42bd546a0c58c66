import { ALIKE_BITS, difference, leastDifference } from './alike.ts'
import type { Placed } from './arrange.ts'
import { leastMeanOverlap, type Overlap } from './overlap.ts'
import { STEP_MS } from './usable.ts'

/** In what a result falls short of the ideal. `variant` counts from 0. */
export type SelectionNote = { readonly sentence: string } & (
  | {
      /** Variants share footage, as fractions of the target; `least` is what cannot be avoided on average. */
      readonly code: 'footage-reused'
      readonly mean: number
      readonly max: number
      readonly least: number
    }
  | { readonly code: 'openings-alike'; readonly variants: readonly number[] }
  | { readonly code: 'opening-lost' }
  /** Cuts of one clip look alike: how many, and the difference of the most alike two in bits of the hash. */
  | {
      readonly code: 'pictures-alike'
      readonly variant: number
      readonly cuts: number
      readonly differenceBits: number
    }
  | { readonly code: 'flawed-footage'; readonly variant: number; readonly seconds: number }
  | { readonly code: 'shorter'; readonly variant: number; readonly seconds: number; readonly target: number }
)

const percent = (share: number): string => `${Math.round(100 * share + 1e-6)} %`

export function noteReuse(overlap: Overlap, usable: number, count: number, target: number): SelectionNote[] {
  const { mean, max } = overlap
  if (max === 0) return []
  const least = usable > 0 ? leastMeanOverlap(usable, target, count) : 1
  return [
    {
      code: 'footage-reused',
      mean,
      max,
      least,
      sentence: `Two variants share ${percent(mean)} of their footage on average and ${percent(max)} at most; by seconds alone, ${usable.toFixed(1)} s of usable footage for ${count} × ${target.toFixed(1)} s would allow ${percent(least)}.`,
    },
  ]
}

export function noteOpenings(clips: readonly (readonly Placed[])[]): SelectionNote[] {
  const openings = clips.flatMap((clip, variant) =>
    clip.slice(0, 1).map(({ segment }) => ({ segment, variant })),
  )
  const variants = openings
    .filter(({ segment: a }, i) =>
      openings.some(
        ({ segment: b }, j) => i !== j && difference(a.hashes, a.from, b.hashes, b.from) < ALIKE_BITS,
      ),
    )
    .map(({ variant }) => variant)
  return variants.length === 0
    ? []
    : [
        {
          code: 'openings-alike',
          variants,
          sentence: `The first pictures of variants ${variants.map((variant) => variant + 1).join(', ')} look alike; the footage has no more that differ.`,
        },
      ]
}

/** Where new variants should open like a clip. */
export const OPENING_LOST: SelectionNote = {
  code: 'opening-lost',
  sentence: 'The clip opens with a source that is not among the footage, so the variants open as others do.',
}

export function noteAlike(clip: readonly Placed[], variant: number): SelectionNote[] {
  const shown = clip.map(({ segment, endMs }) => ({ ...segment, to: Math.ceil(endMs / STEP_MS) }))
  const closest = shown.map((a, i) =>
    Math.min(64, ...shown.map((b, j) => (i === j ? 64 : leastDifference(a, b)))),
  )
  const cuts = closest.filter((bits) => bits < ALIKE_BITS).length
  if (cuts === 0) return []
  const differenceBits = Math.min(...closest)
  return [
    {
      code: 'pictures-alike',
      variant,
      cuts,
      differenceBits,
      sentence: `Variant ${variant + 1} has ${cuts} cuts with pictures that look alike (they differ in ${differenceBits} of 64 bits, fewer than ${ALIKE_BITS}); the footage has too few that differ.`,
    },
  ]
}

export function noteFlawed(clip: readonly Placed[], variant: number): SelectionNote[] {
  const flawed = clip.filter(({ segment }) => segment.flaw !== null)
  if (flawed.length === 0) return []
  const seconds = lengthMs(flawed) / 1000
  return [
    {
      code: 'flawed-footage',
      variant,
      seconds,
      sentence: `Variant ${variant + 1} has ${seconds.toFixed(1)} s of still, blurred or plain footage, because there is nothing better.`,
    },
  ]
}

export function noteShort(clip: readonly Placed[], variant: number, targetMs: number): SelectionNote[] {
  if (lengthMs(clip) >= targetMs) return []
  const [seconds, target] = [lengthMs(clip) / 1000, targetMs / 1000]
  return [
    {
      code: 'shorter',
      variant,
      seconds,
      target,
      sentence: `Variant ${variant + 1} lasts ${seconds.toFixed(1)} s instead of ${target.toFixed(1)} s; there is no more footage that fits.`,
    },
  ]
}

export const lengthMs = (clip: readonly Placed[]): number =>
  clip.reduce((sum, { segment, endMs }) => sum + endMs - segment.startMs, 0)
