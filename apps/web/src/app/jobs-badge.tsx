import { useInfiniteQuery } from '@tanstack/react-query'
import { jobsQuery } from '../data/jobs.ts'
import { cx } from '../ui/class-names.ts'
import { useStudio } from './studio.tsx'

/** How many jobs run now. */
export function JobsBadge({ corner = false }: { readonly corner?: boolean }) {
  const { api } = useStudio()
  const { data } = useInfiniteQuery(jobsQuery(api, { state: 'running' }))
  // Lists follow the events of their jobs, so those that ended meanwhile are among them.
  const running = data?.filter(({ state }) => state === 'running').length ?? 0
  if (running === 0) return null
  return (
    <span
      className={cx(
        'grid h-4.5 min-w-4.5 place-items-center rounded-full bg-accent px-1 text-[11px] font-semibold text-on-accent',
        corner ? 'absolute top-1.5 left-[calc(50%+4px)]' : 'ml-auto',
      )}
    >
      {running}
      <span className="sr-only"> running</span>
    </span>
  )
}
