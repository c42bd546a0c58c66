import { useState } from 'react'
import { formatExact } from '../../../format.ts'
import { millis } from '../numbers.ts'
import { parseTime } from './time-text.ts'

interface TimeFieldProps {
  readonly label: string
  /** Of the clip. */
  readonly seconds: number
  readonly onChange: (seconds: number) => void
  /** With Alt, the arrows move all that the time belongs to by so many seconds. */
  readonly onShift?: (by: number) => void
}

const NUDGE = 0.05
const LARGE_NUDGE = 0.5

/** A time that can be typed, or nudged with the arrow keys. */
export function TimeField({ label, seconds, onChange, onShift }: TimeFieldProps) {
  const [typed, setTyped] = useState<string | null>(null)
  const commit = () => {
    const time = typed === null ? null : parseTime(typed)
    setTyped(null)
    if (time !== null && formatExact(time) !== formatExact(seconds)) onChange(time)
  }
  const nudge = (by: number, isShift: boolean) => {
    setTyped(null)
    if (isShift) onShift?.(by)
    else onChange(millis(seconds + by))
  }
  return (
    <input
      aria-label={label}
      inputMode="decimal"
      size={7}
      className="h-6 field-sizing-content rounded-md bg-transparent px-1 text-[12px] text-soft tabular-nums hover:bg-hover hover:text-ink focus:bg-surface focus:text-ink focus-visible:outline-offset-0"
      value={typed ?? formatExact(seconds)}
      onChange={(event) => setTyped(event.target.value)}
      onFocus={(event) => event.target.select()}
      onBlur={commit}
      onKeyDown={(event) => {
        const by = event.shiftKey ? LARGE_NUDGE : NUDGE
        if (event.key === 'Enter') commit()
        else if (event.key === 'Escape') setTyped(null)
        else if (event.key === 'ArrowUp') nudge(by, event.altKey)
        else if (event.key === 'ArrowDown') nudge(-by, event.altKey)
        else return
        event.preventDefault()
      }}
    />
  )
}
