/** Seconds in whole microseconds: what sums and differences leave behind is gone. */
export const micros = (seconds: number): number => Math.round(seconds * 1e6) / 1e6

/** Seconds in whole milliseconds, as people set them. */
export const millis = (seconds: number): number => Math.round(seconds * 1000) / 1000

/** The nearest value within limits; the least one where they leave no room. */
export const clamp = (value: number, least: number, most: number): number =>
  Math.max(least, Math.min(value, most))
