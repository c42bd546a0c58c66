import { FolderPlus, Play, Star, Trash2 } from 'lucide-react'
import type { Schemas } from '../../api/client.ts'
import type { Segment } from '../../data/segments.ts'
import type { Source } from '../../data/sources.ts'
import { count, formatExact } from '../../format.ts'
import { IconButton } from '../../ui/button.tsx'
import { cx } from '../../ui/class-names.ts'
import { Menu, MenuItem, MenuLine } from '../../ui/menu.tsx'
import { MoreButton } from '../../ui/more-button.tsx'
import { SourceFrame } from '../../ui/source-frame.tsx'
import { Keywords } from './keywords.tsx'
import { SegmentName } from './segment-name.tsx'
import { segmentLabel } from './segment-words.ts'

export interface SegmentRowActions {
  readonly onSelect: (id: string) => void
  readonly onPlay: (segment: Segment) => void
  readonly onChange: (segment: Segment, change: Schemas['SegmentChange']) => void
  readonly onDelete: (segment: Segment) => void
  readonly onUse: (segment: Segment) => void
}

interface SegmentRowProps extends SegmentRowActions {
  readonly source: Source
  readonly segment: Segment
  readonly isSelected: boolean
}

/** A segment with all that is known of it. */
export function SegmentRow({ source, segment, isSelected, ...actions }: SegmentRowProps) {
  const { start, end, favourite, score, why, usageCount, keywords } = segment
  const label = segmentLabel(segment)
  return (
    <div className={cx('relative flex gap-3 py-2.5 pr-1.5 pl-3', isSelected && 'bg-accent-wash')}>
      {isSelected && <span aria-hidden className="absolute inset-y-0 left-0 w-0.5 bg-accent" />}
      <button
        type="button"
        aria-label={`Play ${label}`}
        onClick={() => actions.onPlay(segment)}
        className="group relative h-13 shrink-0 self-start overflow-hidden rounded-md"
      >
        <SourceFrame source={source} at={(start + end) / 2} aspect={4 / 3} className="h-13" />
        <span className="absolute inset-0 grid place-items-center bg-black/35 text-white opacity-0 transition-opacity group-hover:opacity-100 group-focus-visible:opacity-100 pointer-coarse:opacity-100">
          <Play className="size-5 fill-current" aria-hidden />
        </span>
      </button>
      <div className="min-w-0 grow">
        <SegmentName segment={segment} onName={(name) => actions.onChange(segment, { name })} />
        <button
          type="button"
          onClick={() => actions.onSelect(segment.id)}
          aria-label={`Show ${label} on the timeline`}
          className="block h-6 max-w-full truncate rounded text-[13px] text-soft tabular-nums hover:text-ink"
        >
          {formatExact(start)} – {formatExact(end)} · {(end - start).toFixed(1)} s
          {usageCount > 0 && ` · in ${count(usageCount, 'clip')}`}
        </button>
        <p className="text-[13px] text-soft">
          {score === null ? (
            'Marked by hand'
          ) : (
            <>
              <span className="font-medium text-ink tabular-nums">{Math.round(score * 100)}</span>
              <span className="sr-only"> of 100</span> · {why}
            </>
          )}
        </p>
        <Keywords
          of={label}
          keywords={keywords}
          onChange={(next) => actions.onChange(segment, { keywords: next })}
        />
      </div>
      <div className="flex shrink-0 flex-col">
        <IconButton
          size="small"
          label={favourite ? `${label} is a favourite` : `Make ${label} a favourite`}
          aria-pressed={favourite}
          icon={<Star className={cx('size-4', favourite && 'fill-current text-warn')} />}
          onClick={() => actions.onChange(segment, { favourite: !favourite })}
        />
        <Menu trigger={<MoreButton size="small" label={`More about ${label}`} />}>
          <MenuItem icon={<FolderPlus className="size-4" />} onSelect={() => actions.onUse(segment)}>
            Use in a project…
          </MenuItem>
          <MenuLine />
          <MenuItem danger icon={<Trash2 className="size-4" />} onSelect={() => actions.onDelete(segment)}>
            Delete…
          </MenuItem>
        </Menu>
      </div>
    </div>
  )
}
