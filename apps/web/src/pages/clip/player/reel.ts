import type { ShownCut } from './shown.ts'
import type { Slot } from './slot.ts'

/** What is to be played. */
export interface Reel {
  readonly cuts: readonly ShownCut[]
  readonly framesPerSecond: number
  /** The address of the proxy of a source. */
  readonly fileOf: (sourceId: string) => string
  readonly loop: boolean
  /** How loud the sources' own sound is: 0 to 1. */
  readonly level: number
}

export interface EngineEvents {
  /** A player shows a cut from now on. */
  onShow(slot: Slot, cut: ShownCut): void
  /** Called for every frame of the page while it plays, and where it stops; `moving` is false while it waits for pictures. */
  onTick(moving: boolean): void
  onWaiting(waiting: boolean): void
  onFailed(error: unknown): void
}

/** Whether two reels show the same pictures. */
export const showSame = (a: Reel, b: Reel): boolean =>
  a.framesPerSecond === b.framesPerSecond && JSON.stringify(a.cuts) === JSON.stringify(b.cuts)
