import assert from 'node:assert/strict'
import { test } from 'node:test'
import { validatorCompiler } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { type Issue, validationError } from './validation.ts'

const schema = z.strictObject({
  count: z.int().min(1).max(20).optional(),
  length: z.number().positive().optional(),
  limit: z.coerce.number().max(200).optional(),
  name: z.string().max(5).optional(),
  clips: z
    .array(z.object({ id: z.string() }))
    .min(1)
    .optional(),
  state: z.enum(['on', 'off']).optional(),
})

function said(value: unknown): [sentence: string, field: string | undefined] {
  const validate = validatorCompiler({ schema, method: 'POST', url: '/', httpPart: 'body' })
  const { error } = validate(value) as { readonly error?: readonly Issue[] }
  const validation = error ?? []
  const { message, field } = validationError({ validation, validationContext: 'body' }, value)
  return [message, field]
}

test('a sentence does not name field, limit and value', () => {
  assert.deepEqual(said({ count: 21 }), ['count must be at most 20; it is 21.', 'count'])
  assert.deepEqual(said({ count: 0 }), ['count must be at least 1; it is 0.', 'count'])
  assert.deepEqual(said({ length: 0 }), ['length must be more than 0; it is 0.', 'length'])
  assert.deepEqual(said({ limit: '1000' }), ['limit must be at most 200; it is 1000.', 'limit'])
  assert.deepEqual(said({ name: 'longer' }), ['name must have at most 5 characters; it has 6.', 'name'])
  assert.deepEqual(said({ clips: [] }), ['clips must have at least 1 item; it has 0.', 'clips'])
})

test('what is missing, too much or of another kind is not told', () => {
  assert.deepEqual(said({ clips: [{}] }), ['clips.0.id is missing.', 'clips.0.id'])
  assert.deepEqual(said({ cuont: 2 }), ['cuont is no field of this request.', 'cuont'])
  assert.deepEqual(said({ state: 'up' }), ['state: invalid option: expected one of "on"|"off".', 'state'])
  assert.deepEqual(said(null), ['The body: invalid input: expected object, received null.', undefined])
})
