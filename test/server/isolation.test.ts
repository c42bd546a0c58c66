import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, it } from 'node:test'
import { withOwner } from '../../apps/server/src/db/connection.ts'
import { createKey, revokeKey } from '../../apps/server/src/domain/people/keys.ts'
import { startService, type TestProfile } from '../support/service.ts'
import { type Brand, fillProfile, idsInPaths } from './brand.ts'
import { isJson, type Operation, readApi } from './operations.ts'
import { type Named, namesSomething, sample } from './samples.ts'

/*
 * Walks every operation that the API describes. An operation that is new fails here until this file knows
 * real ids for its path, and a valid body for it.
 */

/** Anybody may call them. */
const PUBLIC = [
  'getAlive',
  'getReadiness',
  'signIn',
  'setUp',
  'acceptInvitation',
  'resetPassword',
  'openLink',
  'listFonts',
  'getFont',
]

/** They are about no profile, or name it in their path: what a key of another profile is answered. */
const STUDIO: Readonly<Record<string, number>> = {
  getMetrics: 403,
  listVoices: 200,
  getSession: 200,
  signOut: 403,
  changePassword: 403,
  listPeople: 403,
  changePerson: 403,
  deletePerson: 403,
  listInvitations: 403,
  invite: 403,
  withdrawInvitation: 403,
  listKeys: 403,
  createKey: 403,
  revokeKey: 403,
  listProfiles: 200,
  createProfile: 403,
  getProfile: 404,
  changeProfile: 404,
  deleteProfile: 404,
  setDefaultProfile: 404,
  getProfileLogo: 404,
  setProfileLogo: 404,
  removeProfileLogo: 404,
}

/** They answer for each thing that a body names: `200`, and that there is no such thing. */
const EACH_FOR_ITSELF = ['selectClips', 'deleteClips', 'renderClips']

/** What stands in a path, by the part before it. */
const inPath = (brand: Brand, profile: TestProfile): Named => ({
  ...idsInPaths(brand),
  files: 'none',
  profiles: profile.id,
  people: profile.id,
  keys: profile.id,
  invitations: profile.id,
})

/** What stands in bodies and queries, by the name of the field. */
const inBody = (brand: Brand): Named => ({
  sourceId: brand.source,
  segmentId: brand.segment,
  projectId: brand.project,
  clipId: brand.clip,
  exportId: brand.export,
  jobId: brand.job,
  musicSourceId: brand.source,
  from: brand.clip,
  like: brand.clip,
  main: brand.source,
  video: brand.source,
  audio: brand.source,
  music: brand.source,
  id: brand.source,
})

/** Bodies that their schema does not tell how to fill. */
const BODIES: Readonly<Record<string, (named: Named) => object>> = {
  // The other video is another one.
  makeMultiVideo: ({ main }) => ({
    main,
    captions: '1\n00:00:00,000 --> 00:00:01,000\nHello there\n',
    others: [{ sourceId: '0'.repeat(64), keywords: ['hello'] }],
  }),
}

const t = await startService()
const a = await fillProfile(t, t.a)
const b = await fillProfile(t, t.b)
const api = await readApi(t.app)
const ofProfile = api.operations.filter((operation) => operation.ofProfile)
const withIds = ofProfile.filter(({ pathParameters }) => pathParameters.length > 0)

/** What uploads ask of whoever speaks to them. */
const TUS = { 'tus-resumable': '1.0.0', 'upload-offset': '0' }
const READING = ['GET', 'HEAD', 'OPTIONS']
/** They write nothing that is the profile's. */
const READS_BY_POST = ['createLink', 'quoteVoice']
/** What stands in their path is everybody's. */
const OF_EVERYBODY = ['getVoiceSample']

/** What a body names; ids that a body gives to new things are not among it. */
function namedIn({ id }: Operation, brand: Brand): Named {
  const { id: _own, ...others } = inBody(brand)
  return id === 'createLink' ? inBody(brand) : others
}

function pathOf(operation: Operation, ids: Named): string {
  return operation.pathParameters.reduce(
    (place, { name, collection }) => {
      const id = ids[collection]
      assert.ok(id, `${operation.method} ${operation.path}: this test knows no real id for {${name}}.`)
      return place.replace(`{${name}}`, id)
    },
    operation.path.replace('/api/v1', ''),
  )
}

