import assert from 'node:assert/strict'
import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { after, it } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { execa } from 'execa'
import { exports, projects } from '../../apps/server/src/db/schema/index.ts'
import { EXPORT_NAME } from '../../apps/server/src/domain/exports.ts'
import { createScratch } from '../../apps/server/src/scratch/scratch.ts'
import { eventually, temporaryFolder } from '../support/children.ts'
import { startService, type TestProfile } from '../support/service.ts'

const t = await startService()
const base = await t.listen()
const folder = await temporaryFolder()
after(() => folder[Symbol.asyncDispose]())
const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex')

const project = randomUUID()
await t.service.db.ofProfile(t.a.id, (tx) =>
  tx.insert(projects).values({ profileId: t.a.id, id: project, name: 'Spring “1/2”', targetSeconds: 20 }),
)

interface Made {
  readonly id: string
  readonly sha256: string
}

/** An export with a file of so many bytes. */
async function addExport(
  { id: profileId }: TestProfile,
  name: string,
  sizeBytes: number,
  more: { readonly clipId?: string; readonly createdAt?: Date } = {},
): Promise<Made> {
  const bytes = randomBytes(sizeBytes)
  const [id, hash] = [randomUUID(), sha256(bytes)]
  const { dataDir } = t
  await using scratch = await createScratch({ dataDir, profileId, jobId: randomUUID(), attempt: 1 })
  await writeFile(scratch.file('made'), bytes)
  const key = { profileId, kind: 'export', hash } as const
  await t.service.studio.storage.publish(key, { files: { [EXPORT_NAME]: scratch.file('made') }, meta: {} })
  await t.service.db.ofProfile(profileId, (tx) =>
    tx.insert(exports).values({
      ...{ profileId, id, clipId: randomUUID(), projectId: project, clipVersion: 1, name, presetId: 'reels' },
      ...{ recipeHash: hash, recipe: {}, parts: {}, sizeBytes, durationSeconds: 4, ...more },
    }),
  )
  return { id, sha256: hash }
}

/** Names and hashes of what a zip holds, as another program reads it. */
async function unzipped(bytes: Buffer): Promise<Record<string, string>> {
  const file = path.join(folder.path, `${randomUUID()}.zip`)
  await writeFile(file, bytes)
  const script = `import sys, json, hashlib, zipfile
z = zipfile.ZipFile(sys.argv[1])
assert z.testzip() is None and all(i.compress_type == zipfile.ZIP_STORED for i in z.infolist())
print(json.dumps({i.filename: hashlib.sha256(z.read(i)).hexdigest() for i in z.infolist()}))`
  return JSON.parse((await execa('python3', ['-c', script, file])).stdout)
}

const query = (...made: readonly Pick<Made, 'id'>[]): string => made.map(({ id }) => `id=${id}`).join('&')
const one = await addExport(t.a, 'Orașul 東京', 3_000_000)
const two = await addExport(t.a, 'a/b', 10)
const three = await addExport(t.a, 'A/B', 0)
const foreign = await addExport(t.b, 'theirs', 10)

it('an archive holds other bytes or names than the exports, or another length than it says', async () => {
  const answer = await t.request(t.a, 'GET', `/exports/archive?${query(one, two, three)}`)
  assert.equal(answer.status, 200)
  assert.deepEqual(await unzipped(answer.bytes), {
    'Orașul 東京.mp4': one.sha256,
    'a_b.mp4': two.sha256,
    'A_B (2).mp4': three.sha256,
  })
  assert.equal(answer.headers['content-length'], String(answer.bytes.length))
  assert.equal(answer.headers['content-type'], 'application/zip')
  assert.equal(
    decodeURIComponent(String(answer.headers['content-disposition'])).split("''")[1],
    'Spring “1_2”.zip',
  )
  const head = await t.request(t.a, 'HEAD', `/exports/archive?${query(one)}`)
  assert.deepEqual([head.status, head.bytes.length], [200, 0])
  assert.ok(Number(head.headers['content-length']) > 3_000_000)
})

it('an archive of a project holds an old export of a clip, or misses one', async () => {
  const clipId = randomUUID()
  const old = await addExport(t.a, 'old', 10, { clipId, createdAt: new Date(0) })
  const fresh = await addExport(t.a, 'fresh', 10, { clipId })
  const { bytes } = await t.request(t.a, 'GET', `/exports/archive?projectId=${project}`)
  const hashes = Object.values(await unzipped(bytes))
  assert.deepEqual(hashes.toSorted(), [one, two, three, fresh].map((made) => made.sha256).toSorted())
  const both = await t.request(t.a, 'GET', `/exports/archive?${query(fresh, old, old)}`)
  assert.deepEqual(Object.keys(await unzipped(both.bytes)), ['fresh.mp4', 'old.mp4'])
})

it('an archive begins although one export is not there, or is asked for in two ways', async () => {
  const status = async (search: string) => (await t.request(t.a, 'GET', `/exports/archive${search}`)).status
  assert.equal(await status(`?${query(one, foreign)}`), 404)
  assert.equal(await status(`?${query(one)}&id=x`), 404)
  assert.equal(await status(`?projectId=${randomUUID()}`), 404)
  assert.equal((await t.request(t.b, 'GET', `/exports/archive?projectId=${randomUUID()}`)).status, 404)
  assert.equal(await status(''), 422)
  assert.equal(await status(`?${query(one)}&projectId=${project}`), 422)
  assert.equal(await status(`?${query(...Array.from({ length: 201 }, () => one))}`), 422)
  const gone = await addExport(t.a, 'gone', 10)
  const { storage } = t.service.studio
  await storage.removeUnused(
    { profileId: t.a.id, kind: 'export', hash: gone.sha256 },
    Number.POSITIVE_INFINITY,
  )
  assert.equal(await status(`?${query(one, gone)}`), 404)
})

it('a client that leaves in the middle is read for to the end', async () => {
  const large = await addExport(t.a, 'large', 40_000_000)
  const { storage } = t.service.studio
  const read = storage.read.bind(storage)
  const streams: Awaited<ReturnType<typeof read>>[] = []
  storage.read = async (...asked) => {
    const stream = await read(...asked)
    streams.push(stream)
    return stream
  }
  const leaving = new AbortController()
  const answer = await fetch(`${base}/api/v1/exports/archive?${query(large, one)}`, {
    headers: { authorization: `Bearer ${t.a.key}`, 'x-profile-id': t.a.id },
    signal: leaving.signal,
  })
  await answer.body?.getReader().read()
  await sleep(100)
  leaving.abort()
  await eventually('the file is closed', async () => streams[0]?.destroyed || undefined)
  assert.deepEqual([streams.length, streams[0]?.readableEnded], [1, false])
  storage.read = read
})
