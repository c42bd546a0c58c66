import { spawn } from 'node:child_process'
import { readdir, readFile } from 'node:fs/promises'

/** What a piece of work cost. */
export interface Cost {
  readonly seconds: number
  /** Processor time of this process and its children: steadier than the clock on a shared machine. */
  readonly cpuSeconds: number
  /** Highest sum of proportional set sizes (each shared page counted once) of this process's children, in MB. */
  readonly peakMb: number
  /** The same for this process itself, above what it held before. */
  readonly ownMb: number
}

const SAMPLE_MS = 60

/** Runs work and watches the memory of every process that it starts. Linux only. */
export async function cost(work: () => Promise<unknown>): Promise<Cost> {
  globalThis.gc?.()
  const ownBefore = await proportionalMb(process.pid)
  let peakMb = 0
  let ownMb = 0
  let watching = true
  const watch = (async () => {
    while (watching) {
      const sizes = await Promise.all((await descendants(process.pid)).map(proportionalMb))
      peakMb = Math.max(
        peakMb,
        sizes.reduce((sum, size) => sum + size, 0),
      )
      ownMb = Math.max(ownMb, (await proportionalMb(process.pid)) - ownBefore)
      await new Promise((resolve) => setTimeout(resolve, SAMPLE_MS))
    }
  })()
  const cpuBefore = await cpuSeconds()
  const begun = performance.now()
  try {
    await work()
  } finally {
    watching = false
  }
  const seconds = (performance.now() - begun) / 1000
  await watch
  return { seconds, cpuSeconds: (await cpuSeconds()) - cpuBefore, peakMb, ownMb }
}

/** Runs a hand-written command: the floor. */
export function command(file: string, args: readonly string[], cwd: string): () => Promise<void> {
  return () =>
    new Promise((resolve, reject) => {
      const child = spawn(file, args, { cwd, stdio: ['ignore', 'ignore', 'pipe'] })
      let stderr = ''
      child.stderr.on('data', (chunk) => {
        stderr = (stderr + chunk).slice(-2000)
      })
      child.on('error', reject)
      child.on('close', (code) =>
        code === 0 ? resolve() : reject(new Error(`${file} ended with ${code}: ${stderr}`)),
      )
    })
}

/** The middle of a list of numbers. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const upper = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? Number.NaN)) / 2
}

/** Runs two pieces of work in turn, A B A B …, so that a machine that slows down slows both; the costs of each round. */
export async function inTurn(
  a: () => Promise<unknown>,
  b: () => Promise<unknown>,
  rounds: number,
): Promise<{ a: Cost[]; b: Cost[] }> {
  const costs: { a: Cost[]; b: Cost[] } = { a: [], b: [] }
  for (let round = 0; round < rounds; round += 1) {
    costs.a.push(await cost(a))
    costs.b.push(await cost(b))
  }
  return costs
}

/** Clock ticks per second in /proc on every Linux that Node runs on (sysconf(_SC_CLK_TCK)). */
const TICKS = 100

/** Processor time so far of this process and of all children that have ended: proc(5), utime to cstime. */
async function cpuSeconds(): Promise<number> {
  const stat = await readFile('/proc/self/stat', 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0) / TICKS
}

async function descendants(root: number): Promise<number[]> {
  const children = new Map<number, number[]>()
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue
    const stat = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => '')
    const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
    children.set(parent, [...(children.get(parent) ?? []), Number(name)])
  }
  const found: number[] = []
  const queue = [root]
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    const next = children.get(id) ?? []
    found.push(...next)
    queue.push(...next)
  }
  return found
}

async function proportionalMb(id: number): Promise<number> {
  // A process may end between being listed and being read.
  const text = await readFile(`/proc/${id}/smaps_rollup`, 'utf8').catch(() => '')
  return Number(/^Pss:\s+(\d+)/m.exec(text)?.[1] ?? 0) / 1024
}

/** The smallest value that so large a part of the values does not go beyond. */
export function percentile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)] ?? Number.NaN
}
