import { randomUUID } from 'node:crypto'
import { link, mkdir, realpath } from 'node:fs/promises'
import path from 'node:path'
import { CutroomError, type MediaProbe, type Problem } from '@cutroom/contracts'
import { probeFile } from '@cutroom/media'
import type { Tx } from '../../db/database.ts'
import { appendEvent } from '../../db/queries/events.ts'
import { sources } from '../../db/schema/library.ts'
import { createScratch } from '../../scratch/scratch.ts'
import type { Entry } from '../../storage/storage.ts'
import type { Service } from '../service.ts'
import { SOURCE_FILE, sourceKey } from '../sources.ts'
import { keptProblem, type SourceRow, sourceAnswer } from './answers.ts'
import { recordArtifact } from './artifacts.ts'
import { faultOf } from './fault.ts'
import { lockSource, thisSource } from './source-rows.ts'

/** A file that has arrived whole. */
export interface Arrival {
  readonly name: string
  readonly sha256: string
  readonly sizeBytes: number
  /** Its folder, in which nothing else is, and the file; absolute. */
  readonly folder: string
  readonly file: string
}

export interface Accepted {
  readonly source: SourceRow
  /** Whether the profile did not have it, or could not use it, before. */
  readonly isNew: boolean
}

/**
 * Makes a source of a file: looks what it is, publishes its bytes, and writes its rows and its ingest job in one transaction, in which
 * `also` writes what else has to be true from then on. What cannot be used is kept as a `refused` source. Bytes that the profile has
 * as a source already are that source; one that failed or was refused is tried again. The file stays where it is.
 */
export async function acceptFile(
  service: Service,
  profileId: string,
  arrival: Arrival,
  also: (tx: Tx, source: SourceRow) => Promise<void>,
): Promise<Accepted> {
  const known = await service.db.ofProfile(profileId, async (tx) => {
    const row = await lockSource(tx, { profileId, id: arrival.sha256 })
    if (row === null || isLost(row)) return null
    await also(tx, row)
    return row
  })
  if (known !== null) return { source: known, isNew: false }
  const seen = await look(service, profileId, arrival)
  const entry = await publish(service, profileId, arrival)
  const accepted = await service.db.ofProfile(profileId, async (tx) => {
    const result = await writeSource(service, tx, profileId, arrival, seen)
    await recordArtifact(tx, profileId, entry)
    await also(tx, result.source)
    const answer = sourceAnswer(result.source)
    if (result.isNew) await appendEvent(tx, profileId, { type: 'source', subjectId: answer.id, data: answer })
    return result
  })
  // Whoever deleted the source at the same time may have taken the bytes with it.
  if ((await service.studio.storage.find(entry.key)) === null) await publish(service, profileId, arrival)
  return accepted
}

const isLost = ({ state }: SourceRow): boolean => state === 'refused' || state === 'failed'

type Seen = { readonly probe: MediaProbe } | { readonly problem: Problem }

/** What a file is. What is wrong with the file itself is told, not thrown. */
async function look(service: Service, profileId: string, { file, name }: Arrival): Promise<Seen> {
  const { dataDir, tools } = service.studio
  await using scratch = await createScratch({ dataDir, profileId, jobId: randomUUID(), attempt: 1 })
  try {
    return { probe: await probeFile(tools, file, { scratchDir: scratch.path, name: JSON.stringify(name) }) }
  } catch (thrown) {
    const fault = faultOf(thrown, name)
    if (fault === null) throw thrown
    return { problem: keptProblem(service, fault) }
  }
}

/** Publishing moves a file; a second name for the bytes leaves the first where it is, for another try after a crash. */
async function publish(service: Service, profileId: string, arrival: Arrival): Promise<Entry> {
  const folder = path.join(await realpath(arrival.folder), randomUUID())
  await mkdir(folder, { mode: 0o700 })
  const file = path.join(folder, SOURCE_FILE)
  await link(arrival.file, file)
  return service.studio.storage.publish(sourceKey(profileId, arrival.sha256), {
    files: { [SOURCE_FILE]: file },
    hashes: { [SOURCE_FILE]: arrival.sha256 },
    meta: null,
  })
}

async function writeSource(
  service: Service,
  tx: Tx,
  profileId: string,
  { sha256, name, sizeBytes }: Arrival,
  seen: Seen,
): Promise<Accepted> {
  const probe = 'probe' in seen ? seen.probe : null
  const problem = 'problem' in seen ? seen.problem : null
  const facts = {
    state: problem !== null ? 'refused' : probe?.video ? 'waiting' : 'ready',
    probe,
    problem,
  } as const
  const [inserted] = await tx
    .insert(sources)
    .values({ profileId, id: sha256, name, sizeBytes, ...facts })
    .onConflictDoNothing()
    .returning()
  let source = inserted
  if (source === undefined) {
    const key = { profileId, id: sha256 }
    const found = await lockSource(tx, key)
    if (found !== null && !isLost(found)) return { source: found, isNew: false }
    const [again] = await tx
      .update(sources)
      .set({ name, ...facts })
      .where(thisSource(key))
      .returning()
    source = again
  }
  if (source === undefined) throw new CutroomError('internal', 'The row of a source vanished.')
  if (source.state === 'waiting') await enqueueIngest(service, tx, source)
  return { source, isNew: true }
}

/** Queues the ingest of a source. Returns the id of the job. */
export const enqueueIngest = (
  { queue }: Service,
  tx: Tx,
  { profileId, id, name }: Pick<SourceRow, 'profileId' | 'id' | 'name'>,
): Promise<string> =>
  queue.enqueue(tx, profileId, { kind: 'ingest', payload: { sourceId: id }, subject: name, sourceId: id })
