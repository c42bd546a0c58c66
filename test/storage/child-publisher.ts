import { writeFile } from 'node:fs/promises'
import { createScratch, type ScratchOptions } from '../../apps/server/src/scratch/scratch.ts'
import { fileStorage } from '../../apps/server/src/storage/file-storage.ts'

/*
 * Publishes the entries of the given hashes, one after the other: two files of its own making each, filled with one letter.
 * Prints which letter each entry holds in the end, as JSON.
 */

const order: ScratchOptions & { root: string; hashes: string[]; letter: string; sizeBytes: number } =
  JSON.parse(process.argv[2] ?? '')
const storage = fileStorage(order.root)
await using scratch = await createScratch(order)
console.log('publishing')
const letters: unknown[] = []
for (const hash of order.hashes) {
  const names = ['first.bin', 'second.bin']
  for (const name of names) await writeFile(scratch.file(name), Buffer.alloc(order.sizeBytes, order.letter))
  const entry = await storage.publish(
    { profileId: order.profileId, kind: 'export', hash },
    { files: Object.fromEntries(names.map((name) => [name, scratch.file(name)])), meta: order.letter },
  )
  letters.push(entry.meta)
}
console.log(JSON.stringify(letters))
