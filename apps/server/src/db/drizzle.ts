// The one place that loads drizzle-orm, and in its CommonJS form: Node parses the package.json around an ES module anew for each import,
// and with drizzle's 179 KB and 488 imports that is half of what a start of the server would cost. biome.json keeps others from importing it.
import { createRequire } from 'node:module'

export type { AnyColumn, SQL } from 'drizzle-orm'
export type { NodePgDatabase } from 'drizzle-orm/node-postgres'
export type { AnyPgColumn } from 'drizzle-orm/pg-core'

const load = createRequire(import.meta.url)
const orm: typeof import('drizzle-orm') = load('drizzle-orm')
const pgCore: typeof import('drizzle-orm/pg-core') = load('drizzle-orm/pg-core')
const nodePostgres: typeof import('drizzle-orm/node-postgres') = load('drizzle-orm/node-postgres')
const migrator: typeof import('drizzle-orm/node-postgres/migrator') = load(
  'drizzle-orm/node-postgres/migrator',
)

export const {
  and,
  arrayContained,
  arrayContains,
  asc,
  count,
  desc,
  eq,
  getTableColumns,
  gt,
  gte,
  inArray,
  is,
} = orm
export const { isNotNull, isNull, lt, max, min, ne, notExists, or, sql, sum } = orm
export const { bigint, boolean, check, date, doublePrecision, integer, jsonb, text, timestamp, uuid } = pgCore
export const { foreignKey, index, PgTable, pgPolicy, pgRole, pgTable, primaryKey, uniqueIndex } = pgCore
export const { drizzle } = nodePostgres
export const { migrate: runMigrations } = migrator
