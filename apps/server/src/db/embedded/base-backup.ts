import { Readable } from 'node:stream'
import pg from 'pg'
import type { EmbeddedDatabase } from './embedded.ts'

/** Bytes that a message of BASE_BACKUP begins with: contents of the current archive. */
const DATA = 0x64

/**
 * The files of a running cluster as one tar, taken by PostgreSQL's replication protocol (BASE_BACKUP): the log that was written meanwhile is
 * in it, so that what is restored is the state at its end. The stream fails where the connection does.
 */
export async function baseBackup(connection: EmbeddedDatabase['connection']): Promise<Readable> {
  const facts = { ...connection, application_name: 'cutroom backup', replication: 'true' }
  const client = new pg.Client(facts)
  await client.connect()
  const command = client.query(new BaseBackup())
  const { files } = command
  client.on('error', (error) => files.destroy(error))
  files.once('close', () => void client.end())
  return files
}

interface Source {
  readonly stream: { pause(): unknown; resume(): unknown }
}

/** node-postgres hands the messages of the server to the methods of a query. */
class BaseBackup implements pg.Submittable {
  #source: Source | undefined
  readonly files = new Readable({ read: () => this.#source?.stream.resume() })

  submit(connection: pg.Connection): void {
    this.#source = connection
    connection.query("BASE_BACKUP (label 'cutroom', checkpoint 'fast', wal, manifest 'no')")
  }

  handleCopyData({ chunk }: { chunk: Buffer }): void {
    if (chunk[0] !== DATA) return
    // The parser uses its buffer again.
    if (!this.files.push(Buffer.from(chunk.subarray(1)))) this.#source?.stream.pause()
  }

  handleError(error: Error): void {
    this.files.destroy(error)
  }

  handleReadyForQuery(): void {
    this.files.push(null)
  }

  handleRowDescription(): void {}
  handleDataRow(): void {}
  handleCommandComplete(): void {}
}
