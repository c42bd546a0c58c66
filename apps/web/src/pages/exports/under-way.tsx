import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useStudio } from '../../app/studio.tsx'
import type { Clip } from '../../data/clips.ts'
import type { Job } from '../../data/jobs.ts'
import { presetsQuery } from '../../data/presets.ts'
import { count, formatWait } from '../../format.ts'
import { Button, buttonClass } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Progress } from '../../ui/progress.tsx'
import { DownloadAll } from './download-all.tsx'
import { exportOf } from './export-of.ts'
import { FileRow } from './file-row.tsx'
import type { Ordered } from './order.ts'
import { presetName } from './preset-words.ts'
import { totalsOf } from './totals.ts'
import { useRenders } from './use-renders.ts'

interface UnderWayProps {
  readonly onOpenChange: (open: boolean) => void
  readonly ordered: readonly Ordered[]
  readonly clips: readonly Clip[]
}

/** How far each file is; those that are done can be downloaded. */
export function UnderWay({ onOpenChange, ordered, clips }: UnderWayProps) {
  const { api, profile } = useStudio()
  const { data: presets } = useQuery(presetsQuery(api))
  const jobIds = useMemo(() => ordered.flatMap(({ jobId }) => jobId ?? []), [ordered])
  const jobs = useRenders(jobIds)
  const jobOf = ({ jobId }: Ordered): Job | undefined => (jobId === null ? undefined : jobs.get(jobId))
  const files = ordered.map((one) => {
    const job = jobOf(one)
    return { ...one, job, exportId: one.exportId ?? (job && (exportOf(job)?.id ?? null)) ?? null }
  })
  const totals = totalsOf(files)
  const ready = files.flatMap(({ exportId }) => exportId ?? [])
  const clipOf = new Map(clips.map((clip) => [clip.id, clip]))
  return (
    <Dialog
      open
      onOpenChange={onOpenChange}
      wide
      title={totals.unfinished > 0 ? `Exporting ${count(files.length, 'file')}` : endTitle(totals)}
      lead={
        totals.unfinished > 0
          ? 'You can close this: it goes on, and the files will be under Exports. Wait with edits until they are ready: a clip that is edited meanwhile is not exported.'
          : totals.done > 0
            ? 'They are kept under Exports.'
            : undefined
      }
      actions={
        <>
          <Link
            to="/p/$profileId/exports"
            params={{ profileId: profile.id }}
            className={`${buttonClass('quiet')} mr-auto`}
          >
            All exports
          </Link>
          <Button onClick={() => onOpenChange(false)}>Close</Button>
          <DownloadAll ids={ready} zip={`Download ${ready.length} as a zip`} />
        </>
      }
    >
      {totals.unfinished > 0 && (
        <div className="mt-1 mb-4">
          <Progress fraction={totals.fraction} label="All files" />
          <p className="mt-1.5 flex justify-between gap-3 text-[13px] text-soft tabular-nums">
            <span role="status">
              {totals.done} of {files.length} done
            </span>
            {totals.secondsLeft !== null && <span>{formatWait(totals.secondsLeft)} left</span>}
          </p>
        </div>
      )}
      <ul className="divide-y divide-line">
        {files.map((one) => (
          <FileRow
            key={`${one.clipId} ${one.presetId}`}
            clip={clipOf.get(one.clipId)}
            preset={presetName(presets, one.presetId)}
            job={one.job}
            exportId={one.exportId}
            problem={one.problem ?? (one.job?.state === 'failed' ? one.job.problem : null)}
          />
        ))}
      </ul>
    </Dialog>
  )
}

function endTitle({ done, failed }: { readonly done: number; readonly failed: number }): string {
  if (failed === 0) return `${count(done, 'file')} ready`
  return done === 0 ? 'Nothing was exported' : `${count(done, 'file')} ready, ${failed} not`
}
