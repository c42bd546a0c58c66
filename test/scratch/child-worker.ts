import { createScratch, type ScratchOptions } from '../../apps/server/src/scratch/scratch.ts'
import { smallJob } from './small-job.ts'

/* Does one small job in scratch and prints the hash of what it made, or does it again and again until it is killed. */

const order: ScratchOptions & { flavour: number; endless: boolean } = JSON.parse(process.argv[2] ?? '')
await using scratch = await createScratch(order)
console.log('working')
let hash: string
do hash = await smallJob(scratch, order.flavour)
while (order.endless)
console.log(hash)
