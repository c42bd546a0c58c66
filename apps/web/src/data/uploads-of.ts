import { useSyncExternalStore } from 'react'
import { type QueueView, UploadQueue } from './uploads-queue.ts'

const queues = new Map<string, UploadQueue>()

/** The uploads of a profile: one queue for the life of the page, whatever is shown. */
export function uploadsOf(profileId: string): UploadQueue {
  const known = queues.get(profileId) ?? new UploadQueue(profileId)
  queues.set(profileId, known)
  return known
}

export function useUploads(profileId: string): QueueView {
  const queue = uploadsOf(profileId)
  return useSyncExternalStore(queue.subscribe, queue.view)
}

// Leaving would stop them, and the person has to choose the files again.
addEventListener('beforeunload', (event) => {
  if ([...queues.values()].some(({ isMoving }) => isMoving)) event.preventDefault()
})
