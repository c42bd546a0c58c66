import { existsSync } from 'node:fs'
import { sweep } from '../../apps/server/src/scratch/sweep.ts'

/* Sweeps the scratch of some profiles without rest until the file `stop` appears; then prints what it removed, as JSON. */

const { dataDir, profileIds, stop }: { dataDir: string; profileIds: string[]; stop: string } = JSON.parse(
  process.argv[2] ?? '',
)
const removed: string[] = []
let rounds = 0
console.log('sweeping')
while (!existsSync(stop)) {
  rounds += 1
  for (const profileId of profileIds)
    removed.push(...(await sweep({ dataDir, profileId })).removed.map(({ path }) => path))
}
console.log(JSON.stringify({ rounds, removed }))
