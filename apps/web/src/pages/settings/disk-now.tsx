import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useStudio } from '../../app/studio.tsx'
import { storageHistoryQuery, storageQuery } from '../../data/storage.ts'
import { formatBytes } from '../../format.ts'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Loading, Skeleton } from '../../ui/skeleton.tsx'
import { Section } from './section.tsx'
import { type Part, partsOf } from './storage-groups.ts'

/** What is stored now, by what it is, against the limit. */
export function DiskNow() {
  const { api } = useStudio()
  const usage = useQuery(storageQuery(api))
  const today = useQuery(storageHistoryQuery(api, 1))
  const error = usage.error ?? today.error
  const groups = today.data?.at(-1)?.groups
  return (
    <Section title="Use of disk">
      {error !== null ? (
        <ErrorNote error={error} />
      ) : usage.data === undefined || groups === undefined ? (
        <Loading what="Reading the use of disk">
          <Skeleton className="h-9 w-40" />
          <Skeleton className="mt-3 h-3" />
          <Skeleton className="mt-4 h-5 w-80 max-w-full" />
        </Loading>
      ) : (
        <Used
          parts={partsOf(groups)}
          storedBytes={usage.data.storedBytes}
          quotaBytes={usage.data.quotaBytes}
          besides={
            <>
              <Besides
                label="Work in progress"
                bytes={usage.data.scratchBytes}
                limit={usage.data.scratchQuotaBytes}
              />
              {usage.data.uploadBytes > 0 && (
                <Besides label="Uploads on their way" bytes={usage.data.uploadBytes} limit={null} />
              )}
            </>
          }
        />
      )}
    </Section>
  )
}

interface UsedProps {
  readonly parts: readonly Part[]
  readonly storedBytes: number
  readonly quotaBytes: number | null
  readonly besides: ReactNode
}

function Used({ parts, storedBytes, quotaBytes, besides }: UsedProps) {
  const whole = Math.max(quotaBytes ?? storedBytes, storedBytes, 1)
  const full = quotaBytes !== null && storedBytes >= quotaBytes * 0.9
  return (
    <>
      <p className="flex flex-wrap items-baseline gap-x-2">
        <span className="text-[26px] leading-9 font-semibold tracking-tight tabular-nums">
          {formatBytes(storedBytes)}
        </span>
        <span className="text-soft">
          {quotaBytes === null ? 'stored, without a limit' : `of ${formatBytes(quotaBytes)}`}
        </span>
        {full && <span className="font-medium text-warn">Almost full</span>}
      </p>
      <div className="mt-3 flex h-3 gap-0.5 overflow-hidden rounded-full bg-sunken" aria-hidden>
        {parts.map(({ key, tone, bytes }) => (
          <span
            key={key}
            className={`min-w-1 bg-current ${tone}`}
            style={{ width: `${(bytes / whole) * 100}%` }}
          />
        ))}
      </div>
      <dl className="mt-4 flex flex-wrap gap-x-6 gap-y-2">
        {parts.map(({ key, label, tone, bytes }) => (
          <div key={key} className="flex items-center gap-2">
            <span className={`size-2.5 rounded-[3px] bg-current ${tone}`} aria-hidden />
            <dt className="text-soft">{label}</dt>
            <dd className="font-medium tabular-nums">{formatBytes(bytes)}</dd>
          </div>
        ))}
      </dl>
      <dl className="mt-4 flex flex-wrap gap-x-6 gap-y-2 border-t border-line pt-4">{besides}</dl>
    </>
  )
}

const Besides = ({
  label,
  bytes,
  limit,
}: {
  readonly label: string
  readonly bytes: number
  readonly limit: number | null
}) => (
  <div className="flex items-baseline gap-2">
    <dt className="text-soft">{label}</dt>
    <dd className="font-medium tabular-nums">
      {formatBytes(bytes)}
      {limit !== null && <span className="font-normal text-soft"> of {formatBytes(limit)}</span>}
    </dd>
  </div>
)
