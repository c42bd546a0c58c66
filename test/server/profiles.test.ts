import assert from 'node:assert/strict'
import { createHash, randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { cp, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, it } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import sharp from 'sharp'
import { withOwner } from '../../apps/server/src/db/connection.ts'
import { createKey } from '../../apps/server/src/domain/people/keys.ts'
import { profileOfName } from '../../apps/server/src/domain/profile.ts'
import { purgeDeletedProfiles } from '../../apps/server/src/domain/profiles/purge.ts'
import { createScratch } from '../../apps/server/src/scratch/scratch.ts'
import { told } from '../projects/rows.ts'
import { eventually } from '../support/children.ts'
import { startService, type TestProfile } from '../support/service.ts'
import { fillProfile } from './brand.ts'

/** Seconds that tell a job of this file to go on until it is stopped. */
const LONG = 999

const t = await startService()
const owner: TestProfile = {
  id: t.a.id,
  key: (await createKey(t.service.db, null, { name: 'all', access: 'write', profileIds: null })).secret,
}
const create = (body: object) => t.request(owner, 'POST', '/profiles', { body })

describe('a new profile', () => {
  it('has the id that its name stands for, once; whoever takes the name later gets another', async () => {
    const first = await create({ name: 'Harbour' })
    assert.equal(first.status, 201)
    assert.equal(first.body.id, profileOfName('Harbour').id)
    assert.deepEqual(first.body.defaults, {
      voice: 'espeak:en-us',
      captionStyle: 'highlight',
      preset: 'reels',
      duration: 20,
    })
    const renamed = await t.request(owner, 'PATCH', `/profiles/${first.body.id}`, { body: { name: 'Port' } })
    assert.equal(renamed.body.id, first.body.id)
    const second = await create({ name: 'Harbour' })
    assert.equal(second.status, 201)
    assert.notEqual(second.body.id, first.body.id)
  })

  it('has a name of its own, upper and lower case being the same', async () => {
    for (const name of ['harbour', ' HARBOUR ']) {
      const answer = await create({ name })
      assert.equal(answer.status, 409)
      assert.equal(answer.body.field, 'name')
    }
    const port = (await t.request(owner, 'GET', '/profiles')).body.items.find(
      ({ name }: { name: string }) => name === 'Port',
    )
    assert.equal(
      (await t.request(owner, 'PATCH', `/profiles/${port.id}`, { body: { name: 'harbour' } })).status,
      409,
    )
    assert.equal(
      (await t.request(owner, 'PATCH', `/profiles/${port.id}`, { body: { name: 'PORT' } })).status,
      200,
    )
  })

  it('has a voice and a preset that there are', async () => {
    const voice = await create({ name: 'x1', defaults: { voice: 'espeak:nobody' } })
    assert.deepEqual([voice.status, voice.body.code], [422, 'voice-unknown'])
    const preset = await create({ name: 'x2', defaults: { preset: 'imax' } })
    assert.deepEqual([preset.status, preset.body.code], [422, 'preset-unknown'])
    const unknown = await create({ name: 'x3', colours: '#ffffff' })
    assert.equal(unknown.status, 422)
  })
})

describe('a profile', () => {
  it('is changed by who may write in it, but for its limits', async () => {
    const change = { description: 'Boats', defaults: { duration: 30 } }
    const changed = await t.request(t.b, 'PATCH', `/profiles/${t.b.id}`, { body: change })
    assert.equal(changed.status, 200)
    assert.equal(changed.body.defaults.duration, 30)
    assert.equal(changed.body.defaults.preset, 'reels')
    const limits = { limits: { jobsAtOnce: 5 } }
    assert.equal((await t.request(t.b, 'PATCH', `/profiles/${t.b.id}`, { body: limits })).status, 403)
    const byOwner = await t.request(owner, 'PATCH', `/profiles/${t.b.id}`, { body: limits })
    assert.equal(byOwner.body.limits.jobsAtOnce, 5)
    assert.equal(byOwner.body.limits.storageBytes, null)
  })

  it('is the default where a request names none; a key that does not reach that takes its own', async () => {
    const session = async (by: TestProfile) =>
      (await t.request({ ...by, id: '' }, 'GET', '/session', { headers: {} })).body.defaultProfileId
    assert.equal(await session(owner), t.a.id)
    assert.equal(await session(t.b), t.b.id)
    assert.equal((await t.request(owner, 'POST', `/profiles/${t.b.id}/default`)).body.isDefault, true)
    assert.equal(await session(owner), t.b.id)
    assert.equal((await told(t, t.a, 'profile', t.a.id)).isDefault, false)
    assert.equal((await t.request(owner, 'POST', `/profiles/${t.a.id}/default`)).status, 200)
    assert.equal((await told(t, t.b, 'profile', t.b.id)).isDefault, false)
  })

  it('is missing where it is unknown, foreign or no id at all, in the same words', async () => {
    const answers = await Promise.all(
      [randomUUID(), t.a.id, 'nonsense', ''].map((id) => t.request({ id, key: t.b.key }, 'GET', '/projects')),
    )
    const words = answers.map(({ status, body }) => [status, body.detail, body.code])
    assert.deepEqual(words, Array(4).fill([404, 'There is no such profile.', 'not-found']))
  })
})

describe('a logo', () => {
  const put = (type: string, payload: Buffer) =>
    t.app.inject({
      method: 'PUT',
      url: `/api/v1/profiles/${t.a.id}/logo`,
      headers: { authorization: `Bearer ${t.a.key}`, 'content-type': type },
      payload,
    })
  const picture = sharp({ create: { width: 900, height: 300, channels: 3, background: '#ff0000' } })

  it('is scaled into a square, whatever it came as', async () => {
    assert.equal((await t.request(t.a, 'GET', `/profiles/${t.a.id}/logo`)).status, 404)
    for (const [type, bytes] of [
      ['image/png', await picture.clone().png().toBuffer()],
      ['image/jpeg', await picture.clone().jpeg().toBuffer()],
      ['image/webp', await picture.clone().webp().toBuffer()],
    ] as const) {
      const answer = await put(type, bytes)
      assert.equal(answer.statusCode, 200, answer.body)
      assert.match(answer.json().logoVersion, /^[0-9a-f]{12}$/)
    }
    const { bytes, headers } = await t.request(t.a, 'GET', `/profiles/${t.a.id}/logo`)
    assert.equal(headers['content-type'], 'image/png')
    const { width, height, format } = await sharp(bytes).metadata()
    assert.deepEqual([width, height, format], [512, 512, 'png'])
  })

  it('is refused where it is no picture, another kind of picture or too large', async () => {
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><image href="/etc/passwd"/></svg>')
    const cut = (await picture.clone().png().toBuffer()).subarray(0, 60)
    for (const bytes of [svg, cut, Buffer.from('hello')]) {
      const answer = await put('image/png', bytes)
      assert.deepEqual([answer.statusCode, answer.json().code], [422, 'media-unrecognised'])
    }
    assert.equal((await put('image/svg+xml', svg)).statusCode, 400)
    assert.equal((await put('image/png', Buffer.alloc(2 * 2 ** 20 + 1))).statusCode, 413)
    assert.equal((await t.request(t.b, 'GET', `/profiles/${t.a.id}/logo`)).status, 404)
  })

  it('is taken away', async () => {
    const answer = await t.request(t.a, 'DELETE', `/profiles/${t.a.id}/logo`)
    assert.equal(answer.body.logoVersion, null)
    assert.equal((await t.request(t.a, 'GET', `/profiles/${t.a.id}/logo`)).status, 404)
  })
})

describe('a deleted profile', () => {
  const rowsOf = (id: string) =>
    withOwner(t.service.facts, async (client) => {
      const { rows } = await client.query<{ name: string }>(
        `select table_name as name from information_schema.columns
         where table_schema = 'public' and column_name = 'profile_id'`,
      )
      let count = 0
      for (const { name } of rows) {
        const found = await client.query(`select from public.${name} where profile_id = $1`, [id])
        if (name !== 'api_key_profiles') count += found.rowCount ?? 0
      }
      return count
    })
  const filesOf = async (id: string) => {
    const lists = await Promise.all(
      ['storage', 'uploads', 'temp'].map((folder) =>
        readdir(path.join(t.dataDir, folder, id), { recursive: true }).catch(() => []),
      ),
    )
    return lists.flat().length
  }

  it('is gone at once, and then with everything that was its own, and nothing else', async () => {
    const gone = await t.newProfile()
    await fillProfile(t, gone)
    await fillProfile(t, t.b)
    const others = [await rowsOf(t.b.id), await filesOf(t.b.id)]
    await writeFile(path.join(t.dataDir, 'storage', gone.id, 'left-behind'), 'x')
    assert.ok((await rowsOf(gone.id)) > 10 && (await filesOf(gone.id)) > 10)
    assert.equal((await t.request(owner, 'DELETE', `/profiles/${gone.id}`)).status, 204)
    for (const by of [gone, { ...owner, id: gone.id }])
      assert.equal((await t.request(by, 'GET', '/projects')).status, 404)
    assert.equal((await t.request(owner, 'DELETE', `/profiles/${gone.id}`)).status, 404)
    await purgeDeletedProfiles(t.service)
    assert.deepEqual([await rowsOf(gone.id), await filesOf(gone.id)], [0, 0])
    assert.deepEqual([await rowsOf(t.b.id), await filesOf(t.b.id)], others)
    const leftovers = (await readdir(path.join(t.dataDir, 'storage'))).filter((name) =>
      name.includes(gone.id),
    )
    assert.deepEqual(leftovers, [])
  })

  it('keeps its scratch as long as somebody works in it', async () => {
    const gone = await t.newProfile()
    const { dataDir } = t
    const scratch = await createScratch({ dataDir, profileId: gone.id, jobId: randomUUID(), attempt: 1 })
    await writeFile(scratch.file('work'), 'alive')
    await t.request(owner, 'DELETE', `/profiles/${gone.id}`)
    await purgeDeletedProfiles(t.service)
    assert.ok((await filesOf(gone.id)) > 0)
    await scratch.remove()
    await purgeDeletedProfiles(t.service)
    assert.equal(await filesOf(gone.id), 0)
  })

  it('takes scratch of a lost machine along where its job is over, and waits for a person where nothing is known', async () => {
    const gone = await t.newProfile()
    const { body: job } = await t.request(gone, 'POST', '/storage/sweep')
    const lost = async (jobId: string) => {
      const { dataDir } = t
      const scratch = await createScratch({ dataDir, profileId: gone.id, jobId, attempt: 1 })
      const folder = path.dirname(scratch.path)
      const kept = `${folder}.kept`
      await cp(folder, kept, { recursive: true, filter: (file) => path.basename(file) !== 'lease' })
      await scratch.remove()
      await rename(kept, folder)
      return folder
    }
    const [known, unknown] = [await lost(job.id), await lost(randomUUID())]
    await t.request(owner, 'DELETE', `/profiles/${gone.id}`)
    assert.ok((await purgeDeletedProfiles(t.service)).includes(gone.id))
    assert.deepEqual([existsSync(known), existsSync(unknown)], [false, true])
    await rm(unknown, { recursive: true })
    await purgeDeletedProfiles(t.service)
    assert.deepEqual([await rowsOf(gone.id), await filesOf(gone.id)], [0, 0])
  })

  it('stops its running job first, and cancels those that wait', async () => {
    const gone = await t.newProfile()
    let stopped = false
    t.work(
      {
        sweep: async (job, { olderThanSeconds }) => {
          if (olderThanSeconds !== LONG) return null
          await sleep(60_000, undefined, { signal: job.signal }).finally(() => {
            stopped = true
          })
          return null
        },
      },
      4,
    )
    const order = {
      kind: 'sweep',
      payload: { dryRun: true, olderThanSeconds: LONG },
      subject: 'Long',
    } as const
    const enqueue = () => t.service.db.ofProfile(gone.id, (tx) => t.service.queue.enqueue(tx, gone.id, order))
    const [running] = [await enqueue(), await enqueue(), await enqueue()]
    await eventually('the first job runs', async () => {
      const { body } = await t.request(gone, 'GET', `/jobs/${running}`)
      return body.state === 'running' ? body : undefined
    })
    await t.request(owner, 'DELETE', `/profiles/${gone.id}`)
    await eventually('the profile is removed', async () => {
      await purgeDeletedProfiles(t.service)
      return (await rowsOf(gone.id)) === 0 ? true : undefined
    })
    assert.ok(stopped)
    assert.equal(await filesOf(gone.id), 0)
  })

  it('is removed by another call where the first was broken off in the middle', async () => {
    const gone = await t.newProfile()
    await fillProfile(t, gone)
    await t.request(owner, 'DELETE', `/profiles/${gone.id}`)
    // As a kill between moving its files away and deleting them would leave it.
    const half = path.join(t.dataDir, 'storage', `.removed-${gone.id}`)
    await mkdir(half)
    await writeFile(path.join(half, 'half'), 'x')
    // The worker of the test before may be at the profile's job, which has to stop first.
    await eventually('nothing is left of the profile', async () =>
      (await purgeDeletedProfiles(t.service)).includes(gone.id) ? undefined : true,
    )
    assert.deepEqual([await rowsOf(gone.id), await filesOf(gone.id)], [0, 0])
    assert.ok(!(await readdir(path.join(t.dataDir, 'storage'))).includes(`.removed-${gone.id}`))
  })

  it('leaves its name to others at once, and its id when nobody can be writing for it any more', async () => {
    const { body: first } = await create({ name: 'Phoenix' })
    await t.request(owner, 'DELETE', `/profiles/${first.id}`)
    const { body: second } = await create({ name: 'Phoenix' })
    assert.notEqual(second.id, first.id)
    await t.request(owner, 'DELETE', `/profiles/${second.id}`)
    await purgeDeletedProfiles(t.service, Date.now() + 2 * 3_600_000)
    assert.equal((await create({ name: 'Phoenix' })).body.id, first.id)
  })

  it('cannot be the default one', async () => {
    const answer = await t.request(owner, 'DELETE', `/profiles/${t.a.id}`)
    assert.deepEqual([answer.status, answer.body.code], [409, 'conflict'])
    assert.equal((await t.request(t.a, 'GET', '/projects')).status, 200)
  })
})

it('ten profiles that are made at the same instant have ten names and one default', async () => {
  const made = await Promise.all(Array.from({ length: 10 }, (_, i) => create({ name: `At once ${i % 5}` })))
  assert.deepEqual(made.map(({ status }) => status).toSorted(), [
    ...Array(5).fill(201),
    ...Array(5).fill(409),
  ])
  const { items } = (await t.request(owner, 'GET', '/profiles')).body
  assert.equal(items.filter(({ isDefault }: { isDefault: boolean }) => isDefault).length, 1)
})

it('a key shows its secret once, keeps a hash of it, and notes its use', async () => {
  const { id, secret, hint } = await createKey(t.service.db, null, {
    name: 'seen',
    access: 'read',
    profileIds: [t.b.id],
  })
  assert.match(secret, /^cut_[\w-]{43}$/)
  const read = () =>
    withOwner(t.service.facts, async (client) => {
      const { rows } = await client.query(
        'select k::text as text, last_used_at as used from api_keys k where id = $1',
        [id],
      )
      return rows[0]
    })
  assert.ok(!(await read()).text.includes(secret.slice(hint.length)))
  assert.ok((await read()).text.includes(createHash('sha256').update(secret).digest('hex')))
  assert.equal((await read()).used, null)
  const by = { id: t.b.id, key: secret }
  await Promise.all(Array.from({ length: 20 }, () => t.request(by, 'GET', '/projects')))
  const { used } = await read()
  assert.ok(used instanceof Date)
  await t.request(by, 'GET', '/projects')
  assert.deepEqual((await read()).used, used)
})
