/** Units in which people set limits. */
export const GIGABYTE = 1e9
export const DOLLAR_MICROS = 1e6

/** What was typed as a number of `unit`, rounded to so many decimals; `null` for nothing, `NaN` for no number. */
export function readAmount(text: string, unit: number, decimals = 0): number | null {
  const plain = text.trim().replace(',', '.')
  if (plain === '') return null
  if (!/^-?(\d+\.?\d*|\.\d+)$/.test(plain)) return Number.NaN
  const scale = 10 ** decimals
  return Math.round(Number(plain) * unit * scale) / scale
}

/** The inverse: `''` for nothing. */
export const showAmount = (value: number | null, unit: number): string =>
  value === null ? '' : String(value / unit)
