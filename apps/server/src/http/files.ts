import { Readable } from 'node:stream'
import { CutroomError } from '@cutroom/contracts'
import { create as contentDisposition } from 'content-disposition'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { EntryFile } from '../domain/library/entry-file.ts'
import type { Archive } from '../domain/render/archive.ts'
import type { Service } from '../domain/service.ts'
import { namesTag, parseRange } from './ranges.ts'

/** How an operation that answers with a file describes itself. */
export const fileResponse = (contentType: string, description: string) => ({
  description,
  content: { [contentType]: { schema: z.string().meta({ format: 'binary' }) } },
})

/** The body of an operation that takes bytes as they are; `what` they must be. */
export const bytesOf = (what: string) =>
  z.instanceof(Buffer, { error: `must be ${what}` }).meta({ type: 'string', format: 'binary' })

/**
 * Answers with a file of an entry: whole, a range of it, or that it has not changed.
 * Throws `not-found` where the entry is gone, `range-invalid`.
 */
export async function sendEntry(
  request: FastifyRequest,
  reply: FastifyReply,
  { studio }: Service,
  file: EntryFile,
): Promise<FastifyReply> {
  const { key, name, contentType, downloadName, inline } = file
  const stored = (await studio.storage.find(key))?.files[name]
  if (stored === undefined) throw new CutroomError('not-found', 'The file is not there any more.')
  const { sizeBytes } = stored
  const tag = `"${stored.sha256}"`
  void reply.headers({
    etag: tag,
    'accept-ranges': 'bytes',
    // Kept, but asked for each time: who has signed out, or lost the profile, sees nothing of it any more.
    'cache-control': 'private, no-cache',
    'x-content-type-options': 'nosniff',
  })
  if (downloadName !== undefined)
    void reply.header('content-disposition', disposition(downloadName, inline ? 'inline' : 'attachment'))
  if (namesTag(request.headers['if-none-match'], tag)) return reply.status(304).send()
  const condition = request.headers['if-range']
  const range =
    condition === undefined || condition === tag ? parseRange(request.headers.range, sizeBytes) : null
  if (range === 'unsatisfiable') {
    void reply.header('content-range', `bytes */${sizeBytes}`).removeHeader('content-disposition')
    throw new CutroomError('range-invalid', `The file has ${sizeBytes} bytes; the range lies outside of it.`)
  }
  const { start, end } = range ?? { start: 0, end: sizeBytes }
  if (range !== null) void reply.status(206).header('content-range', `bytes ${start}-${end - 1}/${sizeBytes}`)
  void reply.type(contentType).header('content-length', end - start)
  // For HEAD, Fastify lets a stream go and keeps the length.
  if (request.method === 'HEAD') return reply.send(Readable.from([]))
  return reply.send(await studio.storage.read(key, name, { start, end }))
}

/** Answers with a zip that is made as it is read. */
export function sendArchive(
  request: FastifyRequest,
  reply: FastifyReply,
  { name, sizeBytes, open }: Archive,
): FastifyReply {
  void reply.type('application/zip').headers({
    'content-length': sizeBytes,
    'content-disposition': disposition(name, 'attachment'),
    'cache-control': 'private, no-cache',
    'x-content-type-options': 'nosniff',
  })
  return reply.send(request.method === 'HEAD' ? Readable.from([]) : open())
}

/** Folders mean nothing to whoever saves the file, and control characters have no place in a header. */
export const disposition = (name: string, type: 'inline' | 'attachment'): string =>
  contentDisposition(name.replaceAll(/[/\\\p{Cc}]/gu, '_'), { type })
