import type { CutroomError, Problem, Segment, Source, Upload } from '@cutroom/contracts'
import { problemOf } from '@cutroom/contracts'
import type { segments, sources, uploads } from '../../db/schema/library.ts'
import { kept } from '../kept.ts'
import type { Service } from '../service.ts'

export type SourceRow = typeof sources.$inferSelect
export type SegmentRow = typeof segments.$inferSelect
export type UploadRow = typeof uploads.$inferSelect

/** A source as the API shows it. */
export const sourceAnswer = (row: SourceRow): Source => ({
  id: row.id,
  name: row.name,
  sizeBytes: row.sizeBytes,
  state: row.state,
  problem: row.problem,
  probe: row.probe,
  summary: row.summary,
  createdAt: row.createdAt.toISOString(),
})

/** An upload as the API shows it. */
export const uploadAnswer = (row: UploadRow, receivedBytes: number): Upload => ({
  id: row.id,
  name: row.name,
  sizeBytes: row.sizeBytes,
  receivedBytes,
  state: uploadState(row, receivedBytes),
  sourceId: row.sourceId,
  problem: row.problem,
  createdAt: row.createdAt.toISOString(),
  expiresAt: row.expiresAt.toISOString(),
})

function uploadState(row: UploadRow, receivedBytes: number): Upload['state'] {
  if (row.problem !== null) return 'refused'
  if (row.sourceId !== null) return 'done'
  return receivedBytes >= row.sizeBytes ? 'finishing' : 'receiving'
}

/** An error as it is kept of a source. */
export const keptProblem = ({ studio }: Service, error: CutroomError): Problem =>
  kept(problemOf(error), studio.dataDir)

/** A segment as the API shows it. */
export const segmentAnswer = ({ profileId: _, createdAt, ...row }: SegmentRow): Segment => ({
  ...row,
  createdAt: createdAt.toISOString(),
})