interface Ask {
  readonly by: TestProfile | null
  /** In the header; the caller's own where missing, none where \`null\`. */
  readonly profile?: string | null
  readonly path: Named
  readonly named: Named
  readonly query?: string
}

async function ask(operation: Operation, { by, profile = by?.id, path: ids, named, query = '' }: Ask) {
  const { body } = operation
  const needed = operation.query.filter(({ required }) => required)
  const place =
    pathOf(operation, ids) + (needed.length > 0 ? `?${needed.map(({ name }) => `${name}=1`)}` : query)
  const payload =
    body === null
      ? undefined
      : isJson(body.type)
        ? (BODIES[operation.id]?.(named) ?? (sample(api, body.schema, named) as object))
        : Buffer.from('bytes')
  return t.app.inject({
    method: operation.method as 'GET',
    url: operation.path.startsWith('/api/v1') ? `/api/v1${place}` : place,
    headers: {
      ...TUS,
      ...(by !== null && { authorization: `Bearer ${by.key}` }),
      ...(by !== null && profile && { 'x-profile-id': profile }),
      // The bytes of an upload are no body that the description knows.
      'content-type':
        body?.type ?? (operation.method === 'PATCH' ? 'application/offset+octet-stream' : undefined),
    },
    ...(payload !== undefined && { payload }),
  })
}

/** Everything that belongs to a profile: a sum over the rows of each table, and over each file. */
async function everythingOf({ id }: TestProfile): Promise<Record<string, string>> {
  const sums: Record<string, string> = {}
  await withOwner(t.service.facts, async (client) => {
    const { rows: tables } = await client.query<{ name: string }>(
      `select table_name as name from information_schema.columns
       where table_schema = 'public' and column_name = 'profile_id'
         and table_name not in ('memberships', 'api_key_profiles')`,
    )
    for (const { name } of tables) {
      const { rows } = await client.query<{ count: string; sum: string }>(
        `select count(*), md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as sum from public.${name} t where profile_id = $1`,
        [id],
      )
      sums[name] = `${rows[0]?.count} rows, ${rows[0]?.sum}`
    }
    const { rows } = await client.query('select md5(t::text) as sum from profiles t where id = $1', [id])
    sums.profiles = rows[0]?.sum
  })
  for (const folder of ['storage', 'uploads', 'temp']) {
    const root = path.join(t.dataDir, folder, id)
    const entries = await readdir(root, { recursive: true, withFileTypes: true }).catch(() => [])
    for (const entry of entries) {
      if (!entry.isFile()) continue
      const file = path.join(entry.parentPath, entry.name)
      sums[path.relative(t.dataDir, file)] = createHash('sha256')
        .update(await readFile(file))
        .digest('hex')
    }
  }
  return sums
}

// The sample of a voice is kept when it is first heard.
await t.request(t.a, 'GET', '/voices/espeak:en-us/sample')
const before = await everythingOf(t.a)
async function unchanged(): Promise<void> {
  const now = await everythingOf(t.a)
  const places = new Set([...Object.keys(before), ...Object.keys(now)])
  assert.deepEqual(
    [...places].filter((place) => now[place] !== before[place]),
    [],
    'this has changed',
  )
}

/** Asks all operations and collects those that are not answered as they should be, so that a failure names every one. */
async function everyOne(
  operations: readonly Operation[],
  about: (operation: Operation) => Ask,
  isRight: (answer: Awaited<ReturnType<typeof ask>>, operation: Operation) => boolean,
): Promise<void> {
  const wrong: string[] = []
  for (const operation of operations) {
    const answer = await ask(operation, about(operation))
    if (!isRight(answer, operation))
      wrong.push(`${operation.id}: ${answer.statusCode} ${answer.body.slice(0, 600)}`)
  }
  assert.deepEqual(wrong, [])
  await unchanged()
}

