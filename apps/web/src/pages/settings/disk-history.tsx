import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useStudio } from '../../app/studio.tsx'
import { storageHistoryQuery } from '../../data/storage.ts'
import { formatBytes } from '../../format.ts'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Select } from '../../ui/select.tsx'
import { Loading, Skeleton } from '../../ui/skeleton.tsx'
import { DiskPlot } from './disk-plot.tsx'
import { Section } from './section.tsx'

const SPANS = [
  { value: '30', label: '30 days' },
  { value: '90', label: '90 days' },
  { value: '365', label: 'A year' },
] as const

/** How what is stored grew and shrank. */
export function DiskHistory() {
  const { api, profile } = useStudio()
  const [days, setDays] = useState<string>('30')
  const { data, error } = useQuery({
    ...storageHistoryQuery(api, Number(days)),
    placeholderData: keepPreviousData,
  })
  const { storageBytes, scratchBytes } = profile.limits
  const peak = Math.max(0, ...(data ?? []).map(({ scratchPeakBytes }) => scratchPeakBytes))
  return (
    <Section
      title="Over time"
      actions={
        <div className="w-28">
          <Select aria-label="Span of time" value={days} onChange={setDays} choices={SPANS} />
        </div>
      }
    >
      {error !== null ? (
        <ErrorNote error={error} />
      ) : data === undefined ? (
        <Loading what="Reading the past use of disk">
          <Skeleton className="h-56" />
        </Loading>
      ) : (
        <DiskPlot days={data} limit={storageBytes} />
      )}
      {peak > 0 && (
        <p className="mt-2 text-[13px] text-soft">
          Work in progress took at most {formatBytes(peak)}
          {scratchBytes !== null && ` of ${formatBytes(scratchBytes)}`} at once.
        </p>
      )}
      {data?.length === 1 && (
        <p className="mt-3 text-[13px] text-soft">
          The record begins today. Come back tomorrow for the next bar.
        </p>
      )}
    </Section>
  )
}
