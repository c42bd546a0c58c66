import assert from 'node:assert/strict'
import { it } from 'node:test'
import { chain, filter, link } from './filter-graph.ts'

it('writes a filter with its options by name', () => {
  assert.equal(filter('scale', { w: 1080, h: 1920, flags: 'bicubic' }), 'scale=w=1080:h=1920:flags=bicubic')
  assert.equal(filter('asplit'), 'asplit')
})

it('joins filters with commas and leaves out what is false', () => {
  assert.equal(chain('a', false, null, filter('b', { c: 1 })), 'a,b=c=1')
})

it('labels inputs and outputs', () => {
  assert.equal(link(['0:a', 'key'], 'amix', ['out']), '[0:a][key]amix[out]')
})

it('escapes a value for the filter, then for the graph', () => {
  assert.equal(
    filter('ass', { filename: "it's, a [b]:c;\\d" }),
    "ass=filename=it\\\\\\'s\\, a \\[b\\]\\\\:c\\;\\\\\\\\d",
  )
})
