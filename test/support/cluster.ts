// A PostgreSQL for tests: prints where it is, and runs until standard input ends, which it does with whoever started it.
import { once } from 'node:events'
import { openEmbedded } from '../../apps/server/src/db/embedded/embedded.ts'
import { temporaryFolder } from './children.ts'

/** Nothing of it has to outlive a power cut. */
const FAST = {
  fsync: 'off',
  full_page_writes: 'off',
  synchronous_commit: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
  shared_buffers: '32MB',
  max_connections: '300',
}

// Ctrl-C reaches everybody; the end of the one who started it tells when.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {})

await using folder = await temporaryFolder()
const database = await openEmbedded({ dataDir: folder.path, settings: FAST })
const { host, port, user } = database.connection
console.log(JSON.stringify({ host, port, user }))
process.stdin.resume()
await once(process.stdin, 'end')
await database.close()
