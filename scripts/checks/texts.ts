import type { Sources } from './imports.ts'

/** What must not stand in a tracked text, and why. The patterns are written so that they do not match themselves. */
const FORBIDDEN: readonly { readonly pattern: RegExp; readonly why: string }[] = [
  { pattern: /\b(?:TO[D]O|FIX[M]E)\b/, why: 'work left undone: do it, or file an issue' },
  { pattern: /(?<![\w.~*/])\/work[/]/, why: 'a path of one machine' },
  { pattern: /^(?:<{7}|>{7}) /, why: 'a conflict that was not resolved' },
]

/** Lines of tracked texts that must not be there, as a sentence each. */
export function findTextProblems(sources: Sources): string[] {
  const problems: string[] = []
  for (const [file, text] of sources) {
    if (file === LOCKFILE) continue
    for (const [index, line] of text.split('\n').entries()) {
      for (const { pattern, why } of FORBIDDEN) {
        if (pattern.test(line)) problems.push(`${file}:${index + 1}: ${why}: ${line.trim().slice(0, 100)}`)
      }
    }
  }
  return problems
}

const LOCKFILE = 'package-lock.json'

/** Lines of the lockfile that bind it to one registry: it must work with any. */
export function findLockfileProblems(sources: Sources): string[] {
  const text = sources.get(LOCKFILE)
  if (text === undefined) return [`${LOCKFILE} is not tracked.`]
  return text.split('\n').flatMap((line, index) => {
    const bound = line.includes('"resolved": "http')
    return bound
      ? [`${LOCKFILE}:${index + 1} names a registry; keep .npmrc and run npm install again: ${line.trim()}`]
      : []
  })
}
