/**
 * The one place that knows how to write a filter graph. Values are quoted twice, as ffmpeg reads them twice: first the
 * options of a filter, then the graph (ffmpeg-utils(1), "Quoting and escaping"; ffmpeg-filters(1), "Notes on filtergraph escaping").
 */
export type FilterValue = string | number

/** One filter with its options by name, e.g. `filter('scale', { w: 1080, h: 1920 })`. */
export function filter(name: string, options: Readonly<Record<string, FilterValue>> = {}): string {
  const list = Object.entries(options).map(([key, value]) => `${key}=${quote(String(value))}`)
  return list.length > 0 ? `${name}=${list.join(':')}` : name
}

/** Filters that follow one another; what is false is left out. */
export const chain = (...filters: readonly (string | false | null)[]): string =>
  filters.filter(Boolean).join(',')

/** A chain between its labelled inputs and outputs, as `-filter_complex` wants it. */
export const link = (inputs: readonly string[], filters: string, outputs: readonly string[]): string =>
  [...inputs.map((label) => `[${label}]`), filters, ...outputs.map((label) => `[${label}]`)].join('')

function quote(value: string): string {
  const asOption = value.replace(/[\\':]/g, (character) => `\\${character}`)
  return asOption.replace(/[\\',;[\]]/g, (character) => `\\${character}`)
}

/** ffmpeg's spelling of a time in seconds: microseconds, no exponent. */
export const inSeconds = (value: number): string => value.toFixed(6)
