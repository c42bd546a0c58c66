import { CutroomError } from '@cutroom/contracts'
import pg from 'pg'

/** Where a database is, as node-postgres wants it: an address, or a socket's folder with user and database. */
export type ConnectionFacts =
  | { readonly connectionString: string }
  | {
      readonly host: string
      readonly port?: number
      readonly user: string
      readonly database: string
    }

/** Runs work with a connection of its own as the owner of the schema, and closes it. Throws `database-unavailable`. */
export async function withOwner<T>(
  facts: ConnectionFacts,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({ ...facts, application_name: 'cutroom owner' })
  // A connection that breaks fails the query that waits for it; without a listener it would end the process.
  client.on('error', () => undefined)
  await client.connect().catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error)
    throw new CutroomError('database-unavailable', `The database cannot be reached: ${reason}.`, {
      cause: error,
    })
  })
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
