import { useEffect, useRef } from 'react'
import type { Range } from './range.ts'

/** Plays a part of a source again and again, without sound. */
export function LoopedRange({ address, range }: { readonly address: string; readonly range: Range }) {
  const video = useRef<HTMLVideoElement>(null)
  const { start, end } = range
  const before = useRef(range)
  useEffect(() => {
    const element = video.current
    if (element === null) return
    // The edge that was moved is what one wants to see.
    const isEnd = before.current.start === start && before.current.end !== end
    before.current = { start, end }
    element.currentTime = isEnd ? Math.max(start, end - 0.6) : start
    let request = 0
    const loop = () => {
      if (element.currentTime >= end || element.currentTime < start - 0.05 || element.ended) {
        element.currentTime = start
        void element.play().catch(() => undefined)
      }
      request = requestAnimationFrame(loop)
    }
    request = requestAnimationFrame(loop)
    return () => cancelAnimationFrame(request)
  }, [start, end])
  return (
    <video
      ref={video}
      src={address}
      aria-label="The chosen part"
      className="mx-auto h-64 max-w-full rounded-lg bg-black"
      autoPlay
      muted
      playsInline
    />
  )
}
