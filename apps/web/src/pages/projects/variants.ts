/** Variants of one order. */
export const MOST_VARIANTS = 20

/** How many variants are meant by what is typed: within the limits, and as many as before where it is no number. */
export function variantsOf(text: string, before: number): number {
  const number = text.trim() === '' ? Number.NaN : Math.round(Number(text))
  return Number.isFinite(number) ? Math.min(MOST_VARIANTS, Math.max(1, number)) : before
}
