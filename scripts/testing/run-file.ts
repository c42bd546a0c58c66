import { run } from 'node:test'
import type { TestEvent } from './outcome.ts'

const EVENTS = ['test:pass', 'test:fail', 'test:stdout', 'test:stderr', 'test:diagnostic'] as const

/**
 * Runs one test file in a process of its own and gives what it reported, in order. A file that is not done after `limitMs` is
 * killed; that is reported as a failure of the file itself, like a crash.
 */
export function runFile(file: string, limitMs: number): Promise<TestEvent[]> {
  const limit = AbortSignal.timeout(limitMs)
  const stream = run({ files: [file], signal: limit })
  const events: TestEvent[] = []
  for (const type of EVENTS) {
    stream.on(type, (data: TestEvent['data']) => events.push({ type, data }))
  }
  return new Promise((settle, reject) => {
    stream.on('end', () => settle(events))
    stream.on('error', reject)
    stream.resume()
  })
}