describe('the walk', () => {
  it('knows every operation: public, of the studio, or of a profile', () => {
    const known = [...PUBLIC, ...Object.keys(STUDIO)].toSorted()
    const found = api.operations.filter((each) => !each.ofProfile).map(({ id }) => id)
    assert.deepEqual(
      found.filter((id) => !known.includes(id)),
      [],
    )
    const open = api.operations.filter((each) => each.isPublic).map(({ id }) => id)
    assert.deepEqual(
      open.filter((id) => !PUBLIC.includes(id)),
      [],
    )
    assert.ok(ofProfile.length > 20)
  })

  it('uses ids that are real: their own profile finds them', () =>
    everyOne(
      withIds.filter(({ method }) => method === 'GET'),
      () => ({ by: t.a, path: inPath(a, t.a), named: {} }),
      // Files are not what this test is about: some are not there, which `sendEntry` and its callers say in other words.
      ({ statusCode, body }) =>
        statusCode !== 404 || /file|preview|thumbnail|voice/i.test(JSON.parse(body).detail),
    ))
})

describe('a key of another profile', () => {
  it('finds nothing behind the ids of this one, and changes nothing', () =>
    everyOne(
      withIds.filter(({ id }) => !OF_EVERYBODY.includes(id)),
      (operation) => ({ by: t.b, path: inPath(a, t.a), named: namedIn(operation, b) }),
      ({ statusCode }) => statusCode === 404,
    ))

  it('gets nothing of it by naming it in the header', () =>
    everyOne(
      ofProfile,
      (operation) => ({ by: t.b, profile: t.a.id, path: inPath(a, t.a), named: namedIn(operation, a) }),
      ({ statusCode }) => statusCode === 404,
    ))

  it('gets nothing of it by naming it in the query', () =>
    everyOne(
      ofProfile.filter(({ method }) => method === 'GET' || method === 'HEAD'),
      () => ({ by: t.b, profile: null, path: inPath(a, t.a), named: {}, query: `?profileId=${t.a.id}` }),
      ({ statusCode }) => statusCode === 404,
    ))

  it('cannot name things of it in bodies', async () => {
    const naming = ofProfile.filter(
      (operation) =>
        operation.body !== null &&
        isJson(operation.body.type) &&
        namesSomething(api, operation.body.schema, namedIn(operation, a)),
    )
    assert.ok(naming.length >= 5, `only ${naming.length} operations name something`)
    await everyOne(
      naming,
      (operation) => ({ by: t.b, path: inPath(b, t.b), named: namedIn(operation, a) }),
      ({ statusCode, body }, { id }) =>
        statusCode === 404 ||
        (EACH_FOR_ITSELF.includes(id) && statusCode < 300 && body.includes('not-found')),
    )
  })

  it('finds nothing by naming things of it in queries', async () => {
    for (const name of Object.keys(inBody(a)))
      await everyOne(
        ofProfile.filter(({ query }) => query.some((parameter) => parameter.name === name)),
        () => ({ by: t.b, path: inPath(b, t.b), named: {}, query: `?${name}=${inBody(a)[name]}` }),
        ({ statusCode, body }) =>
          statusCode === 404 || (statusCode === 200 && JSON.parse(body).items.length === 0),
      )
  })

  it('is answered as this file says where an operation is about the studio', () =>
    everyOne(
      api.operations.filter(({ id }) => STUDIO[id] !== undefined),
      (operation) => ({ by: t.b, path: inPath(a, t.a), named: namedIn(operation, a) }),
      ({ statusCode, body }, { id }) => statusCode === STUDIO[id] && !body.includes(t.a.id),
    ))
})

describe('without a way in', () => {
  const closed = api.operations.filter((each) => !each.isPublic)
  const asA = (by: TestProfile | null) => (operation: Operation) => ({
    by,
    path: inPath(a, t.a),
    named: namedIn(operation, a),
  })

  it('nothing that is not public answers who sends no credentials', () =>
    everyOne(closed, asA(null), ({ statusCode }) => statusCode === 401))

  it('nothing that is not public answers a revoked key', async () => {
    const { id, secret } = await createKey(t.service.db, null, {
      name: 'gone',
      access: 'write',
      profileIds: null,
    })
    await revokeKey(t.service.db, id)
    await everyOne(closed, asA({ id: t.a.id, key: secret }), ({ statusCode }) => statusCode === 401)
  })

  it('nothing is written by a key that may only read', async () => {
    const { secret } = await createKey(t.service.db, null, {
      name: 'reader',
      access: 'read',
      profileIds: [t.a.id],
    })
    await everyOne(
      ofProfile.filter(({ id, method }) => !READING.includes(method) && !READS_BY_POST.includes(id)),
      asA({ id: t.a.id, key: secret }),
      ({ statusCode }) => statusCode === 403,
    )
  })
})
