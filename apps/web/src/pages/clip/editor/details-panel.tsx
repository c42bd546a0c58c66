import { Link } from '@tanstack/react-router'
import { Replace } from 'lucide-react'
import { useStudio } from '../../../app/studio.tsx'
import type { Clip } from '../../../data/clips.ts'
import { formatAgo, formatExact } from '../../../format.ts'
import { Badge } from '../../../ui/badge.tsx'
import { Button } from '../../../ui/button.tsx'
import { cx } from '../../../ui/class-names.ts'
import { type Cuts, secondsOf } from '../timeline/edit.ts'
import { ClipExports } from './clip-exports.tsx'

interface DetailsPanelProps {
  readonly clip: Clip
  readonly cuts: Cuts
  readonly selected: number | null
  readonly select: (index: number) => void
  readonly nameOf: (sourceId: string) => string
  readonly onReplace: () => void
}

/** Why each cut is shown, and what was made of the clip. */
export function DetailsPanel({ clip, cuts, selected, select, nameOf, onReplace }: DetailsPanelProps) {
  const { profile } = useStudio()
  return (
    <div className="space-y-6">
      <ClipExports clip={clip} />
      <section aria-label="Why these cuts">
        <h2 className="mb-2 font-semibold">Why these cuts</h2>
        <ol className="space-y-1">
          {cuts.map((cut, index) => {
            const isSelected = selected === index
            return (
              <li
                // biome-ignore lint/suspicious/noArrayIndexKey: the same moment may be shown twice.
                key={index}
                className={cx('rounded-lg', isSelected && 'bg-sunken')}
              >
                <button
                  type="button"
                  aria-pressed={isSelected}
                  onClick={() => select(index)}
                  className="flex w-full items-baseline gap-2.5 rounded-lg px-2.5 py-2 text-left hover:bg-hover"
                >
                  <span className="w-4 shrink-0 text-right text-[13px] text-soft tabular-nums">
                    {index + 1}
                  </span>
                  <span className="min-w-0 grow text-pretty">
                    {cut.why || <span className="text-soft">Put in by a person.</span>}
                  </span>
                  <span className="shrink-0 text-[13px] text-soft tabular-nums">
                    {secondsOf(cut).toFixed(1)} s
                  </span>
                  {cut.score !== null && (
                    <Badge tone={cut.score >= 0.5 ? 'good' : 'neutral'}>{Math.round(cut.score * 100)}</Badge>
                  )}
                </button>
                {isSelected && (
                  <div className="flex flex-wrap items-center justify-between gap-2 pr-2.5 pb-2.5 pl-9">
                    <p className="min-w-0 text-[13px] text-soft">
                      <span className="tabular-nums">
                        {formatExact(cut.start)} – {formatExact(cut.end)}
                      </span>{' '}
                      of{' '}
                      <Link
                        to="/p/$profileId/sources/$sourceId"
                        params={{ profileId: profile.id, sourceId: cut.sourceId }}
                        className="text-accent wrap-anywhere hover:underline"
                      >
                        {nameOf(cut.sourceId)}
                      </Link>
                    </p>
                    <Button
                      size="small"
                      icon={<Replace className="size-3.5" aria-hidden />}
                      onClick={onReplace}
                    >
                      Replace…
                    </Button>
                  </div>
                )}
              </li>
            )
          })}
        </ol>
        <p className="mt-2 text-[13px] text-soft">
          The number says how good the moment is, up to 100. Last changed {formatAgo(clip.updatedAt)}.
        </p>
      </section>
    </div>
  )
}
