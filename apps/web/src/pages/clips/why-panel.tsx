import { useQueries } from '@tanstack/react-query'
import { X } from 'lucide-react'
import { useStudio } from '../../app/studio.tsx'
import type { Clip } from '../../data/clips.ts'
import { sourceQuery } from '../../data/sources.ts'
import { formatExact } from '../../format.ts'
import { IconButton } from '../../ui/button.tsx'
import { SourceFrame } from '../../ui/source-frame.tsx'

interface WhyPanelProps {
  readonly clip: Clip
  readonly title: string
  readonly onClose: () => void
}

/** Why each cut of a clip was chosen, beside the board: it follows the current card and covers nothing that is walked through. */
export function WhyPanel({ clip, title, onClose }: WhyPanelProps) {
  const { api } = useStudio()
  const ids = clip.sources.map(({ id }) => id)
  const answers = useQueries({ queries: ids.map((id) => sourceQuery(api, id)) })
  const nameOf = new Map(clip.sources.map(({ id, name }) => [id, name]))
  return (
    <aside
      aria-label="Why these cuts"
      className="fixed inset-x-0 bottom-14 z-20 flex max-h-[55dvh] flex-col rounded-t-2xl border border-line bg-surface shadow-2xl md:sticky md:top-4 md:z-10 md:max-h-[calc(100dvh-2rem)] md:w-80 md:shrink-0 md:rounded-2xl md:shadow-none"
    >
      <header className="flex items-start gap-2 border-b border-line py-3 pr-2.5 pl-4">
        <div className="min-w-0 grow">
          <h2 className="font-semibold">Why these cuts</h2>
          <p className="truncate text-soft" aria-live="polite">
            {title}
          </p>
        </div>
        <IconButton
          label="Close"
          shortcut="W"
          size="small"
          icon={<X className="size-4" />}
          onClick={onClose}
        />
      </header>
      <ol className="min-h-0 grow divide-y divide-line overflow-y-auto px-4 max-md:pb-16">
        {clip.timeline.map((cut, index) => (
          <li key={`${cut.at}`} className="flex gap-3 py-3">
            <SourceFrame
              source={answers[ids.indexOf(cut.sourceId)]?.data}
              at={(cut.start + cut.end) / 2}
              aspect={3 / 4}
              className="w-16 shrink-0 self-start rounded-lg"
            />
            <div className="min-w-0 grow">
              <div className="flex items-baseline justify-between gap-2">
                <h3 className="font-medium">Cut {index + 1}</h3>
                {cut.score !== null && <Score value={cut.score} />}
              </div>
              <p className="text-pretty">{cut.why || 'Put in by hand.'}</p>
              <p className="mt-1 truncate text-[12px] text-soft" title={nameOf.get(cut.sourceId)}>
                {nameOf.get(cut.sourceId)}
              </p>
              <p className="text-[12px] text-soft tabular-nums">
                {formatExact(cut.start)} – {formatExact(cut.end)} · {(cut.end - cut.start).toFixed(1)} s
              </p>
            </div>
          </li>
        ))}
      </ol>
    </aside>
  )
}

/** How good selection thinks a cut is. */
function Score({ value }: { readonly value: number }) {
  const percent = Math.round(value * 100)
  return (
    <span className="flex shrink-0 items-center gap-1.5 text-[12px] text-soft tabular-nums" title="Score">
      <span className="h-1 w-10 overflow-hidden rounded-full bg-line" aria-hidden>
        <span className="block h-full rounded-full bg-accent" style={{ width: `${percent}%` }} />
      </span>
      <span className="sr-only">Score </span>
      {percent}
    </span>
  )
}
