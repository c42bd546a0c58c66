import { relative } from 'node:path'
import type { Outcome } from './outcome.ts'

const SLOW_SECONDS = 5

/** One line for a finished file. */
export function fileLine(root: string, { file, seconds, passed, failures, skips }: Outcome): string {
  const mark = failures.length > 0 ? '✖' : '✔'
  const counts = [
    `${passed} passed`,
    ...(failures.length > 0 ? [`${failures.length} failed`] : []),
    ...(skips.length > 0 ? [`${skips.length} skipped`] : []),
  ]
  return `${mark} ${relative(root, file)}  ${counts.join(', ')}  ${seconds.toFixed(1)} s`
}

/** What stands below the lines of the files: what failed and why, what was skipped and why, what was slow, and the sum. */
export function closingLines(root: string, outcomes: readonly Outcome[]): string[] {
  const failed = outcomes.flatMap(({ file, failures }) => failures.map((failure) => ({ file, ...failure })))
  const skips = outcomes.flatMap((outcome) => outcome.skips)
  const slow = outcomes
    .filter(({ seconds }) => seconds >= SLOW_SECONDS)
    .toSorted((a, b) => b.seconds - a.seconds)
  const passed = outcomes.reduce((sum, outcome) => sum + outcome.passed, 0)
  return [
    ...section(
      'Failed:',
      failed.flatMap(({ file, line, path, error }) => [
        [`${relative(root, file)}${line === undefined ? '' : `:${line}`}`, ...path].join(' › '),
        ...error.split('\n').map((text) => `    ${text}`),
      ]),
    ),
    ...section(
      'Skipped:',
      [...Map.groupBy(skips, (reason) => reason)].map(([reason, same]) => `${same.length} × ${reason}`),
    ),
    ...section(
      'Slow files:',
      slow.map(({ file, seconds }) => `${seconds.toFixed(1).padStart(6)} s  ${relative(root, file)}`),
    ),
    '',
    `${passed} passed, ${failed.length} failed${skips.length > 0 ? `, ${skips.length} skipped` : ''}`,
  ]
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', title, ...lines.map((line) => `  ${line}`)]
}
