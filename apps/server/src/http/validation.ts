import { CutroomError } from '@cutroom/contracts'
import type { App } from './operation.ts'

/** Takes a request without a body for one with an empty object: where every field may be left out, so may all. */
export function addEmptyBodies(app: App): void {
  app.addHook('preValidation', async (request) => {
    const { body, consumes } = request.routeOptions.schema ?? {}
    const hasNone = request.body == null && request.headers['content-type'] === undefined
    if (hasNone && body !== undefined && consumes === undefined) request.body = {}
  })
}

/** What a schema says of a value that does not fit, as the validator passes it on. */
export interface Issue {
  /** Of the validator: `too_big`, `unrecognized_keys`, … */
  readonly keyword: string
  /** Where the value is, after a `/`, its names parted by others; empty behind it for the whole. */
  readonly instancePath: string
  readonly message?: string | undefined
  readonly params: Readonly<Record<string, unknown>>
}

/** Few enough to be read. */
const MOST_ISSUES = 20

/** What is wrong with a part of a request, in one sentence that names field, limit and value. */
export function validationError(
  {
    validation,
    validationContext = 'request',
  }: { readonly validation: readonly Issue[]; readonly validationContext?: string | undefined },
  part: unknown,
): CutroomError {
  const [first] = validation
  const field = first === undefined ? '' : fieldOf(first)
  const { says, details } =
    first === undefined ? { says: ' does not fit', details: {} } : explain(first, part)
  return new CutroomError('field-invalid', `${field || `The ${validationContext}`}${says}.`, {
    ...(field !== '' && { field }),
    details: {
      ...details,
      issues: validation
        .slice(0, MOST_ISSUES)
        .map(({ instancePath, message }) => ({ path: instancePath, message })),
    },
  })
}

const namesOf = ({ instancePath }: Pick<Issue, 'instancePath'>): string[] =>
  instancePath.split('/').filter((name) => name !== '')

function fieldOf(issue: Issue): string {
  const { keys } = issue.params
  const unknown = issue.keyword === 'unrecognized_keys' && Array.isArray(keys) ? keys.slice(0, 1) : []
  return [...namesOf(issue), ...unknown].join('.')
}

interface Explanation {
  /** Goes on after the name of the field. */
  readonly says: string
  readonly details: Readonly<Record<string, unknown>>
}

function explain({ keyword, params, message = 'does not fit', ...issue }: Issue, part: unknown): Explanation {
  const value = valueAt(part, namesOf(issue))
  if (keyword === 'unrecognized_keys') return { says: ' is no field of this request', details: {} }
  if (keyword === 'invalid_type' && value === undefined) return { says: ' is missing', details: {} }
  const counted = UNITS[String(params.origin)]
  if (counted === undefined || value === undefined || !isBound(keyword))
    return { says: `: ${message.replace(/^[A-Z]/, (letter) => letter.toLowerCase())}`, details: {} }
  const { unit, amountOf } = counted
  const { limit: name, inclusive, exclusive } = BOUNDS[keyword]
  const limit = params[name]
  const bound = `${params.inclusive === false ? exclusive : inclusive} ${limit}`
  const amount = amountOf(value)
  return {
    says:
      unit === ''
        ? ` must be ${bound}; it is ${amount}`
        : ` must have ${bound} ${limit === 1 ? unit.replace(/s$/, '') : unit}; it has ${amount}`,
    details: { limit, value: amount },
  }
}

const BOUNDS = {
  too_big: { limit: 'maximum', inclusive: 'at most', exclusive: 'less than' },
  too_small: { limit: 'minimum', inclusive: 'at least', exclusive: 'more than' },
} as const
const isBound = (keyword: string): keyword is keyof typeof BOUNDS => Object.hasOwn(BOUNDS, keyword)

const lengthOf = (value: unknown): number => (value as string | readonly unknown[]).length

/** What has bounds, by the validator's names; numbers of a query are still text. */
const UNITS: Readonly<
  Record<string, { readonly unit: string; readonly amountOf: (value: unknown) => number }>
> = {
  number: { unit: '', amountOf: Number },
  int: { unit: '', amountOf: Number },
  string: { unit: 'characters', amountOf: lengthOf },
  array: { unit: 'items', amountOf: lengthOf },
}

function valueAt(part: unknown, names: readonly string[]): unknown {
  let value = part
  for (const name of names) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined
    value = (value as Record<string, unknown>)[name]
  }
  return value
}
