import { copyFile, cp, mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { ifErrno, ifMissing } from '@cutroom/contracts'
import { findStoredSource } from '../../apps/server/src/domain/sources.ts'
import type { Handler } from '../../apps/server/src/worker/handler.ts'
import { ingest } from '../../apps/server/src/worker/handlers/ingest.ts'
import { temporaryFolder } from './children.ts'
import { shared } from './shared.ts'

/** What lies beside the files of an ingest that is lent. */
interface Loan {
  readonly hash: string
  readonly meta: unknown
  readonly files: readonly string[]
}

const LOAN = 'loan.json'

/**
 * The server's ingest for tests of what comes after it: of bytes that another test file of the run has ingested it takes over the outcome,
 * which lies in the storage of the profile before the job looks there. Everything else happens as ever.
 */
export const lentIngest: Handler<'ingest'> = async (job, payload) => {
  const lent = path.join((await shared()).lent, payload.sourceId)
  const text = await readFile(path.join(lent, LOAN), 'utf8').catch(ifMissing(null))
  if (text !== null) await borrow(job, lent, JSON.parse(text))
  const summary = await ingest(job, payload)
  if (text === null) await lend(job, payload.sourceId, lent)
  return summary
}

type Job = Parameters<Handler<'ingest'>>[0]

async function borrow({ studio, profile }: Job, lent: string, { hash, meta, files }: Loan): Promise<void> {
  await using folder = await temporaryFolder(studio.dataDir)
  await cp(lent, folder.path, { recursive: true })
  const places = files.map((name) => [name, path.join(folder.path, name)])
  await studio.storage.publish(
    { profileId: profile.id, kind: 'ingest', hash },
    { files: Object.fromEntries(places), meta },
  )
}

async function lend(job: Job, sourceId: string, lent: string): Promise<void> {
  const source = await findStoredSource(job, { id: sourceId, name: '' })
  if (source === null) return
  const { artifact } = source
  const files = Object.keys(artifact.files)
  await using folder = await temporaryFolder(path.dirname(lent))
  const made = path.join(folder.path, 'made')
  await mkdir(made)
  for (const name of files) await copyFile(artifact.path(name), path.join(made, name))
  const loan: Loan = { hash: artifact.key.hash, meta: artifact.meta, files }
  await writeFile(path.join(made, LOAN), JSON.stringify(loan))
  // Another test file may have been quicker.
  await rename(made, lent).catch(ifErrno(['EEXIST', 'ENOTEMPTY'], undefined))
}
