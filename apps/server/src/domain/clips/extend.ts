import { type Clip, CutroomError, type ExtendClip, timelineSeconds } from '@cutroom/contracts'
import { fitTimeline, type ScoredCut } from '@cutroom/media'
import type { Tx } from '../../db/database.ts'
import { and, eq, inArray, or } from '../../db/drizzle.ts'
import { segments, sources } from '../../db/schema/library.ts'
import { projectSegments, projectSources } from '../../db/schema/projects.ts'
import type { SegmentRow } from '../library/answers.ts'
import type { Service } from '../service.ts'
import { changeContent } from './change.ts'
import { type ClipRow, checkVersion, lockClip } from './rows.ts'
import { keptCuts, scoredCuts, spareCuts } from './scored-cuts.ts'

const LONGEST_CLIP = 600

/**
 * Makes a clip longer by exactly so many seconds: first by what was trimmed from its cuts, then by segments of its project that it
 * does not show yet. Throws `not-found`, `version-conflict`, `field-invalid`, `footage-too-short` where the project has no more.
 */
export const extendClip = (
  service: Service,
  profileId: string,
  clipId: string,
  { version, seconds }: ExtendClip,
): Promise<Clip> =>
  service.db.ofProfile(profileId, async (tx) => {
    const row = await lockClip(tx, profileId, clipId)
    checkVersion(row, version)
    const length = timelineSeconds(row.timeline)
    const wanted = length + seconds
    if (wanted > LONGEST_CLIP) {
      throw new CutroomError(
        'field-invalid',
        `The clip would last ${wanted.toFixed(1)} s; at most ${LONGEST_CLIP} s are allowed.`,
        { field: 'seconds', details: { value: seconds, limit: LONGEST_CLIP - length } },
      )
    }
    const rows = await segmentsForClip(tx, row)
    const unused = spareCuts(rows)
    // What is there gives way last, and only where something new would else be a flash.
    const present = scoredCuts(row.timeline, rows).map((cut) => ({ ...cut, score: 1 }))
    const whole = extend(
      present.map((cut) => ({ ...cut, shortest: cut.end - cut.start })),
      wanted,
      unused,
    )
    const { cuts, isFilled, availableSeconds } = whole.isFilled ? whole : extend(present, wanted, unused)
    if (!isFilled) {
      throw new CutroomError(
        'footage-too-short',
        `The project has ${availableSeconds.toFixed(1)} s more that the clip does not show yet; ${seconds} s are wanted.`,
        { field: 'seconds', details: { availableSeconds, neededSeconds: seconds } },
      )
    }
    return (await changeContent(tx, row, { timeline: keptCuts(cuts, row.timeline) })).answer
  })

/** A timeline of so many seconds; it is not filled where something had to be shown again. */
function extend(present: readonly ScoredCut[], wanted: number, unused: readonly ScoredCut[]) {
  const { cuts, steps } = fitTimeline(present, wanted, { unused })
  const added = steps.filter(({ kind }) => kind === 'lengthen' || kind === 'extend')
  return {
    cuts,
    isFilled: steps.every(({ kind }) => kind !== 'loop'),
    availableSeconds: added.reduce((sum, { seconds }) => sum + seconds, 0),
  }
}

/**
 * The segments that a clip's timeline may grow into: those of its project, and all of the project's sources that are ready. These are
 * not deleted until the end of the transaction.
 */
export async function segmentsForClip(
  tx: Tx,
  { profileId, projectId }: Pick<ClipRow, 'profileId' | 'projectId'>,
): Promise<SegmentRow[]> {
  const ofProject = { profileId, projectId }
  const assigned = tx
    .select({ id: projectSegments.segmentId })
    .from(projectSegments)
    .where(both(projectSegments, ofProject))
  const inSources = tx
    .select({ id: projectSources.sourceId })
    .from(projectSources)
    .where(both(projectSources, ofProject))
  const rows = await tx
    .select({ segment: segments })
    .from(segments)
    .innerJoin(sources, and(eq(sources.profileId, segments.profileId), eq(sources.id, segments.sourceId)))
    .where(
      and(
        eq(segments.profileId, profileId),
        eq(sources.state, 'ready'),
        or(inArray(segments.id, assigned), inArray(segments.sourceId, inSources)),
      ),
    )
    .for('key share', { of: sources })
  return rows.map(({ segment }) => segment)
}

const both = (
  table: typeof projectSegments | typeof projectSources,
  { profileId, projectId }: { profileId: string; projectId: string },
) => and(eq(table.profileId, profileId), eq(table.projectId, projectId))
