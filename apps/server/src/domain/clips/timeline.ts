import { type ClipCut, CutroomError, type NewTimeline, timelineSeconds } from '@cutroom/contracts'
import type { Tx } from '../../db/database.ts'
import type { sources } from '../../db/schema/library.ts'
import { namedSource, picturesOf } from '../library/named-source.ts'
import { lastingSegments } from '../library/segments.ts'
import { lastingSources } from '../library/source-rows.ts'
import type { ClipRow } from './rows.ts'

/** What a timeline is checked against. */
export type ShownSource = Pick<typeof sources.$inferSelect, 'id' | 'name' | 'state' | 'probe'>

const SHORTEST_CUT = 0.1
const SHORTEST_CLIP = 0.5
const LONGEST_CLIP = 600
/** Times were rounded to milliseconds for people. */
const GRACE = 0.001

/**
 * The cuts of a person as a clip keeps them. A segment that was deleted since it came into the clip is forgotten. Throws
 * `not-found` for sources and segments that the profile does not have, `conflict` for sources that are not ready, `media-no-video`,
 * `field-invalid`.
 */
export async function checkedCuts(
  tx: Tx,
  profileId: string,
  row: ClipRow,
  cuts: NewTimeline['cuts'],
): Promise<ClipCut[]> {
  const sourceIds = [...new Set(cuts.map(({ sourceId }) => sourceId))]
  checkCuts(cuts, await lastingSources(tx, profileId, sourceIds))
  const segmentIds = cuts.flatMap(({ segmentId }) => segmentId ?? [])
  const known = await lastingSegments(tx, profileId, [...new Set(segmentIds)])
  const had = new Set(row.timeline.map(({ segmentId }) => segmentId))
  return cuts.map((cut, index) => {
    const { segmentId } = cut
    if (segmentId === null || known.has(segmentId)) return cut
    if (had.has(segmentId)) return { ...cut, segmentId: null }
    throw new CutroomError('not-found', 'There is no such segment.', { field: `cuts.${index}.segmentId` })
  })
}

/** Throws for the first cut that cannot be shown, and for a length that no clip may have; names field, value and limit. */
export function checkCuts(
  cuts: readonly Pick<ClipCut, 'sourceId' | 'start' | 'end'>[],
  sourceOf: ReadonlyMap<string, ShownSource>,
): void {
  for (const [index, { sourceId, start, end }] of cuts.entries()) {
    const field = `cuts.${index}`
    const source = namedSource(sourceOf, sourceId, `${field}.sourceId`)
    const durationSeconds = durationOf(source, `${field}.sourceId`)
    if (end > durationSeconds + GRACE) {
      throw new CutroomError(
        'field-invalid',
        `Cut ${index + 1} ends at ${end} s; its source lasts ${durationSeconds} s.`,
        { field: `${field}.end`, details: { cut: index, value: end, limit: durationSeconds } },
      )
    }
    if (end - start < SHORTEST_CUT - 1e-9) {
      throw new CutroomError(
        'field-invalid',
        `Cut ${index + 1} lasts ${seconds(end - start)} s; a cut lasts ${SHORTEST_CUT} s at least.`,
        { field: `${field}.end`, details: { cut: index, value: end - start, limit: SHORTEST_CUT } },
      )
    }
  }
  const length = timelineSeconds(cuts)
  if (length >= SHORTEST_CLIP - 1e-9 && length <= LONGEST_CLIP + GRACE) return
  throw new CutroomError(
    'field-invalid',
    `The cuts last ${seconds(length)} s together; a clip lasts ${SHORTEST_CLIP} to ${LONGEST_CLIP} s.`,
    { field: 'cuts', details: { value: length, limits: [SHORTEST_CLIP, LONGEST_CLIP] } },
  )
}

/** How long a source is whose pictures can be shown. Throws `conflict` where it is not ready, `media-no-video`. */
export function durationOf(source: ShownSource, field: string): number {
  const { name, state } = source
  if (state !== 'ready') {
    throw new CutroomError('conflict', `The source ${JSON.stringify(name)} is not ready: it is ${state}.`, {
      field,
      details: { state },
    })
  }
  return picturesOf(source, field).durationSeconds
}

const seconds = (value: number): number => Math.round(value * 1000) / 1000
