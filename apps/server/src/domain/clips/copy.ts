import { type Clip, type CopyToClip, CutroomError } from '@cutroom/contracts'
import type { Tx } from '../../db/database.ts'
import { and, eq, sql } from '../../db/drizzle.ts'
import { clips, projects } from '../../db/schema/projects.ts'
import { tellOfProject } from '../projects/answer.ts'
import type { Service } from '../service.ts'
import { type ClipContent, changeContent, tellOfClips } from './change.ts'
import { checkVersion, clipNotFound, findClip, lockClip, lockClips } from './rows.ts'
import { countUses } from './usage.ts'

/** The columns that each part of a clip consists of. */
const PARTS: Readonly<Record<CopyToClip['what'][number], readonly (keyof ClipContent)[]>> = {
  script: ['script'],
  captions: ['captions'],
  style: ['captionStyle'],
  voice: ['voice', 'voiceoverHash', 'voiceoverKind', 'voiceoverScript', 'voiceoverVoice', 'voiceoverSeconds'],
  music: ['musicSourceId', 'sourceSound'],
  // Where one source is heard under all cuts, they belong to its sound.
  timeline: ['timeline', 'soundFrom'],
}

/** Copies parts of another clip of the profile into a clip. Throws `not-found` for either, `version-conflict`. */
export const copyToClip = (
  service: Service,
  profileId: string,
  clipId: string,
  { version, from, what }: CopyToClip,
): Promise<Clip> =>
  service.db.ofProfile(profileId, async (tx) => {
    const rows = await lockClips(tx, profileId, [clipId, from])
    const row = rows.find(({ id }) => id === clipId)
    const other = rows.find(({ id }) => id === from)
    if (row === undefined) throw clipNotFound()
    if (other === undefined) throw new CutroomError('not-found', 'There is no such clip.', { field: 'from' })
    checkVersion(row, version)
    const columns = what.flatMap((part) => PARTS[part])
    const content: Partial<ClipContent> = Object.fromEntries(columns.map((column) => [column, other[column]]))
    const { previewHash, thumbnailHash } = other
    const preview = what.includes('timeline') ? { previewHash, thumbnailHash } : {}
    return (await changeContent(tx, row, content, preview)).answer
  })

/** Makes a clip with the same content and the next number of its project. Throws `not-found`. */
export const duplicateClip = (service: Service, profileId: string, clipId: string): Promise<Clip> =>
  service.db.ofProfile(profileId, async (tx) => {
    const { projectId } = await findClip(tx, profileId, clipId)
    // The project first: whoever adds clips to it, or deletes it, does so as well.
    const { name, first } = await takeNumbers(tx, profileId, projectId, 1)
    const row = await lockClip(tx, profileId, clipId)
    const { id: _, createdAt: __, updatedAt: ___, ...content } = row
    const [copy] = await tx
      .insert(clips)
      .values({
        ...content,
        number: first,
        name: clipName(name, first),
        version: 1,
        selected: false,
        jobId: null,
      })
      .returning()
    if (copy === undefined) throw clipNotFound()
    await countUses(tx, profileId, [], [copy.timeline])
    const [answer] = await tellOfClips(tx, profileId, [copy])
    if (answer === undefined) throw clipNotFound()
    await tellOfProject(tx, profileId, projectId)
    return answer
  })

/** Reserves the next numbers of a project's clips; the project is locked until the end of the transaction. Throws `not-found`. */
export async function takeNumbers(
  tx: Tx,
  profileId: string,
  projectId: string,
  count: number,
): Promise<{ readonly name: string; readonly first: number }> {
  const [row] = await tx
    .update(projects)
    .set({ nextNumber: sql`${projects.nextNumber} + ${count}` })
    .where(and(eq(projects.profileId, profileId), eq(projects.id, projectId)))
    .returning({ name: projects.name, next: projects.nextNumber })
  if (row === undefined) throw new CutroomError('not-found', 'There is no such project.')
  return { name: row.name, first: row.next - count }
}

/** What a clip is called at first. */
export const clipName = (projectName: string, number: number): string => `${projectName} ${number}`
