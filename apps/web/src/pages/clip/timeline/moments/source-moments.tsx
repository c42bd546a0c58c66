import { Star } from 'lucide-react'
import { useState } from 'react'
import { useStudio } from '../../../../app/studio.tsx'
import { type Segment, segmentsQuery } from '../../../../data/segments.ts'
import type { Source } from '../../../../data/sources.ts'
import { useWholeList } from '../../../../data/whole-list.ts'
import { formatClock } from '../../../../format.ts'
import { Badge } from '../../../../ui/badge.tsx'
import { ErrorNote } from '../../../../ui/error-note.tsx'
import { Loading, Skeleton } from '../../../../ui/skeleton.tsx'
import { SourceFrame } from '../../../../ui/source-frame.tsx'
import type { Cut } from '../../editor/content.ts'
import { cutOf, foundMoments } from './moments.ts'

const PORTRAIT_GRID = 'grid grid-cols-3 gap-3 sm:grid-cols-6'
const WIDE_GRID = 'grid grid-cols-2 gap-3 sm:grid-cols-4'

interface SourceMomentsProps {
  readonly source: Source
  readonly search: string
  readonly onChoose: (cut: Cut) => void
}

/** The moments of one source, best first. */
export function SourceMoments({ source, search, onChoose }: SourceMomentsProps) {
  const { api } = useStudio()
  const { items, error } = useWholeList(segmentsQuery(api, { sourceId: source.id }))
  const strip = source.summary?.filmstrip
  // The whole picture, since what tells two moments apart may be at its edge.
  const aspect = strip ? strip.tileWidth / strip.tileHeight : 9 / 16
  const grid = aspect > 1 ? WIDE_GRID : PORTRAIT_GRID
  const moments = foundMoments(items ?? [], source.name, search)
  if (items !== undefined && moments.length === 0 && search !== '') return null
  return (
    <section aria-label={source.name}>
      <h3 className="mb-2 flex items-baseline gap-2">
        <span className="min-w-0 truncate font-semibold">{source.name}</span>
        <span className="shrink-0 text-[13px] text-soft">
          {formatClock(source.summary?.durationSeconds ?? 0)}
        </span>
      </h3>
      {error !== null && <ErrorNote error={error} />}
      {items === undefined && error === null && (
        <Loading what="Reading the moments">
          <div className={grid}>
            {['a', 'b', 'c', 'd', 'e', 'f'].map((name) => (
              <Skeleton key={name} className={aspect > 1 ? 'aspect-video' : 'aspect-9/16'} />
            ))}
          </div>
        </Loading>
      )}
      {items !== undefined && moments.length === 0 && (
        <p className="text-soft">Nothing was found in it. Choose any part of it instead.</p>
      )}
      <ul className={grid}>
        {moments.map((moment) => (
          <li key={moment.id}>
            <Moment
              moment={moment}
              source={source}
              aspect={aspect}
              onChoose={() => onChoose(cutOf(moment))}
            />
          </li>
        ))}
      </ul>
    </section>
  )
}

/** A moment that plays while one points at it. */
function Moment({
  moment,
  source,
  aspect,
  onChoose,
}: {
  readonly moment: Segment
  readonly source: Source
  /** Width of its picture through its height. */
  readonly aspect: number
  readonly onChoose: () => void
}) {
  const { file } = useStudio()
  const [isPlaying, setPlaying] = useState(false)
  const { start, end, score } = moment
  const about = moment.name || moment.why || 'A moment'
  const length = (end - start).toFixed(1)
  return (
    <button
      type="button"
      onClick={onChoose}
      onPointerEnter={() => setPlaying(true)}
      onPointerLeave={() => setPlaying(false)}
      onFocus={() => setPlaying(true)}
      onBlur={() => setPlaying(false)}
      aria-label={`${about}, ${length} s at ${formatClock(start)} of ${source.name}${score === null ? '' : `, rated ${Math.round(score * 100)}`}`}
      className="group block w-full rounded-lg text-left"
    >
      <span className="relative block overflow-hidden rounded-lg ring-accent group-hover:ring-2">
        <SourceFrame source={source} at={(start + end) / 2} aspect={aspect} />
        {isPlaying && (
          <video
            src={file(`/segments/${moment.id}/stream`)}
            className="absolute inset-0 h-full w-full object-cover"
            autoPlay
            muted
            loop
            playsInline
          />
        )}
        <span className="absolute bottom-1.5 left-1.5 rounded bg-black/65 px-1 text-[11px] leading-4 font-medium text-white tabular-nums">
          {length} s
        </span>
        {moment.favourite && (
          <Star className="absolute top-1.5 right-1.5 size-4 fill-white text-white drop-shadow" aria-hidden />
        )}
      </span>
      <span className="mt-1 flex items-start gap-2 text-[12px] leading-4 text-soft">
        <span className="min-w-0 grow wrap-anywhere">{about}</span>
        {score !== null && <Badge tone="good">{Math.round(score * 100)}</Badge>}
      </span>
    </button>
  )
}
