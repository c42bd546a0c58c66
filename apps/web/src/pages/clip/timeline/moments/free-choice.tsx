import { useState } from 'react'
import { useStudio } from '../../../../app/studio.tsx'
import type { Source } from '../../../../data/sources.ts'
import { formatExact } from '../../../../format.ts'
import { Button } from '../../../../ui/button.tsx'
import { Field } from '../../../../ui/field.tsx'
import { Select } from '../../../../ui/select.tsx'
import type { Cut } from '../../editor/content.ts'
import { LoopedRange } from './looped-range.tsx'
import type { Range } from './range.ts'
import { RangePicker } from './range-picker.tsx'

interface FreeChoiceProps {
  readonly sources: readonly Source[]
  /** Where to begin. */
  readonly first: Cut | null
  /** How long it shall be at first. */
  readonly seconds: number | null
  readonly framesPerSecond: number
  readonly action: string
  readonly onChoose: (cut: Cut) => void
}

/** Any part of a source: from one of its pictures to another. */
export function FreeChoice({ sources, first, seconds, framesPerSecond, action, onChoose }: FreeChoiceProps) {
  const { file } = useStudio()
  const [chosenId, setChosenId] = useState(first?.sourceId)
  const source = sources.find(({ id }) => id === chosenId) ?? sources[0]
  const [ranges, setRanges] = useState<Readonly<Record<string, Range>>>(
    first === null ? {} : { [first.sourceId]: { start: first.start, end: first.end } },
  )
  if (source === undefined) return null
  const duration = source.summary?.durationSeconds ?? 0
  const range = ranges[source.id] ?? { start: 0, end: Math.min(duration, seconds ?? 2) }
  return (
    <div className="space-y-4">
      <Field label="Source">
        {({ id }) => (
          <Select
            id={id}
            value={source.id}
            onChange={setChosenId}
            choices={sources.map(({ id: value, name }) => ({ value, label: name }))}
          />
        )}
      </Field>
      <LoopedRange key={source.id} address={file(`/sources/${source.id}/proxy`)} range={range} />
      <RangePicker
        source={source}
        range={range}
        frame={1 / framesPerSecond}
        onChange={(changed) => setRanges({ ...ranges, [source.id]: changed })}
      />
      <div className="flex items-center justify-between gap-3">
        <p className="text-[13px] text-soft tabular-nums">
          {formatExact(range.start)} – {formatExact(range.end)}, {(range.end - range.start).toFixed(2)} s
        </p>
        <Button
          look="primary"
          onClick={() => onChoose({ sourceId: source.id, ...range, score: null, why: '', segmentId: null })}
        >
          {action}
        </Button>
      </div>
    </div>
  )
}
