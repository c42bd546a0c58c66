import { formatBytes } from '../../format.ts'

const STEPS = [1, 2, 2.5, 5, 10]

/** Round values from 0 to at least `highest`, about so many steps apart. */
export function ticksUpTo(highest: number, about = 4): number[] {
  const rough = Math.max(highest, 1) / about
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = (STEPS.find((factor) => factor * power >= rough) ?? 10) * power
  const steps = Math.max(1, Math.ceil(highest / step))
  return Array.from({ length: steps + 1 }, (_, index) => index * step)
}

export interface Bar {
  readonly x: number
  readonly width: number
}

const WIDEST = 28

/** Where each of so many bars stands, in the middle of its share of the width. */
export function barsOf(count: number, width: number): Bar[] {
  const share = width / count
  const bar = Math.min(WIDEST, Math.max(1, share * 0.75))
  return Array.from({ length: count }, (_, index) => ({ x: index * share + (share - bar) / 2, width: bar }))
}

/** Heights put upon each other: where each begins and ends, from below. */
export function stack(values: readonly number[]): { readonly from: number; readonly to: number }[] {
  let top = 0
  return values.map((value) => {
    const from = top
    top += value
    return { from, to: top }
  })
}

/** Which bars get a name, so that names have at least so much room: the last one always does. */
export function labelled(count: number, width: number, room: number): number[] {
  const every = Math.max(1, Math.ceil(room / (width / count)))
  return Array.from({ length: count }, (_, index) => index).filter(
    (index) => (count - 1 - index) % every === 0,
  )
}

/** How near the most that was stored came to a limit that is too far away to be drawn. Bytes. */
export function limitWords(most: number, limit: number): string {
  const percent = (most / limit) * 100
  const part = percent < 1 ? 'Less than 1' : `At most ${Math.round(percent)}`
  return `${part} % of the limit of ${formatBytes(limit)} was stored.`
}
