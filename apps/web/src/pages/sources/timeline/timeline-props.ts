import type { Segment } from '../../../data/segments.ts'
import type { Source } from '../../../data/sources.ts'
import type { Marks } from '../frames.ts'
import type { SourcePlayer } from '../player.ts'

/** What the timeline of a source and its parts are given. */
export interface TimelineProps {
  readonly source: Source
  readonly duration: number
  readonly frameRate: number
  readonly player: SourcePlayer
  readonly segments: readonly Segment[]
  readonly selectedId: string | null
  readonly onSelect: (id: string) => void
  readonly onChange: (segment: Segment, times: { readonly start: number; readonly end: number }) => void
  readonly marks: Marks
  readonly onMarks: (marks: Marks) => void
  /** Filled with what the keys of the page do here. */
  readonly keys: { current: { zoom: (factor: number) => void; fit: () => void } | null }
}
