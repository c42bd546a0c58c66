import { useInfiniteQuery } from '@tanstack/react-query'
import { ListChecks } from 'lucide-react'
import { useEffect } from 'react'
import { useStudio } from '../../app/studio.tsx'
import { useAddress } from '../../app/use-address.ts'
import { isActive, type Job, jobsQuery } from '../../data/jobs.ts'
import { Empty } from '../../ui/empty.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Select } from '../../ui/select.tsx'
import { Loading, Skeleton } from '../../ui/skeleton.tsx'
import { WindowList } from '../../ui/window-list.tsx'
import { JobPast } from './job-past.tsx'
import { KINDS, STATES } from './words.ts'

type Ended = Extract<Job['state'], 'done' | 'failed' | 'cancelled'>
const ENDED = ['failed', 'done', 'cancelled'] as const satisfies readonly Ended[]
const ANY = 'any'

/** What an address may say: anything. */
const oneOf = <T extends string>(value: string, known: readonly T[]): T | undefined =>
  known.find((one) => one === value)

const stateChoices = [
  { value: ANY, label: 'All that ended' },
  ...ENDED.map((state) => ({ value: state, label: STATES[state] })),
]
const kinds = Object.keys(KINDS) as Job['kind'][]
const kindChoices = [
  { value: ANY, label: 'All kinds' },
  ...kinds.map((kind) => ({ value: kind, label: KINDS[kind] })),
]

/** Jobs that have ended, newest first. */
export function JobHistory() {
  const { api } = useStudio()
  const [kindAddress, setKind] = useAddress('kind')
  const [stateAddress, setState] = useAddress('state')
  const kind = oneOf(kindAddress, kinds)
  const state = oneOf(stateAddress, ENDED)
  const list = useInfiniteQuery(jobsQuery(api, { ...(kind && { kind }), ...(state && { state }) }))
  const { data, hasNextPage, isFetching, isError, fetchNextPage } = list
  const ended = data?.filter((job) => !isActive(job))
  const more = () => {
    if (hasNextPage && !isFetching && !isError) void fetchNextPage()
  }
  // Where hundreds wait, a whole page may hold none that has ended.
  const isBare = ended?.length === 0 && hasNextPage && !isFetching && !isError
  useEffect(() => {
    if (isBare) void fetchNextPage()
  }, [isBare, fetchNextPage])
  return (
    <section aria-label="History">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 border-b border-line pb-3">
        <h2 className="text-[15px] font-semibold">History</h2>
        <div className="grid w-80 grid-cols-2 gap-2">
          <Select
            aria-label="Kind"
            value={kind ?? ANY}
            onChange={(value) => setKind(value === ANY ? '' : value)}
            choices={kindChoices}
          />
          <Select
            aria-label="How it ended"
            value={state ?? ANY}
            onChange={(value) => setState(value === ANY ? '' : value)}
            choices={stateChoices}
          />
        </div>
      </div>
      {list.error !== null && <ErrorNote error={list.error} className="mt-4" onRetry={list.refetch} />}
      {ended === undefined || (ended.length === 0 && hasNextPage) ? (
        list.error === null && <HistorySkeleton />
      ) : ended.length === 0 ? (
        <Nothing isFiltered={kind !== undefined || state !== undefined} />
      ) : (
        <WindowList
          label="Jobs that have ended"
          items={ended}
          keyOf={({ id }) => id}
          rowHeight={88}
          onNearEnd={more}
        >
          {(job) => <JobPast job={job} />}
        </WindowList>
      )}
    </section>
  )
}

const Nothing = ({ isFiltered }: { readonly isFiltered: boolean }) =>
  isFiltered ? (
    <Empty icon={<ListChecks />} title="No such job">
      Choose another kind or another end.
    </Empty>
  ) : (
    <Empty icon={<ListChecks />} title="Nothing has ended yet">
      When you add sources, make clips or export them, each piece of work is listed here with what came of it.
    </Empty>
  )

const HistorySkeleton = () => (
  <Loading what="Reading the history">
    {['a', 'b', 'c', 'd', 'e'].map((key) => (
      <div key={key} className="flex gap-3 border-b border-line py-3">
        <Skeleton className="size-4 rounded-full" />
        <div className="grow space-y-2">
          <Skeleton className="h-4 w-56" />
          <Skeleton className="h-3.5 w-40" />
        </div>
      </div>
    ))}
  </Loading>
)
