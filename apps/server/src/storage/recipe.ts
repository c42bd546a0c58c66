import { createHash } from 'node:crypto'
import { CutroomError } from '@cutroom/contracts'

/** The name of what a recipe makes: the SHA-256 of its canonical JSON, in lower-case hex. Throws `internal` for what JSON cannot say. */
export const recipeHash = (recipe: unknown): string =>
  createHash('sha256').update(canonicalJson(recipe)).digest('hex')

/**
 * JSON in the one spelling of RFC 8785: keys sorted by UTF-16 units, no white space, numbers and strings as ECMAScript writes them.
 * JSON.stringify would drop `undefined` and turn NaN into null without a word, so that two recipes could get one name; here they throw.
 */
export function canonicalJson(value: unknown, at = 'recipe'): string {
  if (value === null || typeof value === 'boolean') return String(value)
  if (typeof value === 'number' && Number.isFinite(value)) return JSON.stringify(value)
  if (typeof value === 'string' && value.isWellFormed()) return JSON.stringify(value)
  // Array.from visits holes too, as undefined, which is refused.
  if (Array.isArray(value)) {
    return `[${Array.from(value, (item: unknown, index) => canonicalJson(item, `${at}[${index}]`)).join(',')}]`
  }
  if (isPlainObject(value)) {
    const members = Object.keys(value)
      .sort()
      .map((key) => `${canonicalJson(key, at)}:${canonicalJson(value[key], `${at}.${key}`)}`)
    return `{${members.join(',')}}`
  }
  throw new CutroomError('internal', `${at} holds what JSON cannot say exactly: ${describe(value)}.`)
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return (
    (prototype === Object.prototype || prototype === null) && Object.getOwnPropertySymbols(value).length === 0
  )
}

function describe(value: unknown): string {
  if (typeof value === 'number') return String(value)
  if (typeof value === 'object' && value !== null) return value.constructor?.name ?? 'an object'
  return typeof value === 'string' ? 'a lone surrogate' : typeof value
}
