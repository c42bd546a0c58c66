import { type RefObject, useEffect, useRef } from 'react'
import { formatExact } from '../../../format.ts'
import type { Playback } from '../player/playback.ts'

interface PlayheadProps {
  readonly playback: Playback
  /** Pixels of a second. */
  readonly scale: number
  readonly scroller: RefObject<HTMLElement | null>
  /** Pixels that the cuts are moved by for the moment. */
  readonly shift: number
  /** One frame, seconds. */
  readonly frame: number
}

/** Where the player is. It moves by itself, without drawing the timeline anew. */
export function Playhead({ playback, scale, scroller, shift, frame }: PlayheadProps) {
  const element = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const place = () => {
      const [line, box] = [element.current, scroller.current]
      if (line === null || box === null) return
      const left = playback.time() * scale
      line.style.transform = `translateX(${left + shift}px)`
      line.setAttribute('aria-valuenow', playback.time().toFixed(2))
      line.setAttribute('aria-valuemax', playback.length().toFixed(2))
      line.setAttribute(
        'aria-valuetext',
        `${formatExact(playback.time())} of ${formatExact(playback.length())}`,
      )
      if (!playback.isPlaying()) return
      const isSeen = left > box.scrollLeft && left < box.scrollLeft + box.clientWidth - 24
      if (!isSeen) box.scrollLeft = left - 24
    }
    place()
    return playback.subscribe(place)
  }, [playback, scale, scroller, shift])
  return (
    <div
      ref={element}
      role="slider"
      aria-label="Playhead"
      aria-valuemin={0}
      aria-valuenow={0}
      tabIndex={0}
      onKeyDown={(event) => {
        if (event.key === ' ') {
          event.preventDefault()
          playback.toggle()
        }
        const large = event.shiftKey ? 1 : frame
        const to = {
          ArrowLeft: playback.time() - large,
          ArrowRight: playback.time() + large,
          Home: 0,
          End: playback.length(),
        }[event.key]
        if (to === undefined || event.altKey || event.ctrlKey || event.metaKey) return
        event.preventDefault()
        playback.seek(to)
      }}
      className="pointer-events-none absolute inset-y-0 left-0 z-20 -ml-px w-0.5 rounded-full bg-ink"
    >
      <span
        className="absolute top-0.5 left-1/2 h-4 w-3 -translate-x-1/2 rounded-t-[3px] rounded-b-full bg-ink"
        aria-hidden
      />
    </div>
  )
}
