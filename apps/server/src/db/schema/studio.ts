import { boolean, check, pgTable, sql, uuid } from '../drizzle.ts'

/** What is true of the whole studio: one row, or none before its first start. */
export const studio = pgTable(
  'studio',
  {
    only: boolean('only').primaryKey().default(true),
    /** Of the data folder that holds its files. */
    dataFolder: uuid('data_folder').notNull(),
  },
  (table) => [check('studio_only', sql`${table.only}`)],
)
