import assert from 'node:assert/strict'
import { test } from 'node:test'
import { JOB_KINDS } from '@cutroom/contracts'
import { startService } from '../support/service.ts'
import { readApi, type Schema } from './operations.ts'

const { app } = await startService()
const api = await readApi(app)

/** Schemas that say nothing, by the names that lead to them: what they hold is for people to read. */
const ANYTHING = [/\.details$/]

/** Every schema of the description, with the names that lead to it. */
function* schemas(value: unknown, place: string): Generator<[place: string, schema: Schema]> {
  if (typeof value !== 'object' || value === null) return
  for (const [name, part] of Object.entries(value)) {
    if (name === 'properties') {
      for (const [field, schema] of Object.entries(part as object)) {
        yield [`${place}.${field}`, schema]
        yield* schemas(schema, `${place}.${field}`)
      }
    } else if (name === 'schema' || name === 'items') {
      yield [place, part as Schema]
      yield* schemas(part, place)
    } else yield* schemas(part, Array.isArray(value) ? place : `${place}/${name}`)
  }
}
const all = [...schemas(api.description, '')]

test('a reference of the description leads nowhere', () => {
  assert.equal(api.description.openapi, '3.1.0')
  for (const [, name = ''] of JSON.stringify(api.description).matchAll(/"\$ref":"([^"]+)"/g))
    assert.doesNotThrow(() => api.resolve({ $ref: name }), name)
})

test('an operation has no name or summary of its own, or does not say how it fails', () => {
  const ids = api.operations.map(({ id }) => id)
  assert.deepEqual(ids.toSorted(), [...new Set(ids)].toSorted())
  for (const { id, described } of api.operations) {
    assert.match(id, /^[a-z][A-Za-z]+$/)
    assert.ok(described.summary, id)
    assert.equal(described.tags?.length, 1, id)
    assert.ok(described.responses.default?.content?.['application/problem+json'], id)
    assert.ok(
      Object.keys(described.responses).some((status) => /^[12345]/.test(status)),
      id,
    )
  }
})

test('work is queued by an operation that cannot be sent again safely', () => {
  const queueing = api.operations.filter(({ described }) => described.responses['202'] !== undefined)
  assert.ok(queueing.length >= 10)
  for (const { id, described } of queueing)
    assert.ok(
      (described.parameters ?? []).some(({ name }) => name === 'idempotency-key'),
      id,
    )
})

test('a parameter of a path is not declared, or one is declared that the path has not', () => {
  for (const { id, path, described } of api.operations) {
    const inPath = [...path.matchAll(/\{([^}]+)\}/g)].map(([, name]) => name)
    const declared = (described.parameters ?? []).filter((parameter) => parameter.in === 'path')
    assert.deepEqual(
      declared.map(({ name }) => name),
      inPath,
      id,
    )
    for (const { name, required } of declared) assert.equal(required, true, `${id} ${name}`)
  }
})

test('a field may hold anything, or is required and not there', () => {
  for (const [place, schema] of all) {
    const { description: _, ...says } = schema as Schema & { readonly description?: string }
    if (!ANYTHING.some((pattern) => pattern.test(place)))
      assert.notDeepEqual(says, {}, `${place} may be anything`)
    const names = Object.keys(schema.properties ?? {})
    for (const name of schema.required ?? []) assert.ok(names.includes(name), `${place}.${name}`)
  }
})

test('the result of a kind of job is not described', () => {
  const { result } = api.resolve({ $ref: '#/components/schemas/Job' }).properties ?? {}
  assert.ok(result)
  const described = JSON.stringify(result)
  for (const kind of JOB_KINDS) assert.ok(described.includes(`\`${kind}\``), kind)
})
