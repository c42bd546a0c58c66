import { useQuery } from '@tanstack/react-query'
import { useStudio } from '../../app/studio.tsx'
import type { Segment } from '../../data/segments.ts'
import { type Source, sourceQuery } from '../../data/sources.ts'
import { formatExact } from '../../format.ts'
import { SourceFrame } from '../../ui/source-frame.tsx'

interface RowProps {
  readonly source: Source | undefined
  readonly at?: number
  readonly name: string
  readonly note: string
}

/** A piece of footage: its picture, its name, and how long it is. */
export function FootageRow({ source, at, name, note }: RowProps) {
  return (
    <div className="flex min-w-0 items-center gap-2.5">
      <SourceFrame
        source={source}
        aspect={1}
        className="w-9 shrink-0 rounded-md"
        {...(at !== undefined && { at })}
      />
      <div className="min-w-0">
        <p className="truncate leading-5" title={name}>
          {name}
        </p>
        <p className="truncate text-[12px] leading-4 text-soft tabular-nums">{note}</p>
      </div>
    </div>
  )
}

export function SegmentRow({ segment }: { readonly segment: Segment }) {
  const { api } = useStudio()
  const { data: source } = useQuery(sourceQuery(api, segment.sourceId))
  const { start, end } = segment
  return (
    <FootageRow
      source={source}
      at={(start + end) / 2}
      name={segment.name || source?.name || '…'}
      note={`${formatExact(start)} – ${formatExact(end)} · ${(end - start).toFixed(1)} s`}
    />
  )
}
