import type { PointerEvent } from 'react'
import type { Playback } from '../player/playback.ts'
import { onFrame } from './edit.ts'
import { tickLabel, ticksOf } from './scale.ts'

interface RulerProps {
  readonly playback: Playback
  readonly scale: number
  readonly seconds: number
  readonly framesPerSecond: number
}

/** The time of the clip; pressed or dragged, it takes the player there. The playhead is its keyboard. */
export function Ruler({ playback, scale, seconds, framesPerSecond }: RulerProps) {
  const seek = (event: PointerEvent<HTMLDivElement>) => {
    const { left } = event.currentTarget.getBoundingClientRect()
    playback.seek(onFrame((event.clientX - left) / scale, framesPerSecond))
  }
  return (
    <div
      className="relative h-6 cursor-ew-resize touch-none border-b border-line select-none"
      onPointerDown={(event) => {
        if (event.button !== 0) return
        event.currentTarget.setPointerCapture(event.pointerId)
        playback.pause()
        seek(event)
      }}
      onPointerMove={(event) => event.currentTarget.hasPointerCapture(event.pointerId) && seek(event)}
    >
      {ticksOf(scale, seconds).map((tick) => (
        <span
          key={tick}
          className="absolute bottom-0 h-2 border-l border-edge/60"
          style={{ left: tick * scale }}
          aria-hidden
        >
          <span className="absolute bottom-1.5 left-1 text-[11px] leading-none text-soft tabular-nums">
            {tickLabel(tick)}
          </span>
        </span>
      ))}
    </div>
  )
}
