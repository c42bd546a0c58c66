import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { openDatabase } from '../../apps/server/src/db/database.ts'
import { sql } from '../../apps/server/src/db/drizzle.ts'
import { buildServer } from '../../apps/server/src/http/server.ts'
import { startService } from '../support/service.ts'
import { fillProfile } from './brand.ts'
import { readApi } from './operations.ts'

const MANY = 60

const cleanUp = new AsyncDisposableStack()
// Before that of the database, which nobody may use by then.
after(() => cleanUp.disposeAsync())
const t = await startService()
const { a, service } = t
await fillProfile(t, a)
/** Every thing of the profile once more, so many times. */
const copies = [
  `insert into sources (profile_id, id, name, size_bytes, state, probe, summary)
   select profile_id, encode(sha256((id || n)::bytea), 'hex'), name, size_bytes, state, probe, summary from sources, generate_series(1, ${MANY}) n`,
  `insert into segments (profile_id, source_id, start_seconds, end_seconds, origin)
   select profile_id, source_id, start_seconds, end_seconds, origin from segments, generate_series(1, ${MANY})`,
  `insert into projects (profile_id, name, target_seconds) select profile_id, name, target_seconds from projects, generate_series(1, ${MANY})`,
  `insert into clips (profile_id, project_id, number, name, timeline, voice, captions, voiceover_hash, voiceover_kind)
   select profile_id, project_id, 1 + n, name, timeline, voice, captions, voiceover_hash, voiceover_kind from clips, generate_series(1, ${MANY}) n`,
  `insert into exports (profile_id, clip_id, project_id, clip_version, name, preset_id, recipe_hash, recipe, parts, size_bytes, duration_seconds)
   select c.profile_id, c.id, c.project_id, 1, e.name, preset_id, recipe_hash, recipe, parts, size_bytes, duration_seconds
   from exports e join clips c on c.profile_id = e.profile_id`,
  `insert into jobs (profile_id, kind, subject, payload) select profile_id, kind, subject, payload from jobs, generate_series(1, ${MANY})`,
  `insert into presets (profile_id, id, preset) select profile_id, id || n, preset from presets, generate_series(1, ${MANY}) n`,
]
await service.db.ofProfile(a.id, async (tx) => {
  for (const copy of copies) await tx.execute(sql.raw(copy))
})

const queries: string[] = []
const db = openDatabase(service.facts, { onQuery: (text) => queries.push(text) })
cleanUp.defer(() => db.close())
const app = await buildServer({ ...service, db }, { authentication: true, version: '0.0.0-test' })
cleanUp.defer(() => app.close())

async function list(path: string, query: string): Promise<{ length: number; queries: number }> {
  queries.length = 0
  const answer = await app.inject({
    url: `${path}${query}`,
    headers: { authorization: `Bearer ${a.key}`, 'x-profile-id': a.id },
  })
  assert.equal(answer.statusCode, 200, answer.body)
  return { length: answer.json().items.length, queries: queries.length }
}

// The first use of a key is written down.
await list('/api/v1/jobs', '')
for (const { id, method, path, ofProfile, pathParameters, query } of (await readApi(t.app)).operations) {
  const pages = query.some(({ name }) => name === 'cursor')
  if (method !== 'GET' || !ofProfile || pathParameters.length > 0 || !pages) continue
  test(`${id} asks the database more often for a longer list`, async () => {
    const short = await list(path, '?limit=1')
    assert.equal(short.length, 1)
    const long = await list(path, '?limit=200')
    assert.ok(long.length >= MANY, `${long.length} items`)
    assert.equal(long.queries, short.queries)
  })
}
