// What the test files of a run share: prints where it is, and keeps it until standard input ends, which it does with whoever started it.
import { once } from 'node:events'
import { mkdir } from 'node:fs/promises'
import path from 'node:path'
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
const lent = path.join(folder.path, 'lent')
await mkdir(lent)
console.log(JSON.stringify({ postgres: { host, port, user }, lent }))
process.stdin.resume()
await once(process.stdin, 'end')
await database.close()
