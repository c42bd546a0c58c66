import { CutroomError, isId, type PageQuery } from '@cutroom/contracts'
import { type AnyColumn, desc, type SQL, sql } from '../drizzle.ts'

/** Where a page ended: the time and id of its last row. */
interface Cursor {
  readonly createdAt: Date
  readonly id: string
}

/** The `where`, `orderBy` and `limit` of one page, newest first; one row more than asked for tells whether there is a next page. */
export function pageOfRows(
  query: PageQuery,
  columns: { readonly createdAt: AnyColumn; readonly id: AnyColumn },
): { readonly after: SQL | undefined; readonly order: [SQL, SQL]; readonly limit: number } {
  const cursor = query.cursor === undefined ? null : readCursor(query.cursor, columns.id)
  return {
    after:
      cursor === null
        ? undefined
        : sql`(${columns.createdAt}, ${columns.id}) < (${cursor.createdAt.toISOString()}::timestamptz, ${cursor.id})`,
    order: [desc(columns.createdAt), desc(columns.id)],
    limit: query.limit + 1,
  }
}

/** Cuts the rows that were read to the page, with the cursor of the next. */
export function toPage<R extends Cursor, T>(
  rows: readonly R[],
  query: PageQuery,
  toItem: (row: R) => T,
): { items: T[]; nextCursor: string | null } {
  const shown = rows.slice(0, query.limit)
  const last = shown.at(-1)
  const more = rows.length > query.limit && last !== undefined
  return { items: shown.map(toItem), nextCursor: more ? writeCursor(last) : null }
}

const writeCursor = ({ createdAt, id }: Cursor): string =>
  Buffer.from(`${createdAt.getTime()}.${id}`).toString('base64url')

/** Times up to the year 2286: PostgreSQL does not read what JavaScript writes of years beyond 9999. */
const TIME = /^\d{1,13}$/

function readCursor(text: string, idColumn: AnyColumn): Cursor {
  const [time = '', id = '', ...rest] = Buffer.from(text, 'base64url').toString('latin1').split('.')
  const fits = idColumn.getSQLType() === 'uuid' ? isId(id) : /^[0-9a-f]{64}$/.test(id)
  if (!TIME.test(time) || !fits || rest.length > 0) {
    throw new CutroomError('field-invalid', 'The cursor is not one that a list gave.', { field: 'cursor' })
  }
  return { createdAt: new Date(Number(time)), id }
}
