import { ingestLibrarySource } from '../../domain/library/ingest.ts'
import type { Handler } from '../handler.ts'

export const ingest: Handler<'ingest'> = (job, { sourceId }) => ingestLibrarySource(job, sourceId)
