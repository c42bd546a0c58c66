import type { Api, Schema } from './operations.ts'

/** What stands for each kind of id in a body or query, by the name of the field. */
export type Named = Readonly<Record<string, string>>

/** A value that a schema allows: what is required, and every field that names something. */
export function sample(api: Api, schema: Schema, named: Named, name = ''): unknown {
  const found = api.resolve(schema)
  if (found.const !== undefined) return found.const
  if (found.enum !== undefined) return found.enum[0]
  const choices = found.anyOf ?? found.oneOf
  if (choices !== undefined) {
    const choice = choices.find((each) => api.resolve(each).type !== 'null')
    return choice === undefined ? null : sample(api, choice, named, name)
  }
  if (found.allOf !== undefined)
    return Object.assign({}, ...found.allOf.map((part) => sample(api, part, named, name)))
  const type = typeof found.type === 'string' ? found.type : found.type?.[0]
  if (type === 'object') return sampleObject(api, found, named)
  if (type === 'array') {
    const items = found.items ?? {}
    return Array.from({ length: Math.max(1, found.minItems ?? 0) }, () =>
      sample(api, items, named, name.replace(/s$/, '')),
    )
  }
  if (type === 'string') return sampleText(found, named, name)
  if (type === 'integer' || type === 'number') {
    // What has a start and an end is not empty.
    if (name === 'end') return 2
    const least = found.minimum ?? (found.exclusiveMinimum === undefined ? 1 : found.exclusiveMinimum + 1)
    return Math.min(Math.max(least, 1), found.maximum ?? Number.POSITIVE_INFINITY)
  }
  if (type === 'boolean') return true
  return null
}

/** Fields without which nothing is looked at. */
const USEFUL = ['version', 'text']

function sampleObject(api: Api, schema: Schema, named: Named): Record<string, unknown> {
  const fields = Object.entries(schema.properties ?? {}).filter(
    ([name, field]) =>
      schema.required?.includes(name) || USEFUL.includes(name) || namesSomething(api, field, named, name),
  )
  return Object.fromEntries(fields.map(([name, field]) => [name, sample(api, field, named, name)]))
}

/** Whether a field, or one inside of it, stands for an id. */
export function namesSomething(api: Api, schema: Schema, named: Named, name = '', depth = 0): boolean {
  const found = api.resolve(schema)
  if (depth > 6 || found.enum !== undefined || found.const !== undefined) return false
  if (found.type === 'string') return idOf(named, name) !== undefined
  const parts = [...(found.anyOf ?? []), ...(found.oneOf ?? []), ...(found.allOf ?? [])]
  return (
    parts.some((part) => namesSomething(api, part, named, name, depth + 1)) ||
    (found.items !== undefined &&
      namesSomething(api, found.items, named, name.replace(/s$/, ''), depth + 1)) ||
    Object.entries(found.properties ?? {}).some(([field, part]) =>
      namesSomething(api, part, named, field, depth + 1),
    )
  )
}

const idOf = (named: Named, name: string): string | undefined =>
  Object.hasOwn(named, name) ? named[name] : undefined

const FITTING: Readonly<Record<string, string>> = {
  colour: '#336699',
  voice: 'espeak:en-us',
  presetId: 'reels',
  email: 'someone@example.org',
  captions: '1\n00:00:00,000 --> 00:00:01,000\nHello there\n',
  text: '1\n00:00:00,000 --> 00:00:01,000\nHello there\n',
}

function sampleText({ minLength = 0, maxLength = 1000, format }: Schema, named: Named, name: string): string {
  const known = idOf(named, name) ?? FITTING[name]
  if (known !== undefined) return known
  if (format === 'uuid') return '7d444840-9dc0-4d1a-8f0e-5d3b8f0f6a10'
  return 'sample'.padEnd(minLength, 'x').slice(0, maxLength)
}
