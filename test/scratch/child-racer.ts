import { toCutroomError } from '@cutroom/contracts'
import { createScratch } from '../../apps/server/src/scratch/scratch.ts'

/* Makes the scratch folders of the given jobs, each at its appointed time, and prints what came of each as JSON. */

const order: { dataDir: string; profileId: string; jobs: { jobId: string; atMs: number }[] } = JSON.parse(
  process.argv[2] ?? '',
)
const outcomes: string[] = []
for (const { jobId, atMs } of order.jobs) {
  // Spins, as a timer would be late by more than the race is wide.
  while (Date.now() < atMs);
  const outcome = createScratch({ ...order, jobId, attempt: 1 })
  outcomes.push(
    await outcome.then(
      () => 'won',
      (error: unknown) => toCutroomError(error).code,
    ),
  )
}
console.log(JSON.stringify(outcomes))
