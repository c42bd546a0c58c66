import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { ArrowLeft, FolderPlus } from 'lucide-react'
import { useState } from 'react'
import { ask } from '../../api/client.ts'
import { ApiError } from '../../api/problem.ts'
import { useStudio } from '../../app/studio.tsx'
import { jobsQuery } from '../../data/jobs.ts'
import { type Source, sourceQuery } from '../../data/sources.ts'
import { Button } from '../../ui/button.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Page } from '../../ui/page.tsx'
import { Progress } from '../../ui/progress.tsx'
import { Loading, Skeleton } from '../../ui/skeleton.tsx'
import { toastFailed } from '../../ui/toasts.tsx'
import { SourceActions } from './source-actions.tsx'
import { SourceDesk } from './source-desk.tsx'
import { analysisWords, isUsable, mediaWords } from './source-words.ts'
import { UseInProject } from './use-in-project.tsx'

/** One recording: looked through, and marked. */
export function SourcePage() {
  const { api, profile } = useStudio()
  const { sourceId = '' } = useParams({ strict: false })
  const navigate = useNavigate()
  const { data: source, error, refetch } = useQuery(sourceQuery(api, sourceId))
  const [using, setUsing] = useState(false)
  const back = { to: '/p/$profileId/sources', params: { profileId: profile.id } } as const
  return (
    <Page
      wide
      title={source?.name ?? 'Source'}
      above={
        <Link {...back} className="inline-flex items-center gap-1 hover:text-ink">
          <ArrowLeft className="size-3.5" aria-hidden /> Sources
        </Link>
      }
      lead={source && mediaWords(source)}
      actions={
        source && (
          <>
            <SourceActions source={source} onDeleted={() => void navigate(back)} />
            {isUsable(source) && (
              <Button icon={<FolderPlus className="size-4" />} onClick={() => setUsing(true)}>
                Use in a project…
              </Button>
            )}
          </>
        )
      }
    >
      {source ? (
        <Content key={source.state} source={source} />
      ) : error ? (
        <ErrorNote error={error} onRetry={refetch} />
      ) : (
        <Loading what="The source is on its way">
          <Skeleton className="h-[min(46vh,420px)]" />
          <Skeleton className="mt-4 h-56" />
        </Loading>
      )}
      {using && source && <UseInProject sources={[source]} onClose={() => setUsing(false)} />}
    </Page>
  )
}

function Content({ source }: { readonly source: Source }) {
  const { file } = useStudio()
  const { state, problem, probe } = source
  if (state === 'waiting' || state === 'ingesting') return <Analysis source={source} />
  if (problem !== null) return <Unusable source={source} />
  if (probe?.video) return <SourceDesk source={source} video={probe.video} />
  return (
    <div className="rounded-xl border border-line bg-surface p-4">
      {/* biome-ignore lint/a11y/useMediaCaption: nobody wrote down what is said in it. */}
      <audio controls src={file(`/sources/${source.id}/file`)} className="w-full" />
      <p className="mt-3 text-soft">Sound only. Clips can use it as their music or their voice.</p>
    </div>
  )
}

function Analysis({ source }: { readonly source: Source }) {
  const { api } = useStudio()
  const { data: jobs } = useInfiniteQuery(jobsQuery(api, { kind: 'ingest', state: 'running' }))
  const job = jobs?.find(({ sourceId }) => sourceId === source.id)
  const isRunning = source.state === 'ingesting'
  return (
    <div className="grid place-items-center rounded-xl border border-line bg-surface px-4 py-20 text-center">
      <div className="w-full max-w-xs">
        <Progress fraction={job?.fraction ?? 0} label={`Analysis of ${source.name}`} />
      </div>
      <p className="mt-4 font-medium" role="status">
        {isRunning ? 'Being analysed' : 'Waits to be analysed'}
      </p>
      {isRunning && <p className="text-[13px] text-soft tabular-nums">{analysisWords(job)}</p>}
      <p className="mt-2 max-w-sm text-soft text-pretty">
        Its pictures, its sound and its best moments appear here by themselves.
      </p>
    </div>
  )
}

function Unusable({ source }: { readonly source: Source }) {
  const { api, file } = useStudio()
  const [busy, setBusy] = useState(false)
  const again = async () => {
    setBusy(true)
    const params = { path: { id: source.id } }
    await ask(api.POST('/sources/{id}/ingest', { params })).catch(toastFailed)
    setBusy(false)
  }
  return (
    source.problem && (
      <ErrorNote error={ApiError.ofProblem(source.problem)}>
        {source.state === 'failed' && (
          <Button size="small" busy={busy} onClick={() => void again()}>
            Analyse again
          </Button>
        )}
        <Button size="small" onClick={() => location.assign(file(`/sources/${source.id}/file`))}>
          Download it as it is
        </Button>
      </ErrorNote>
    )
  )
}
