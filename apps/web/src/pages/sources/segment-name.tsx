import { type KeyboardEvent, useEffect, useState } from 'react'
import type { Segment } from '../../data/segments.ts'
import { segmentLabel, segmentName } from './segment-words.ts'

/** The name of a segment, to be written over. */
export function SegmentName({
  segment,
  onName,
}: {
  readonly segment: Segment
  readonly onName: (name: string) => void
}) {
  const [text, setText] = useState(segment.name)
  useEffect(() => setText(segment.name), [segment.name])
  const press = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'Escape') setText(segment.name)
    if (event.key !== 'Enter' && event.key !== 'Escape') return
    event.preventDefault()
    // What the keys of the page do begins with the next press.
    event.stopPropagation()
    const field = event.currentTarget
    requestAnimationFrame(() => field.blur())
  }
  return (
    <input
      aria-label={`Name of ${segmentLabel(segment)}`}
      placeholder={segmentName({ ...segment, name: '' })}
      value={text}
      maxLength={200}
      onChange={(event) => setText(event.target.value)}
      onKeyDown={press}
      onBlur={() => text.trim() !== segment.name && onName(text.trim())}
      className="-ml-1 block h-6 w-full truncate rounded border border-transparent bg-transparent px-1 font-medium placeholder:text-ink hover:border-line focus-visible:border-edge focus-visible:bg-surface"
    />
  )
}
