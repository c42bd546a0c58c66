import { Socket } from 'node:net'
import { fileURLToPath } from 'node:url'
import { startChild } from './children.ts'

/** A PostgreSQL, without the name of a database. */
export interface TestCluster {
  readonly host: string
  readonly port: number
  readonly user: string
}

/** What the test files of a run share. */
interface Shared {
  readonly postgres: TestCluster
  /** The folder of what they lend one another. */
  readonly lent: string
}

let known: Promise<Shared> | undefined

/** What the files of the run of `npm test` share; a file that is run alone has it for itself, until its process ends. */
export function shared(): Promise<Shared> {
  const line = process.env.TEST_SHARED
  known ??= line === undefined ? startShared() : Promise.resolve(JSON.parse(line))
  return known
}

async function startShared(): Promise<Shared> {
  const child = startChild(fileURLToPath(import.meta.resolve('./child-shared.ts')), {})
  const facts: Shared = JSON.parse(await child.line())
  const { process } = child
  process.unref()
  for (const stream of process.stdio) if (stream instanceof Socket) stream.unref()
  return facts
}
