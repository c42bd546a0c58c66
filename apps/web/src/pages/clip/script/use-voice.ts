import { type QueryClient, useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ask } from '../../../api/client.ts'
import { useStudio } from '../../../app/studio.tsx'
import type { Clip } from '../../../data/clips.ts'
import { isActive, type Job, jobsQuery } from '../../../data/jobs.ts'
import { forgetQuotes } from '../../../data/voices.ts'
import type { ClipEdits } from '../editor/edits.ts'

/** Edits wait for a voice that is being made, so that its captions are no surprise; but not for one that has to wait long itself. */
const MOST_WAIT_MS = 30_000

/** Waits until a job has ended, as the event stream tells, or until it has taken too long. */
function ended(queries: QueryClient, job: Job): Promise<void> {
  const key = ['job', job.id]
  queries.setQueryData(key, job)
  return new Promise((done) => {
    const look = () => {
      const now = queries.getQueryData<Job>(key)
      if (now === undefined || !isActive(now)) stop()
    }
    const unsubscribe = queries.getQueryCache().subscribe(look)
    const timer = setTimeout(stop, MOST_WAIT_MS)
    function stop() {
      clearTimeout(timer)
      unsubscribe()
      done()
    }
  })
}

/** Gives a clip its voice. */
export function useVoice(clip: Clip, edits: ClipEdits) {
  const { api } = useStudio()
  const queries = useQueryClient()
  const { data: jobs } = useInfiniteQuery(jobsQuery(api, { clipId: clip.id, kind: 'voiceover' }))
  const [latest] = jobs ?? []
  const [isAsking, setAsking] = useState(false)
  const [refused, setRefused] = useState<unknown>(null)
  const params = { path: { id: clip.id } }

  const order = async (label: string, send: (version: number) => Promise<Job | Clip>) => {
    setAsking(true)
    setRefused(null)
    try {
      await edits.run(label, async (version) => {
        const answer = await send(version)
        if (!('kind' in answer)) return
        void queries.invalidateQueries({ queryKey: ['jobs'] })
        await ended(queries, answer)
        void forgetQuotes(queries)
      })
    } catch (error) {
      setRefused(error)
    } finally {
      setAsking(false)
    }
  }
  const running = latest !== undefined && isActive(latest) ? latest : null
  const isWanting = clip.voiceover === null || clip.voiceover.stale
  return {
    /** The job that makes the voice now. */
    running,
    isBusy: isAsking || running !== null,
    refused,
    /** Why the last try failed, as long as there is nothing newer. */
    problem: latest?.state === 'failed' && isWanting ? latest.problem : null,
    speak: () => order('Speak the script', () => ask(api.POST('/clips/{id}/voiceover', { params }))),
    takeRecording: (sourceId: string) =>
      order('Take a recording', (version) =>
        ask(api.PUT('/clips/{id}/voiceover', { params, body: { version, sourceId } })),
      ),
    remove: () =>
      order('Remove the voice', (version) =>
        ask(api.DELETE('/clips/{id}/voiceover', { params: { ...params, query: { version } } })),
      ),
  }
}
