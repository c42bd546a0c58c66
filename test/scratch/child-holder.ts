import { writeFile } from 'node:fs/promises'
import { createScratch, type ScratchOptions } from '../../apps/server/src/scratch/scratch.ts'

/* Makes a scratch folder, writes into it, prints its path, and then idles or blocks its event loop. */

const order: ScratchOptions & { mood: 'idle' | 'busy' } = JSON.parse(process.argv[2] ?? '')
const scratch = await createScratch(order)
await writeFile(scratch.file('out.mp4'), order.jobId)
console.log(scratch.path)
setInterval(() => {}, 1000)
while (order.mood === 'busy') Math.random()
