import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, it } from 'node:test'
import { ERRORS } from '@cutroom/contracts'
import fc from 'fast-check'
import { createKey } from '../../apps/server/src/domain/people/keys.ts'
import { invite } from '../../apps/server/src/domain/people/links.ts'
import { insertPerson } from '../../apps/server/src/domain/people/people.ts'
import { createProfile } from '../../apps/server/src/domain/profiles/change.ts'
import { buildServer } from '../../apps/server/src/http/server.ts'
import { startService } from '../support/service.ts'
import { fillProfile, idsInPaths } from './brand.ts'
import { isJson, type Operation, readApi, type Schema } from './operations.ts'

/** Whole rounds through all operations are made within this time. */
const TIME_MS = 5000
const MOST_ROUNDS = 50
const REQUESTS_OF_ROUND = 4
/** They answer with a stream that does not end. */
const ENDLESS = ['followEvents']
/** Failures that are the operation's to answer with: what it needs is not there. */
const MAY_BE_UNAVAILABLE = ['getReadiness']

const OWNER = 'local-key-of-the-fuzz-test'

const t = await startService()
// Asked as the owner, and as often as time allows.
const app = await buildServer(t.service, {
  authentication: true,
  version: '0.0.0-test',
  localKey: OWNER,
  requestsPerMinute: 1e9,
})
after(() => app.close())
const brand = await fillProfile(t, t.a)
const api = await readApi(app)
const IDS: Record<string, string> = { ...idsInPaths(brand) }

/** Things of the studio that may be changed and removed: a round removes them at its end. */
async function renewSpares(): Promise<void> {
  const { db } = t.service
  const name = `Spare ${randomUUID()}`
  const profile = await createProfile(t.service, { name })
  const person = {
    email: `${randomUUID()}@example.com`,
    name,
    passwordHash: '',
    role: 'member',
    profileIds: [],
  } as const
  IDS.profiles = profile.id
  IDS.people = await db.shared((tx) => insertPerson(tx, person))
  IDS.keys = (await createKey(db, null, { name, access: 'read', profileIds: [profile.id] })).id
  IDS.invitations = (await invite(db, { role: 'member', profileIds: [profile.id] })).id
}
await renewSpares()

const oddText = fc.oneof(
  fc.constantFrom(
    '',
    '\0',
    'a\0b',
    '\ud800',
    'x\udfff',
    '\u202e',
    '../../etc/passwd',
    "'; drop table clips; --",
  ),
  fc.constantFrom(...[41, 101, 201, 501, 5001, 20_001].map((length) => 'x'.repeat(length))),
  fc.string({ unit: 'binary', maxLength: 20 }),
)
const oddNumber = fc.oneof(
  fc.constantFrom(0, -1, 2 ** 31, 2 ** 53, -(2 ** 53), 1e308, -1e308, 5e-324, 0.1, 1.5),
  fc.double({ noNaN: true }),
  fc.maxSafeInteger(),
)
const nested = (depth: number): unknown => {
  let value: unknown = 'deep'
  for (let i = 0; i < depth; i += 1) value = i % 2 === 0 ? [value] : { value }
  return value
}
const deep = fc.constantFrom(nested(10), nested(33), nested(500))
const odd: fc.Arbitrary<unknown> = fc.oneof(
  oddText,
  oddNumber,
  fc.constantFrom(null, true, false, [], {}, [[]], { __proto__: null }),
  fc.array(oddText, { maxLength: 5 }),
  { arbitrary: deep, weight: 1 },
  { arbitrary: fc.jsonValue({ maxDepth: 3 }), weight: 2 },
)

/** Mostly what a schema asks for, in an extreme; sometimes anything at all. */
function nearly(schema: Schema, depth = 0): fc.Arbitrary<unknown> {
  const found = api.resolve(schema)
  if (depth > 5) return odd
  return fc.oneof({ arbitrary: fitting(found, depth), weight: 8 }, { arbitrary: odd, weight: 1 })
}

