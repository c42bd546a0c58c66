import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { AudioLines } from 'lucide-react'
import { useStudio } from '../../app/studio.tsx'
import { clipQuery } from '../../data/clips.ts'
import type { Job } from '../../data/jobs.ts'
import { buttonClass } from '../../ui/button.tsx'
import { isUnspoken } from './pairs.ts'

/** Whether an export failed for want of a voice that is still to be made: trying again would not help. */
export function useWantsVoice(job: Pick<Job, 'kind' | 'state' | 'problem' | 'clipId'>): boolean {
  const { api } = useStudio()
  const isAsked = job.kind === 'render' && job.state === 'failed' && job.problem?.code === 'conflict'
  const { data } = useQuery({
    ...clipQuery(api, job.clipId ?? ''),
    enabled: isAsked && job.clipId !== null,
  })
  return isAsked && data !== undefined && isUnspoken(data)
}

/** Leads to where the voice of a clip is made, and what it costs is told. */
export function MakeVoice({ clipId, about }: { readonly clipId: string; readonly about: string }) {
  const { profile } = useStudio()
  return (
    <Link
      to="/p/$profileId/clips/$clipId"
      params={{ profileId: profile.id, clipId }}
      search={{ tab: 'script' }}
      className={buttonClass('plain', 'small')}
    >
      <AudioLines className="size-4" aria-hidden />
      Make the voice<span className="sr-only">: {about}</span>
    </Link>
  )
}
