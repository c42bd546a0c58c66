import { ScanSearch } from 'lucide-react'
import { count, formatExact } from '../../../format.ts'
import { Badge } from '../../../ui/badge.tsx'
import { IconButton } from '../../../ui/button.tsx'
import { keepFocus } from '../../../ui/shortcuts.tsx'
import { type Cuts, lengthOf, secondsOf } from './edit.ts'

interface CutSummaryProps {
  readonly cuts: Cuts
  readonly selected: number | null
  readonly nameOf: (sourceId: string) => string
  readonly onFrameAlone: (index: number) => void
}

/** One line about the selected cut, or about all of them. */
export function CutSummary({ cuts, selected, nameOf, onFrameAlone }: CutSummaryProps) {
  const cut = selected === null ? undefined : cuts[selected]
  if (selected === null || cut === undefined)
    return (
      <p className="truncate text-[13px] text-soft tabular-nums">
        {count(cuts.length, 'cut')}, {lengthOf(cuts).toFixed(1)} s
      </p>
    )
  return (
    <div className="flex min-w-0 items-center gap-2 text-[13px] text-soft">
      <span className="shrink-0 font-medium text-ink tabular-nums">
        Cut {selected + 1}
        <span className="max-sm:hidden"> of {cuts.length}</span>, {secondsOf(cut).toFixed(1)} s
      </span>
      <span className="min-w-0 truncate max-sm:hidden">
        <span className="tabular-nums">
          {formatExact(cut.start)} – {formatExact(cut.end)}
        </span>{' '}
        of {nameOf(cut.sourceId)}
      </span>
      {cut.focus !== undefined && (
        <IconButton
          size="small"
          label="Frame automatically"
          icon={<ScanSearch className="size-4" />}
          onMouseDown={keepFocus}
          onClick={() => onFrameAlone(selected)}
        />
      )}
      {cut.score !== null && <Badge tone="good">{Math.round(cut.score * 100)}</Badge>}
      {cut.why !== '' && <span className="min-w-0 grow truncate max-lg:hidden">{cut.why}</span>}
    </div>
  )
}
