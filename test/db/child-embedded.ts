// A process that uses the embedded database of a data folder until its standard input ends.
import { once } from 'node:events'
import { openEmbedded } from '../../apps/server/src/db/embedded/embedded.ts'

const { dataDir }: { dataDir: string } = JSON.parse(process.argv[2] ?? '')
const database = await openEmbedded({ dataDir })
console.log(JSON.stringify(database.connection))
process.stdin.resume()
await once(process.stdin, 'end')
await database.close()
console.log('closed')
