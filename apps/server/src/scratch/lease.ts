import { closeSync, fstatSync, futimesSync } from 'node:fs'
import { lstat, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { ifMissing } from '@cutroom/contracts'
import { z } from 'zod'
import { holdFifo, isFifoHeld, makeFifo } from '../held-fifo.ts'
import { LEASE, OWNER } from './layout.ts'
import { type Machine, thisMachine } from './machine.ts'

// The owner holds the FIFO `lease` for as long as it lives; `owner.json` says under which kernel, and which file it is.

const ownerSchema = z.object({
  version: z.literal(1),
  machine: z.string().nullable(),
  kernel: z.string().min(1),
  device: z.number(),
  inode: z.number(),
  leaseSeconds: z.number().positive(),
})

/** A lease that this process holds. */
export interface HeldLease {
  /** Moves the end of the lease to now plus its length. */
  renew(): void
  /** Lets the lease go; the owner counts as gone from then on. */
  release(): void
}

/** Makes the lease of a new scratch folder and holds it. Throws `tool-missing` without the program `mkfifo`. */
export async function holdLease(folder: string, leaseSeconds: number): Promise<HeldLease> {
  const fifo = path.join(folder, LEASE)
  const machine = await thisMachine()
  await makeFifo(fifo)
  const held = holdFifo(fifo)
  try {
    const { dev: device, ino: inode } = fstatSync(held)
    const owner: z.infer<typeof ownerSchema> = { version: 1, ...machine, device, inode, leaseSeconds }
    // Flushed, so that after a power cut the folder still says whose it is.
    await writeFile(path.join(folder, OWNER), JSON.stringify(owner), { flag: 'wx', mode: 0o600, flush: true })
  } catch (error) {
    closeSync(held)
    throw error
  }
  return {
    // Synchronous: a renewal under way when the lease is released would reach whatever file gets the number next.
    renew: () => {
      try {
        futimesSync(held, new Date(), new Date())
      } catch {
        // A disk that takes no time stamp any more fails the work itself; being alive does not depend on it.
      }
    },
    release: () => closeSync(held),
  }
}

/** What a lease says to somebody who is not its owner. */
export interface Lease {
  /** `unknown`: nobody here can prove the owner gone. */
  readonly owner: 'alive' | 'gone' | 'unknown'
  /** The last heartbeat, in milliseconds since 1970. */
  readonly renewedMs: number
  /** When it runs out, in milliseconds since 1970. */
  readonly endsMs: number
}

/** The lease of a scratch folder, or `null` where the folder names no owner. */
export async function readLease(folder: string): Promise<Lease | null> {
  const text = await readFile(path.join(folder, OWNER), 'utf8').catch(ifMissing(null))
  const owner = text === null ? null : parseOwner(text)
  if (owner === null) return null
  const fifo = path.join(folder, LEASE)
  const file = await lstat(fifo).catch(ifMissing(null))
  if (file === null) {
    // Deleted with the folder since its owner was read, or by somebody who had no business to.
    const stillNamed = await lstat(path.join(folder, OWNER)).catch(ifMissing(null))
    return stillNamed === null ? null : { owner: 'unknown', renewedMs: 0, endsMs: 0 }
  }
  const sameFile = file.isFIFO() && file.dev === owner.device && file.ino === owner.inode
  return {
    owner: ownerState(owner, await thisMachine(), () => (sameFile ? isFifoHeld(fifo) : null)),
    renewedMs: file.mtimeMs,
    endsMs: file.mtimeMs + owner.leaseSeconds * 1000,
  }
}

/**
 * Whether an owner is gone. On the same kernel the FIFO tells (`held`, or `null` where it cannot be asked); what ran under an earlier
 * kernel of the same machine ended with it; another machine's processes cannot be seen from here.
 */
export function ownerState(owner: Machine, here: Machine, held: () => boolean | null): Lease['owner'] {
  if (owner.kernel === here.kernel) {
    const answer = held()
    if (answer === null) return 'unknown'
    return answer ? 'alive' : 'gone'
  }
  return owner.machine !== null && owner.machine === here.machine ? 'gone' : 'unknown'
}

function parseOwner(text: string): z.infer<typeof ownerSchema> | null {
  try {
    return ownerSchema.parse(JSON.parse(text))
  } catch {
    return null
  }
}