function fitting(schema: Schema, depth: number): fc.Arbitrary<unknown> {
  if (schema.const !== undefined) return fc.constant(schema.const)
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum)
  const choices = schema.anyOf ?? schema.oneOf
  if (choices !== undefined) return fc.oneof(...choices.map((choice) => nearly(choice, depth + 1)))
  const type = typeof schema.type === 'string' ? schema.type : schema.type?.[0]
  if (type === 'object' || schema.allOf !== undefined) {
    const parts = [schema, ...(schema.allOf ?? []).map(api.resolve)]
    const fields = Object.assign({}, ...parts.map(({ properties }) => properties ?? {})) as Record<
      string,
      Schema
    >
    const arbitraries = Object.fromEntries(
      Object.entries(fields).map(([name, field]) => [name, nearly(field, depth + 1)]),
    )
    const required = parts.flatMap((part) => part.required ?? [])
    return fc.record(arbitraries, { requiredKeys: required.filter((name) => name in arbitraries) })
  }
  if (type === 'array')
    return fc.array(nearly(schema.items ?? {}, depth + 1), {
      minLength: schema.minItems ?? 0,
      maxLength: (schema.minItems ?? 0) + 3,
    })
  if (type === 'integer' || type === 'number') return fittingNumber(schema, type)
  if (type === 'boolean') return fc.boolean()
  if (type === 'string') return fittingText(schema)
  return odd
}

function fittingNumber({ minimum, exclusiveMinimum, maximum }: Schema, type: string): fc.Arbitrary<number> {
  const low = minimum ?? exclusiveMinimum ?? -1e6
  const high = Math.max(low, maximum ?? Number.MAX_SAFE_INTEGER)
  return type === 'integer'
    ? fc.oneof(
        fc.constantFrom(Math.ceil(low), Math.floor(high)),
        fc.integer({ min: Math.ceil(low), max: Math.floor(high) }),
      )
    : fc.oneof(fc.constantFrom(low, high), fc.double({ min: low, max: high, noNaN: true }))
}

function fittingText({ minLength = 0, maxLength = 300, format, pattern }: Schema): fc.Arbitrary<string> {
  const known = fc.constantFrom(...Object.values(IDS))
  if (format === 'uuid') return fc.oneof(known, fc.uuid())
  if (format === 'email') return fc.emailAddress()
  const most = Math.max(minLength, Math.min(maxLength, 300))
  const plain = fc.string({ unit: 'grapheme', minLength, maxLength: most })
  if (pattern !== undefined) return fc.oneof(known, plain, fc.stringMatching(new RegExp(pattern)))
  return fc.oneof(known, plain, fc.constant('x'.repeat(Math.min(maxLength, 100_000))))
}

interface Request {
  readonly ids: readonly (string | null)[]
  readonly query: Readonly<Record<string, unknown>>
  readonly type: string | null
  readonly body: unknown
  readonly headers: Readonly<Record<string, string>>
}

/** Header values that a client could send at all. */
const header = fc.string({
  unit: fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCodePoint(code)),
  maxLength: 300,
})
const headers = fc.record(
  {
    range: header,
    'if-range': header,
    'if-none-match': header,
    'idempotency-key': header,
    'x-request-id': header,
    'last-event-id': header,
    'upload-length': header,
    'upload-metadata': header,
    'upload-offset': header,
    'tus-resumable': fc.constantFrom('1.0.0', '9'),
  },
  { requiredKeys: [] },
)
/** What the protocol of uploads has, offered here or not, mostly well-formed. */
const tusHeaders = fc.record(
  {
    'tus-resumable': fc.constant('1.0.0'),
    'upload-length': fc.constantFrom('0', '1', '7', '1e21', '-1', String(Number.MAX_SAFE_INTEGER)),
    'upload-offset': fc.constantFrom('0', '1', '1e21'),
    'upload-defer-length': fc.constantFrom('1', '2'),
    'upload-concat': fc.constantFrom('partial', 'final;/api/v1/uploads/none', 'final'),
    'upload-metadata': fc.constantFrom(
      'filename',
      'filename AA==',
      'filename eA==,filename eA==',
      '__proto__ eA==',
    ),
    'upload-checksum': fc.constant('sha1 Kq5sNclPz7QV2+lfQIuc6R7oRu0='),
  },
  { requiredKeys: ['tus-resumable'] },
)

