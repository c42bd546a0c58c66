import assert from 'node:assert/strict'
import { test } from 'node:test'
import { askGone } from './client.ts'

const answer = (status: number) => Promise.resolve({ response: new Response(null, { status }) })

test('what is gone already is deleted, and nothing else that failed is', async () => {
  await askGone(answer(204))
  await askGone(answer(404))
  await assert.rejects(askGone(answer(409)), { status: 409 })
  await assert.rejects(askGone(Promise.reject(new TypeError('Failed to fetch'))), { code: 'unreachable' })
})
