/**
 * Plain data as it is kept in the database and shown to people: PostgreSQL's JSON holds neither NUL nor half of a surrogate pair, which
 * the last words of a tool may; and where files lie on this machine stays inside.
 */
export const kept = <T>(value: T, dataDir: string): T =>
  JSON.parse(JSON.stringify(value), (_key, part: unknown) =>
    typeof part === 'string' ? part.replaceAll('\0', '').toWellFormed().replaceAll(dataDir, '…') : part,
  )