function requests({ path, pathParameters, query, body }: Operation): fc.Arbitrary<Request> {
  const speaksTus = path.includes('/uploads')
  const id = fc.oneof(
    { arbitrary: fc.constant(null), weight: 4 },
    { arbitrary: oddText.filter((text) => text.length < 1000), weight: 1 },
  )
  const fields = Object.fromEntries(query.map(({ name, schema }) => [name, nearly(schema)]))
  const json = body !== null && isJson(body.type)
  const bodies = body === null ? odd : json ? nearly(body.schema) : odd
  const broken = fc.constantFrom(
    '{',
    '{"a":',
    'nonsense',
    '"',
    '\u0000',
    '{"__proto__":{"x":1}}',
    '[1,2',
    '',
    '['.repeat(50_000) + ']'.repeat(50_000),
  )
  return fc.record({
    ids: fc.tuple(...pathParameters.map(() => id)),
    query: fc.record(fields, { requiredKeys: [] }),
    type: fc.oneof(
      { arbitrary: fc.constant(body?.type ?? null), weight: 8 },
      {
        arbitrary: fc.constantFrom(
          'text/plain',
          'application/xml',
          'multipart/form-data; boundary=x',
          'application/json; charset=nonsense',
          '',
          'application/offset+octet-stream',
        ),
        weight: 1,
      },
    ),
    body: fc.oneof(
      { arbitrary: bodies, weight: 8 },
      { arbitrary: broken.map((text) => Buffer.from(text)), weight: 1 },
    ),
    headers: fc.oneof(
      { arbitrary: speaksTus ? tusHeaders : fc.constant({}), weight: 3 },
      { arbitrary: headers, weight: 1 },
    ),
  })
}

async function send(operation: Operation, { ids, query, type, body, headers }: Request) {
  const place = operation.pathParameters.reduce(
    (path, { name, collection }, index) =>
      path.replace(`{${name}}`, () =>
        encodeURIComponent((ids[index] ?? IDS[collection] ?? 'none').toWellFormed()),
      ),
    operation.path,
  )
  const search = Object.entries(query).map(([name, value]) => {
    const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '')
    return `${name}=${encodeURIComponent(text.toWellFormed().slice(0, 2000))}`
  })
  const hasBody = !['GET', 'HEAD', 'OPTIONS'].includes(operation.method) && type !== null
  return app.inject({
    method: operation.method as 'GET',
    url: search.length > 0 ? `${place}?${search.join('&')}` : place,
    headers: {
      authorization: `Bearer ${OWNER}`,
      'x-profile-id': t.a.id,
      ...headers,
      ...(hasBody && { 'content-type': type }),
    },
    ...(hasBody && { payload: Buffer.isBuffer(body) ? body : (JSON.stringify(body) ?? '') }),
  })
}

/** What removes goes last, so that the others find something. */
const removes = ({ id }: Operation): number =>
  /^(delete|remove|collect|give|revoke|withdraw)/i.test(id) ? 1 : 0
const operations = api.operations
  .filter(({ id }) => !ENDLESS.includes(id))
  .toSorted((one, other) => removes(one) - removes(other))

async function check(operation: Operation, request: Request): Promise<void> {
  const { statusCode, headers, body } = await send(operation, request)
  if (statusCode < 400 || MAY_BE_UNAVAILABLE.includes(operation.id)) return
  assert.ok(statusCode < 500 || statusCode === ERRORS['disk-full'].status, `answered ${statusCode}: ${body}`)
  if (operation.method === 'HEAD') return
  assert.match(String(headers['content-type']), /^application\/problem\+json/, body)
  const problem = JSON.parse(body)
  assert.ok(problem.code in ERRORS && problem.requestId, body)
}

it('no operation fails at bad input: a problem with a code, never a 500', async () => {
  const began = performance.now()
  const seed = Math.floor(Math.random() * 2 ** 31)
  const wrong = new Map<string, string>()
  let rounds = 0
  for (; performance.now() - began < TIME_MS && rounds < MOST_ROUNDS; rounds += 1) {
    if (rounds > 0) await renewSpares()
    for (const operation of operations) {
      if (wrong.has(operation.id)) continue
      const about = { seed: seed + rounds, numRuns: REQUESTS_OF_ROUND }
      for (const request of fc.sample(requests(operation), about)) {
        await check(operation, request).catch((error: Error) => {
          const sent = JSON.stringify(request).slice(0, 1000)
          wrong.set(operation.id, `${error.message}\n  after ${sent} (seed ${about.seed})`)
        })
      }
    }
  }
  assert.deepEqual(Object.fromEntries(wrong), {})
  assert.ok(rounds > 0)
})
