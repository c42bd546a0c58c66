import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useStudio } from '../../app/studio.tsx'
import { type Job, jobQuery } from '../../data/jobs.ts'
import { formatWait } from '../../format.ts'
import { useJobWords } from './use-job-words.ts'
import { useNow } from './use-now.ts'

const linkClass = 'font-medium text-accent hover:underline'

/** Why a job does not run yet. */
export function WhyWaits({ job }: { readonly job: Job }) {
  const { profile } = useStudio()
  switch (job.waitsFor) {
    case 'retry':
      return job.retryAt === null ? 'Tried again soon' : <TriedAgain at={job.retryAt} />
    case 'same-clip':
      return job.waitsForJobId === null ? (
        'Waits until other work on the same is done'
      ) : (
        <WaitsForJob id={job.waitsForJobId} />
      )
    case 'profile-limit':
      return (
        <>
          Waits: as many jobs of {profile.name} run as{' '}
          <Link
            to="/p/$profileId/settings/{-$tab}"
            params={{ profileId: profile.id, tab: 'disk' }}
            className={linkClass}
          >
            its limit
          </Link>{' '}
          allows
        </>
      )
    case 'machine':
      return 'Waits for a free place: the machine is busy with other work'
    case null:
      return 'Waits for its turn'
  }
}

function WaitsForJob({ id }: { readonly id: string }) {
  const { api } = useStudio()
  const { data: other } = useQuery(jobQuery(api, id))
  return other === undefined ? 'Waits until other work on the same is done' : <WaitsFor other={other} />
}

function WaitsFor({ other }: { readonly other: Job }) {
  const { profile } = useStudio()
  const { name } = useJobWords(other)
  if (other.clipId === null) return `Waits for “${name}”, which goes first`
  return (
    <>
      Waits for{' '}
      <Link
        to="/p/$profileId/clips/$clipId"
        params={{ profileId: profile.id, clipId: other.clipId }}
        className={linkClass}
      >
        {name}
      </Link>
      , which goes first
    </>
  )
}

function TriedAgain({ at }: { readonly at: string }) {
  const seconds = (Date.parse(at) - useNow()) / 1000
  return seconds <= 0 ? 'Is tried again now' : `Tried again in ${formatWait(seconds)}`
}
