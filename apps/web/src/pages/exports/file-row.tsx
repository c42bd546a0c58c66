import { Link } from '@tanstack/react-router'
import { CircleAlert, CircleCheck, Download, X } from 'lucide-react'
import type { Problem } from '../../api/problem.ts'
import { useStudio } from '../../app/studio.tsx'
import { type Clip, clipPicture } from '../../data/clips.ts'
import { isActive, type Job } from '../../data/jobs.ts'
import { formatPercent, formatWait } from '../../format.ts'
import { Button, buttonClass, IconButton } from '../../ui/button.tsx'
import { ClipTitle } from '../../ui/clip-title.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Progress } from '../../ui/progress.tsx'
import { useClipName } from '../../ui/use-clip-name.ts'

import { useJobActions } from '../jobs/use-job-actions.ts'
import { ClipPicture } from './clip-picture.tsx'
import { exportFileUrl } from './downloads.ts'
import { MakeVoice } from './make-voice.tsx'
import { isUnspoken } from './pairs.ts'

interface FileRowProps {
  /** `undefined` where it was deleted meanwhile. */
  readonly clip: Clip | undefined
  readonly preset: string
  /** `undefined` until it is known, or where none was needed. */
  readonly job: Job | undefined
  readonly exportId: string | null
  readonly problem: Problem | null
}

/** One file that was asked for. */
export function FileRow({ clip, preset, job, exportId, problem }: FileRowProps) {
  const { file, profile } = useStudio()
  const actions = useJobActions(job?.id ?? '')
  const whole = clip?.name ?? 'A clip that was deleted'
  const { short: name } = useClipName(whole, clip?.projectId ?? null)
  // What a person does about it is another thing than trying again.
  const wantsVoice = problem !== null && clip !== undefined && isUnspoken(clip)
  const picture = clip ? clipPicture(file, clip) : null
  return (
    <li className="flex items-start gap-3 py-2.5">
      <ClipPicture src={picture} className="h-12 w-9" />
      <div className="min-w-0 grow">
        <ClipTitle name={whole} projectId={clip?.projectId ?? null} about={preset} />
        <State job={job} exportId={exportId} problem={problem} about={`${name}, ${preset}`} />
        {problem !== null && (
          <div className="mt-1 text-[13px] wrap-anywhere">
            <p>{problem.detail}</p>
            <p className="text-soft">{problem.remedy}</p>
            {clip && !wantsVoice && (
              <Link
                to="/p/$profileId/clips/$clipId"
                params={{ profileId: profile.id, clipId: clip.id }}
                className="font-medium text-accent hover:underline"
              >
                Open the clip
              </Link>
            )}
          </div>
        )}
        {actions.error !== null && <ErrorNote error={actions.error} className="mt-2" />}
      </div>
      <div className="flex shrink-0 items-center">
        {exportId !== null && (
          <a href={exportFileUrl(file, exportId)} download className={buttonClass('plain', 'small')}>
            <Download className="size-4" aria-hidden />
            Download<span className="sr-only"> {`${name}, ${preset}`}</span>
          </a>
        )}
        {wantsVoice ? (
          <MakeVoice clipId={clip.id} about={`${name}, ${preset}`} />
        ) : (
          job !== undefined &&
          exportId === null && <JobButton job={job} actions={actions} about={`${name}, ${preset}`} />
        )}
      </div>
    </li>
  )
}

function State({
  job,
  exportId,
  problem,
  about,
}: Omit<FileRowProps, 'clip' | 'preset'> & { readonly about: string }) {
  const line = 'mt-0.5 flex items-center gap-1.5 text-[13px]'
  if (exportId !== null)
    return (
      <p className={`${line} text-good`}>
        <CircleCheck className="size-4" aria-hidden />
        {job === undefined ? 'Already made' : 'Ready'}
      </p>
    )
  if (problem !== null)
    return (
      <p className={`${line} text-bad`}>
        <CircleAlert className="size-4" aria-hidden />
        Not exported
      </p>
    )
  if (job?.state === 'cancelled') return <p className={`${line} text-soft`}>Cancelled</p>
  if (job?.state !== 'running') return <p className={`${line} text-soft`}>Waiting for its turn</p>
  return (
    <div className="mt-2">
      <Progress fraction={job.fraction} label={about} />
      <p className="mt-1 text-[13px] text-soft tabular-nums">
        {job.cancelRequestedAt !== null
          ? 'Stopping…'
          : `${formatPercent(job.fraction)}${job.secondsLeft === null ? '' : ` · ${formatWait(job.secondsLeft)} left`}`}
      </p>
    </div>
  )
}

interface JobButtonProps {
  readonly job: Job
  readonly actions: ReturnType<typeof useJobActions>
  readonly about: string
}

function JobButton({ job, actions, about }: JobButtonProps) {
  if (isActive(job))
    return (
      <IconButton
        label={`Cancel ${about}`}
        size="small"
        icon={<X className="size-4" />}
        disabled={actions.isCancelling || job.cancelRequestedAt !== null}
        onClick={actions.cancel}
      />
    )
  return (
    <Button size="small" busy={actions.isRetrying} onClick={actions.retry}>
      Try again<span className="sr-only">: {about}</span>
    </Button>
  )
}
