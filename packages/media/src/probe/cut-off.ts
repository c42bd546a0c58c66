/** What ends this much before it should, in seconds and as a part of its length, was cut off; less is how files round. */
const MISSING_SECONDS = 1
const MISSING_PART = 0.05

/** Whether too much is missing of a recording that should last `expected` seconds and gave `found`. */
export const isCutOff = (expected: number, found: number): boolean =>
  expected - found > Math.max(MISSING_SECONDS, expected * MISSING_PART)
