import { CutroomError } from '@cutroom/contracts'
import type { App } from './operation.ts'

/** Nothing that the API takes is nested so deeply. */
const MAX_DEPTH = 32

/**
 * Refuses what no operation could do anything with, before any of them looks: text that cannot be stored (PostgreSQL knows no NUL, and
 * half of a surrogate pair is no text), and nesting that could exhaust the stack of whoever walks through it.
 */
export function addTextGuard(app: App): void {
  app.addHook('preValidation', async ({ body, query, params }) => {
    for (const part of Object.values(params as object))
      if (typeof part === 'string' && whyUnstorable(part) !== null)
        throw new CutroomError('not-found', 'There is nothing of that id.')
    refuseUnstorable({ ...(query as object) }, '', 0)
    refuseUnstorable(body, '', 0)
  })
}

function whyUnstorable(text: string): string | null {
  if (text.includes('\0')) return 'holds a NUL character'
  return text.isWellFormed() ? null : 'holds half of a surrogate pair'
}

function refuseUnstorable(value: unknown, field: string, depth: number): void {
  const why =
    typeof value === 'string'
      ? whyUnstorable(value)
      : depth > MAX_DEPTH
        ? `is nested more than ${MAX_DEPTH} deep`
        : null
  if (why !== null)
    throw new CutroomError('field-invalid', `${field || 'The request'} ${why}.`, {
      ...(field !== '' && { field }),
    })
  if (!isJsonContainer(value)) return
  for (const [name, part] of Object.entries(value)) {
    refuseUnstorable(name, field, depth)
    refuseUnstorable(part, field === '' ? name : `${field}.${name}`, depth + 1)
  }
}

/** Bytes and streams are not looked into. */
function isJsonContainer(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false
  return Array.isArray(value) || [Object.prototype, null].includes(Object.getPrototypeOf(value))
}
