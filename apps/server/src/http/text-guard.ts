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
    for (const part of [params, query, body]) refuseUnstorable(part, '', 0)
  })
}

function refuseUnstorable(value: unknown, field: string, depth: number): void {
  const refuse = (why: string) => {
    throw new CutroomError('field-invalid', `${field || 'The request'} ${why}.`, {
      ...(field !== '' && { field }),
    })
  }
  if (depth > MAX_DEPTH) refuse(`is nested more than ${MAX_DEPTH} deep`)
  if (typeof value === 'string') {
    if (value.includes('\0')) refuse('holds a NUL character')
    if (!value.isWellFormed()) refuse('holds half of a surrogate pair')
    return
  }
  if (typeof value !== 'object' || value === null || Buffer.isBuffer(value)) return
  if (
    !Array.isArray(value) &&
    Object.getPrototypeOf(value) !== Object.prototype &&
    Object.getPrototypeOf(value) !== null
  )
    return
  for (const [name, part] of Object.entries(value)) {
    refuseUnstorable(name, field, depth)
    refuseUnstorable(part, field === '' ? name : `${field}.${name}`, depth + 1)
  }
}
