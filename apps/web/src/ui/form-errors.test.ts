import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ApiError, type Problem } from '../api/problem.ts'
import { said, tellFailure } from './form-errors.ts'

const problem = (field: string | undefined, detail: string): ApiError =>
  ApiError.ofProblem({
    type: '/docs/errors#field-invalid',
    title: '',
    status: 422,
    code: 'field-invalid',
    detail,
    remedy: '',
    ...(field !== undefined && { field }),
  } satisfies Problem)

test('a failure is not told at its field, or not in its words', () => {
  const fields = ['email', 'password'] as const
  const short = problem('password', 'password: too small')
  assert.deepEqual(tellFailure(short, fields), { wrong: { password: 'Too small' }, error: null })
  const other = problem('email', 'There is somebody already.')
  assert.deepEqual(tellFailure(other, fields).wrong, { email: 'There is somebody already.' })
  assert.deepEqual(tellFailure(other, fields, (_, field) => `Taken: ${field}`).wrong, {
    email: 'Taken: email',
  })
})

test('a failure of no field of the form is swallowed', () => {
  for (const failure of [problem('token', 'gone'), problem(undefined, 'full'), new Error('broken')])
    assert.deepEqual(tellFailure(failure, ['email']), { wrong: {}, error: failure })
})

test('what is not wrong counts as said', () => {
  assert.deepEqual(said({ name: undefined, email: 'Missing' }), { email: 'Missing' })
})
