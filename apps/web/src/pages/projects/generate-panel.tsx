import { ChevronDown, Minus, Plus, WandSparkles } from 'lucide-react'
import { useId, useState } from 'react'
import { ApiError } from '../../api/problem.ts'
import type { Project } from '../../data/projects.ts'
import { count, formatLength } from '../../format.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { cx } from '../../ui/class-names.ts'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Select } from '../../ui/select.tsx'
import { DraftDetails } from './draft-details.tsx'
import { TOO_SHORT, TooShort } from './too-short.tsx'
import type { Draft } from './use-draft.ts'
import type { Making } from './use-making.ts'
import { MOST_VARIANTS, variantsOf } from './variants.ts'

const ORDERS = [
  { value: 'in-order', label: 'In their order' },
  { value: 'weighted', label: 'The better ones first' },
  { value: 'shuffled', label: 'Shuffled' },
] as const

interface GeneratePanelProps {
  readonly project: Project
  readonly making: Making
  /** Opens what the project is about, to change its length. */
  readonly onDetails: () => void
}

/** What the next variants shall be, and the button that makes them. */
export function GeneratePanel({ project, making, onDetails }: GeneratePanelProps) {
  const { draft, change, from, busy, error } = making
  const { segments, sources, clips } = project.counts
  // The script is what captions come from: who has no clips yet shall see that there is one.
  const [showsMore, setShowsMore] = useState(clips === 0)
  const more = useId()
  const make = async () => {
    // Now the clips need the room.
    if (await making.make()) setShowsMore(false)
  }
  return (
    <section aria-label="New variants" className="rounded-2xl border border-line bg-surface p-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <Stepper value={draft.count} onChange={(value) => change({ count: value })} />
        <Button look="quiet" onClick={onDetails}>
          {formatLength(project.targetSeconds)} each
        </Button>
        {segments > 0 && sources > 0 && (
          <div className="w-40">
            <Select
              aria-label="Made of"
              value={from}
              onChange={(value) => change({ from: value === 'segments' ? 'segments' : 'sources' })}
              choices={[
                { value: 'sources', label: `Of ${count(sources, 'source')}` },
                { value: 'segments', label: `Of ${count(segments, 'segment')}` },
              ]}
            />
          </div>
        )}
        {from === 'segments' && (
          <div className="w-48">
            <Select
              aria-label="Order of the segments"
              value={draft.order}
              onChange={(value) => change({ order: value as Draft['order'] })}
              choices={ORDERS}
            />
          </div>
        )}
        <Button
          look="quiet"
          aria-expanded={showsMore}
          aria-controls={more}
          onClick={() => setShowsMore(!showsMore)}
          icon={<ChevronDown className={cx('size-4 transition-transform', showsMore && 'rotate-180')} />}
        >
          Script, voice and more
          {draft.script.trim() !== '' && <span className="size-1.5 rounded-full bg-accent" aria-hidden />}
        </Button>
        <Button
          look="primary"
          busy={busy}
          onClick={make}
          icon={<WandSparkles className="size-4" />}
          className="ml-auto max-sm:w-full"
        >
          Make{' '}
          {draft.count === 1 ? 'a variant' : `${draft.count} ${clips > 0 ? 'more variants' : 'variants'}`}
        </Button>
      </div>
      <div id={more} hidden={!showsMore} className="mt-3 border-t border-line pt-3">
        {showsMore && <DraftDetails draft={draft} change={change} />}
      </div>
      {error !== null && (
        <ErrorNote error={error} className="mt-3">
          {error instanceof ApiError && error.code === TOO_SHORT && (
            <TooShort making={making} onLength={onDetails} />
          )}
        </ErrorNote>
      )}
    </section>
  )
}

function Stepper({
  value,
  onChange,
}: {
  readonly value: number
  readonly onChange: (value: number) => void
}) {
  /** What stands in the field while it is typed in: it may be no number yet. */
  const [typed, setTyped] = useState<string | null>(null)
  return (
    <div className="flex items-center rounded-lg border border-edge/60">
      <IconButton
        label="Fewer"
        size="small"
        disabled={value <= 1}
        icon={<Minus className="size-4" />}
        onClick={() => onChange(value - 1)}
        className="m-0.5"
      />
      <label className="flex items-baseline gap-1">
        <input
          aria-label="Variants"
          inputMode="numeric"
          value={typed ?? value}
          onChange={({ target }) => {
            setTyped(target.value)
            onChange(variantsOf(target.value, value))
          }}
          onBlur={() => setTyped(null)}
          className="w-6 bg-transparent text-center font-medium tabular-nums"
        />
        <span className="text-soft">{value === 1 ? 'variant' : 'variants'}</span>
      </label>
      <IconButton
        label="More"
        size="small"
        disabled={value >= MOST_VARIANTS}
        icon={<Plus className="size-4" />}
        onClick={() => onChange(value + 1)}
        className="m-0.5 ml-1.5"
      />
    </div>
  )
}
