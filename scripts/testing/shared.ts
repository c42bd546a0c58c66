import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

/**
 * Starts what all test files of a run share, such as a PostgreSQL; they find it through TEST_SHARED. It ends when it is disposed of, and
 * with this process, however that ends. Does nothing in a project that has no tests of that kind.
 */
export async function startShared(root: string): Promise<AsyncDisposable> {
  const script = join(root, 'test', 'support', 'child-shared.ts')
  if (!existsSync(script)) return { [Symbol.asyncDispose]: async () => {} }
  const child = spawn(process.execPath, [script], { stdio: ['pipe', 'pipe', 'inherit'] })
  const ended = once(child, 'exit')
  for await (const line of createInterface({ input: child.stdout })) {
    process.env.TEST_SHARED = line
    break
  }
  return {
    [Symbol.asyncDispose]: async () => {
      child.stdin.end()
      await ended
    },
  }
}
