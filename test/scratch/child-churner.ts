import { readFile, writeFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { createScratch } from '../../apps/server/src/scratch/scratch.ts'

/*
 * Makes scratch folders, works in them and removes them, over and over, with the same file names as everybody else. Stops with an error
 * as soon as anything of its own is not as it left it. `rounds` 0 goes on for ever.
 */

const order: { dataDir: string; profileId: string; jobId: string; leaseSeconds: number; rounds: number } =
  JSON.parse(process.argv[2] ?? '')
console.log('churning')
for (let attempt = 1; order.rounds === 0 || attempt <= order.rounds; attempt += 1) {
  await using scratch = await createScratch({ ...order, attempt })
  const texts = ['list.txt', 'voice.wav', 'final.mp4'].map((name) => ({
    name,
    text: `${order.jobId} ${name}`,
  }))
  for (const { name, text } of texts) await writeFile(scratch.file(name), text)
  const parts = await scratch.folder('parts')
  await writeFile(`${parts}/0.mp4`, order.jobId)
  await sleep(Math.random() * 1000 * order.leaseSeconds * 1.5)
  for (const { name, text } of texts) {
    if ((await readFile(scratch.file(name), 'utf8')) !== text) throw new Error(`${name} was changed`)
  }
}
console.log('done')
