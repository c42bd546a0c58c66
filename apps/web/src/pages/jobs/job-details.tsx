import { Check, CircleAlert, LoaderCircle } from 'lucide-react'
import type { Job } from '../../data/jobs.ts'
import { formatWait } from '../../format.ts'
import { CopyButton } from '../../ui/copy-button.tsx'
import { stageWords } from './words.ts'

/** What somebody wants to know who has to find out why: the stages, and the words of the program that failed. */
export function JobDetails({ job }: { readonly job: Job }) {
  const { stages, attempt } = job
  const toolOutput = toolOutputOf(job)
  return (
    <div className="mt-2 space-y-3 rounded-lg bg-sunken p-3 text-[13px]">
      <ol className="space-y-1">
        {stages.map((stage, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: stages are only ever added at the end.
          <li key={index} className="flex gap-2">
            <StageMark state={stage.state} />
            <span className="min-w-0 wrap-anywhere">
              {stageWords(stage.stage)}
              {stage.subject !== '' && `: ${stage.subject}`}
              <span className="text-soft">{stageResult(stage)}</span>
            </span>
          </li>
        ))}
      </ol>
      {attempt > 1 && <p className="text-soft">This was attempt {attempt}.</p>}
      {toolOutput !== undefined && (
        <div>
          <div className="mb-1.5 flex items-center justify-between gap-2">
            <h4 className="font-medium">In the words of the program</h4>
            <CopyButton text={toolOutput} />
          </div>
          <pre
            // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keyboard.
            tabIndex={0}
            className="max-h-60 overflow-auto rounded-md bg-surface p-2 text-[12px] whitespace-pre-wrap wrap-anywhere"
          >
            {toolOutput}
          </pre>
        </div>
      )}
    </div>
  )
}

const toolOutputOf = ({ state, problem }: Job): string | undefined =>
  state === 'done' ? undefined : problem?.toolOutput

export const hasDetails = (job: Job): boolean => job.stages.length > 0 || toolOutputOf(job) !== undefined

type Stage = Job['stages'][number]

function StageMark({ state }: Pick<Stage, 'state'>) {
  const common = 'mt-0.5 size-3.5 shrink-0'
  if (state === 'failed') return <CircleAlert className={`${common} text-bad`} aria-label="Failed" />
  if (state === 'running') return <LoaderCircle className={`${common} text-soft`} aria-label="Not finished" />
  return <Check className={`${common} text-good`} aria-label="Done" />
}

function stageResult({ state, seconds, detail }: Stage): string {
  const parts = [state === 'found' ? 'was there already' : seconds !== null && formatWait(seconds), detail]
  const words = parts.filter(Boolean).join(', ')
  return words === '' ? '' : ` · ${words}`
}
