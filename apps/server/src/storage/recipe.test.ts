import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CutroomError } from '@cutroom/contracts'
import fc from 'fast-check'
import { canonicalJson, recipeHash } from './recipe.ts'

test('canonical JSON is what RFC 8785 prescribes', () => {
  // The example of its section 3.2.2, and of the sorting in 3.2.3.
  const example: unknown = JSON.parse(
    String.raw`{"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],
      "string":"\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/","literals":[null,true,false]}`,
  )
  assert.equal(
    canonicalJson(example),
    '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
  )
  const sorting = { '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\ud83d\ude00': 5, '\u0080': 6, '\u00f6': 7 }
  assert.equal(canonicalJson(sorting), '{"\\r":2,"1":4,"\u0080":6,"ö":7,"€":1,"😀":5,"\ufb33":3}')
  assert.equal(canonicalJson([-0, {}, []]), '[0,{},[]]')
})

test('the hash of a recipe is fixed for all time', () => {
  // printf '{"a":1,"b":[2]}' | sha256sum
  assert.equal(
    recipeHash({ b: [2], a: 1 }),
    '0855bfc20eb6cfaa4be7d6b510c63dd22997718bddadcb1a4915cec3a16145b9',
  )
})

test('the order of keys does not change a hash, and any JSON comes back from its canonical form', () => {
  fc.assert(
    fc.property(fc.jsonValue({ stringUnit: 'grapheme' }), (value) => {
      assert.deepEqual(JSON.parse(canonicalJson(value)), JSON.parse(JSON.stringify(value)))
    }),
  )
  fc.assert(
    fc.property(fc.dictionary(fc.string({ unit: 'grapheme' }), fc.integer()), (value) => {
      assert.equal(recipeHash(Object.fromEntries(Object.entries(value).reverse())), recipeHash(value))
    }),
  )
})

test('what JSON would drop or bend is refused by its place, so that two recipes never share a hash', () => {
  const holed: unknown[] = [1]
  holed[2] = 3
  const wrong: [string, unknown][] = [
    ['recipe', undefined],
    ['recipe.a', { a: undefined }],
    ['recipe.a[1]', { a: [1, Number.NaN] }],
    ['recipe[0]', [Number.POSITIVE_INFINITY]],
    ['recipe[1]', holed],
    ['recipe.at', { at: new Date(0) }],
    ['recipe.m', { m: new Map() }],
    ['recipe.f', { f: () => 1 }],
    ['recipe.n', { n: 1n }],
    ['recipe.b', { b: new Uint8Array(1) }],
    ['recipe.s', { s: '\ud800' }],
    ['recipe', { '\ud800': 1 }],
    ['recipe', { [Symbol('x')]: 1 }],
  ]
  for (const [place, value] of wrong) {
    const named = (error: unknown) =>
      error instanceof CutroomError && error.message.startsWith(`${place} holds`)
    assert.throws(() => canonicalJson(value), named, place)
  }
})
