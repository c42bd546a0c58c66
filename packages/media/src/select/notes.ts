import { ALIKE_BITS, difference, leastDifference } from './alike.ts'
import type { Placed } from './arrange.ts'
import { leastMeanOverlap, type Overlap } from './overlap.ts'
import { STEP_MS } from './usable.ts'

/** In what a result falls short of the ideal. `variants` count from 0. */
export type SelectionNote = { readonly sentence: string } & (
  | {
      /** Variants share footage, as fractions of the target; `least` is what cannot be avoided on average. */
      readonly code: 'footage-reused'
      readonly mean: number
      readonly max: number
      readonly least: number
    }
  | { readonly code: 'opening-lost' }
  | {
      readonly code: 'openings-alike' | 'pictures-alike' | 'flawed-footage' | 'shorter'
      readonly variants: readonly number[]
    }
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
      sentence: `Two variants share ${percent(mean)} of their footage on average and ${percent(max)} at most.`,
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
          sentence: `${variants.length} variants open with pictures that look alike; the footage has no more that differ.`,
        },
      ]
}

/** Where new variants should open like a clip. */
export const OPENING_LOST: SelectionNote = {
  code: 'opening-lost',
  sentence: 'The clip opens with a source that is not among the footage, so the variants open as others do.',
}

/** Variants with cuts that look alike; `null` is one whose pictures differ, since nothing had to be given up for it. */
export function noteAlike(clips: readonly (readonly Placed[] | null)[]): SelectionNote[] {
  const variants = thoseOf(clips, (clip) => clip !== null && hasAlike(clip))
  if (variants.length === 0) return []
  const sentence = 'Much of the footage looks alike; more footage gives more variety.'
  return [{ code: 'pictures-alike', variants, sentence }]
}

function hasAlike(clip: readonly Placed[]): boolean {
  const shown = clip.map(({ segment, endMs }) => ({ ...segment, to: Math.ceil(endMs / STEP_MS) }))
  return shown.some((a, i) => shown.slice(0, i).some((b) => leastDifference(a, b) < ALIKE_BITS))
}

export function noteFlawed(clips: readonly (readonly Placed[])[]): SelectionNote[] {
  const flawedMs = clips.map((clip) => lengthMs(clip.filter(({ segment }) => segment.flaw !== null)))
  const variants = thoseOf(flawedMs, (ms) => ms > 0)
  if (variants.length === 0) return []
  const most = seconds(Math.max(...flawedMs))
  const sentence =
    variants.length === 1
      ? `One variant has ${most} of still, blurred or plain footage, because there is nothing better.`
      : `${variants.length} variants have up to ${most} of still, blurred or plain footage, because there is nothing better.`
  return [{ code: 'flawed-footage', variants, sentence }]
}

export function noteShort(clips: readonly (readonly Placed[])[], targetMs: number): SelectionNote[] {
  const lengths = clips.map(lengthMs)
  const variants = thoseOf(lengths, (ms) => ms < targetMs)
  if (variants.length === 0) return []
  const [least, target] = [seconds(Math.min(...lengths)), seconds(targetMs)]
  const sentence =
    variants.length === 1
      ? `One variant lasts ${least} instead of ${target}; there is no more footage that fits.`
      : `${variants.length} variants are shorter than ${target}, the shortest lasts ${least}; there is no more footage that fits.`
  return [{ code: 'shorter', variants, sentence }]
}

const thoseOf = <T>(all: readonly T[], isOne: (one: T) => boolean): number[] =>
  all.flatMap((one, index) => (isOne(one) ? [index] : []))

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`

export const lengthMs = (clip: readonly Placed[]): number =>
  clip.reduce((sum, { segment, endMs }) => sum + endMs - segment.startMs, 0)
