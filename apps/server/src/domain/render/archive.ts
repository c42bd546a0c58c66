import { Readable } from 'node:stream'
import { CutroomError, type ExportArchiveQuery, isId } from '@cutroom/contracts'
import { makeZip, predictLength } from 'client-zip'
import pLimit from 'p-limit'
import type { Tx } from '../../db/database.ts'
import { and, desc, eq, inArray } from '../../db/drizzle.ts'
import { exports, projects } from '../../db/schema/projects.ts'
import type { EntryKey } from '../../storage/storage.ts'
import { EXPORT_NAME } from '../exports.ts'
import type { Service } from '../service.ts'
import { namesInArchive } from './archive-names.ts'

/** Many exports as one file: a zip of their files as they are. */
export interface Archive {
  /** For whoever saves it. */
  readonly name: string
  readonly sizeBytes: number
  /** Its bytes. Files are read one after another as the reader takes them, and no further once it is destroyed. */
  open(): Readable
}

/** Entries of storage that are looked up at once. */
const LOOKS_AT_ONCE = 8

const COLUMNS = {
  id: exports.id,
  projectId: exports.projectId,
  name: exports.name,
  recipeHash: exports.recipeHash,
  createdAt: exports.createdAt,
}

interface Row {
  readonly id: string
  readonly projectId: string
  readonly name: string
  readonly recipeHash: string
  readonly createdAt: Date
}

/** Throws `not-found` where one of the exports or its file is not there, and for a project that has none. */
export async function exportArchive(
  { db, studio }: Service,
  profileId: string,
  { id, projectId }: ExportArchiveQuery,
): Promise<Archive> {
  const { rows, name } = await db.ofProfile(profileId, async (tx) => {
    const found =
      id === undefined
        ? await newestOfProject(tx, profileId, projectId ?? '')
        : await exportsById(tx, profileId, [...new Set(id)])
    return { rows: found, name: await nameOf(tx, profileId, found) }
  })
  const looks = pLimit(LOOKS_AT_ONCE)
  const names = namesInArchive(
    rows.map((row) => row.name),
    '.mp4',
  )
  const files = await Promise.all(
    rows.map(({ recipeHash, createdAt }, place) =>
      looks(async () => {
        const key: EntryKey = { profileId, kind: 'export', hash: recipeHash }
        const file = (await studio.storage.find(key))?.files[EXPORT_NAME]
        if (file === undefined)
          throw new CutroomError(
            'not-found',
            `The file ${JSON.stringify(names[place])} is not there any more.`,
          )
        return { key, name: names[place] ?? '', size: file.sizeBytes, lastModified: createdAt }
      }),
    ),
  )
  async function* read() {
    for (const { key, ...file } of files) {
      const input = await studio.storage.read(key, EXPORT_NAME)
      try {
        yield { ...file, input }
      } finally {
        input.destroy()
      }
    }
  }
  return {
    name: `${name}.zip`,
    sizeBytes: Number(predictLength(files)),
    open: () => Readable.fromWeb(makeZip(read())),
  }
}

/** In the order of the ids. */
async function exportsById(tx: Tx, profileId: string, ids: readonly string[]): Promise<Row[]> {
  const rows = await tx
    .select(COLUMNS)
    .from(exports)
    .where(and(eq(exports.profileId, profileId), inArray(exports.id, ids.filter(isId))))
  const byId = new Map(rows.map((row) => [row.id, row]))
  return ids.map((id) => byId.get(id) ?? missing(`There is no export ${JSON.stringify(id)}.`))
}

/** The newest export of each clip and preset, oldest first. */
async function newestOfProject(tx: Tx, profileId: string, projectId: string): Promise<Row[]> {
  const rows = await tx
    .selectDistinctOn([exports.clipId, exports.presetId], COLUMNS)
    .from(exports)
    .where(and(eq(exports.profileId, profileId), eq(exports.projectId, projectId)))
    .orderBy(exports.clipId, exports.presetId, desc(exports.createdAt), desc(exports.id))
  if (rows.length === 0) missing('There are no exports of such a project.')
  return rows.toSorted((a, b) => a.createdAt.getTime() - b.createdAt.getTime() || (a.id < b.id ? -1 : 1))
}

/** That of the project where all are of one that is still there. */
async function nameOf(tx: Tx, profileId: string, rows: readonly Row[]): Promise<string> {
  const [projectId = '', ...others] = new Set(rows.map((row) => row.projectId))
  if (others.length > 0) return 'exports'
  const [project] = await tx
    .select({ name: projects.name })
    .from(projects)
    .where(and(eq(projects.profileId, profileId), eq(projects.id, projectId)))
  return project?.name ?? 'exports'
}

function missing(sentence: string): never {
  throw new CutroomError('not-found', sentence)
}
