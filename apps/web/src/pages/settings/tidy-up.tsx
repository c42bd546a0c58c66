import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ask } from '../../api/client.ts'
import { useStudio } from '../../app/studio.tsx'
import { Button } from '../../ui/button.tsx'
import { CleanReport, CollectReport } from './reports.tsx'
import { Section } from './section.tsx'
import { TidyDialog } from './tidy-dialog.tsx'

/** What was used within the last day may be wanted again. */
const UNUSED_SECONDS = 86_400

/** Ways to free space of this brand. Each shows what would go before anything does. */
export function TidyUp() {
  const { api } = useStudio()
  const queries = useQueryClient()
  const [open, setOpen] = useState<'clean' | 'collect' | null>(null)
  const close = () => setOpen(null)
  const changed = () => void queries.invalidateQueries({ queryKey: ['storage'] })
  return (
    <Section title="Free space" lead="Cutroom tidies up by itself from time to time. This does it now.">
      <ul className="divide-y divide-line">
        <Way
          title="Temporary files"
          action="Clean temp…"
          text="Removes what jobs left behind that were cut off. Work in progress is never touched."
          onOpen={() => setOpen('clean')}
        />
        <Way
          title="Unused files"
          action="Collect…"
          text="Removes files that nothing uses any more, such as exports and previews of deleted clips, a day after their last use."
          onOpen={() => setOpen('collect')}
        />
      </ul>
      <TidyDialog
        open={open === 'clean'}
        onClose={close}
        title="Clean temp"
        action="Clean now"
        run={(dryRun) => ask(api.POST('/storage/clean', { body: { dryRun, olderThanSeconds: 0 } }))}
        isEmpty={({ removed }) => removed.length === 0}
        report={(report, done) => <CleanReport report={report} done={done} />}
        onDone={changed}
      />
      <TidyDialog
        open={open === 'collect'}
        onClose={close}
        title="Collect unused files"
        action="Remove them"
        run={(dryRun) =>
          ask(api.POST('/storage/collect', { body: { dryRun, graceSeconds: UNUSED_SECONDS } }))
        }
        isEmpty={({ removed }) => removed.length === 0}
        report={(report, done) => <CollectReport report={report} done={done} />}
        onDone={changed}
      />
    </Section>
  )
}

const Way = ({
  title,
  action,
  text,
  onOpen,
}: {
  readonly title: string
  readonly action: string
  readonly text: string
  readonly onOpen: () => void
}) => (
  <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-3 py-4 first:pt-0 last:pb-0">
    <div className="min-w-0 grow basis-60">
      <h3 className="font-medium">{title}</h3>
      <p className="text-soft text-pretty">{text}</p>
    </div>
    <Button onClick={onOpen}>{action}</Button>
  </li>
)
