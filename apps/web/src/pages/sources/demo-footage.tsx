import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { Sparkles } from 'lucide-react'
import { useState } from 'react'
import { ask } from '../../api/client.ts'
import { useStudio } from '../../app/studio.tsx'
import { jobsQuery } from '../../data/jobs.ts'
import { formatPercent } from '../../format.ts'
import { Button } from '../../ui/button.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { toastFailed } from '../../ui/toasts.tsx'

/** Draws footage to try the studio with. */
export function DemoFootage() {
  const { api } = useStudio()
  const queries = useQueryClient()
  const [asking, setAsking] = useState(false)
  const { data: jobs } = useInfiniteQuery(jobsQuery(api, { kind: 'demo' }))
  const running = jobs?.find(({ state }) => ['waiting', 'running', 'retrying'].includes(state))
  const order = async () => {
    setAsking(true)
    try {
      await ask(api.POST('/sources/demo'))
      await queries.invalidateQueries({ queryKey: ['jobs'] })
    } catch (error) {
      toastFailed(error)
    } finally {
      setAsking(false)
    }
  }
  const [newest] = jobs ?? []
  return (
    <>
      <Button
        icon={<Sparkles className="size-4" />}
        busy={asking || running !== undefined}
        onClick={() => void order()}
      >
        {running ? `Making it, ${formatPercent(running.fraction)}` : 'Make demo footage'}
      </Button>
      {newest?.state === 'failed' && newest.problem !== null && !asking && (
        <ErrorNote
          className="order-last w-full text-left"
          error={newest.problem}
          words={{ message: newest.problem.detail, remedy: newest.problem.remedy }}
        />
      )}
    </>
  )
}
