import { type CutroomError, ERRORS } from '@cutroom/contracts'

/** Rows under a heading, columns as wide as their content, numbers at the right. */
export function table(heading: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [heading, ...rows]
  const widths = heading.map((_, column) => Math.max(...all.map((row) => (row[column] ?? '').length)))
  const numeric = heading.map(
    (_, column) => rows.length > 0 && rows.every((row) => /^[\d.,]+( \S+)?$/.test(row[column] ?? '')),
  )
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) =>
        numeric[column] ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd()
  const rule = widths.map((width) => '─'.repeat(width)).join('  ')
  return [line(heading), rule, ...rows.map(line)].join('\n')
}

/** 12.3 MB: for people. */
export function humanBytes(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB']
  let value = bytes
  let unit = 0
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000
    unit += 1
  }
  return `${unit === 0 ? value : value.toFixed(1)} ${units[unit]}`
}

/** A moment as people read it, of UTC: `2026-03-01 12:30`. */
export const humanMoment = (iso: string): string => iso.slice(0, 16).replace('T', ' ')

/** An error as a person reads it: one sentence with its code, then what to do; ffmpeg's own words only when asked for. */
export function errorText(error: CutroomError, verbose: boolean): string {
  const lines = [`error ${error.code}: ${error.message}`, `  → ${error.remedy}`]
  if (verbose && error.toolOutput) {
    const last = error.toolOutput.trimEnd().split('\n').slice(-15)
    lines.push('', ...last.map((line) => `  | ${line}`))
  }
  if (verbose && error.code === 'internal' && error.cause instanceof Error)
    lines.push('', error.cause.stack ?? '')
  return lines.join('\n')
}

/** The same for programs. */
export const errorRecord = (error: CutroomError, verbose: boolean): Record<string, unknown> => ({
  type: 'error',
  code: error.code,
  message: error.message,
  remedy: error.remedy,
  ...(error.field === undefined ? {} : { field: error.field }),
  ...(Object.keys(error.details).length > 0 ? { details: error.details } : {}),
  ...(verbose && error.toolOutput ? { toolOutput: error.toolOutput } : {}),
})

export const exitCodeOf = (error: CutroomError): number => ERRORS[error.code].exit

/** Prints what a command came to: one JSON object per line, or what people read. */
export function printRecords(
  options: { readonly json: boolean },
  type: string,
  records: readonly object[],
  text: () => string,
): void {
  const lines = options.json ? records.map((record) => JSON.stringify({ type, ...record })) : [text()]
  for (const line of lines) process.stdout.write(`${line}\n`)
}
