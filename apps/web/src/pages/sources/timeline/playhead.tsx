import { useEffect, useSyncExternalStore } from 'react'
import type { SourcePlayer } from '../player.ts'

/** Where the player is. */
export function Playhead({
  player,
  perSecond,
  onMove,
}: {
  readonly player: SourcePlayer
  readonly perSecond: number
  readonly onMove: (seconds: number) => void
}) {
  const { seconds } = useSyncExternalStore(player.subscribe, player.view)
  useEffect(() => onMove(seconds), [seconds, onMove])
  return (
    <div
      aria-hidden
      className="pointer-events-none absolute inset-y-0 left-0 z-10 w-0.5 -translate-x-px bg-accent"
      style={{ transform: `translateX(${seconds * perSecond - 1}px)` }}
    >
      <div className="absolute top-0 left-1/2 h-2.5 w-2.5 -translate-x-1/2 rounded-b-full bg-accent" />
    </div>
  )
}
