import { access, constants, mkdir, statfs } from 'node:fs/promises'
import path from 'node:path'
import type { ReadinessAnswer } from '@cutroom/contracts'
import { sql } from '../db/drizzle.ts'
import type { Service } from './service.ts'

/** With less than this no job could end well. */
const LEAST_FREE_MIB = 512
/** Whoever asks again within this time gets the same answer. */
const FRESH_MS = 2000
/** A part that does not answer within this time is not ready. */
const PATIENCE_MS = 5000

type Parts = ReadinessAnswer['parts']

/** Looks at all that a service needs to be of use, at most every two seconds however often it is asked. */
export function readinessOf(service: Service): () => Promise<Parts> {
  let last: { readonly atMs: number; readonly found: Promise<Parts> } | undefined
  return () => {
    const now = performance.now()
    if (last === undefined || now - last.atMs > FRESH_MS) last = { atMs: now, found: look(service) }
    return last.found
  }
}

/** The sentences are for strangers as well: they name neither paths nor addresses. */
async function look({ db, studio }: Service): Promise<Parts> {
  const { dataDir, tools } = studio
  const [database, storage, ffmpeg, disk] = await Promise.all([
    judge('The database does not answer.', async () => {
      await db.shared((tx) => tx.execute(sql`select 1`))
    }),
    judge('The storage folder cannot be written.', async () => {
      const folder = path.join(dataDir, 'storage')
      await mkdir(folder, { recursive: true })
      await access(folder, constants.R_OK | constants.W_OK | constants.X_OK)
    }),
    judge('ffmpeg cannot be run.', () => access(tools.ffmpeg, constants.X_OK)),
    judge(`Less than ${LEAST_FREE_MIB} MiB are free.`, async () => {
      const { bavail, bsize } = await statfs(dataDir)
      if (bavail * bsize < LEAST_FREE_MIB * 2 ** 20) throw new Error('too little')
    }),
  ])
  return { database, storage, ffmpeg, disk }
}

async function judge(wrong: string, check: () => Promise<void>): Promise<Parts['disk']> {
  const { promise: late, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(new Error('late')), PATIENCE_MS)
  return Promise.race([check(), late])
    .then(
      () => ({ ready: true, detail: '' }),
      () => ({ ready: false, detail: wrong }),
    )
    .finally(() => clearTimeout(timer))
}
