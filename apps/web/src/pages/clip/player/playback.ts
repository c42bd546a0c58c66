import { useCallback, useSyncExternalStore } from 'react'
import type { Schemas } from '../../../api/client.ts'

export type CaptionStyleId = NonNullable<Schemas['Clip']['captionStyle']>

/** The clock of a clip: what its player shows and what everything around it follows. Seconds of the clip. */
export interface Playback {
  time(): number
  isPlaying(): boolean
  /** Length of the clip. */
  length(): number
  play(): void
  pause(): void
  toggle(): void
  seek(seconds: number): void
  /** A caption style that is shown for the moment instead of the clip's own; `undefined` for none. */
  tryStyle(style: CaptionStyleId | null | undefined): void
  triedStyle(): CaptionStyleId | null | undefined
  subscribe(listener: () => void): () => void
  /** For the player: the clock went on by itself. */
  advance(seconds: number): void
  /** For the player: counts how often somebody went to another place. */
  seeks(): number
  /** For the player: how long the clip is. */
  setLength(seconds: number): void
}

export function createPlayback(): Playback {
  let time = 0
  let length = 0
  let playing = false
  let seeks = 0
  let tried: CaptionStyleId | null | undefined
  const listeners = new Set<() => void>()
  const tell = () => {
    for (const listener of listeners) listener()
  }
  const within = (seconds: number) => Math.min(Math.max(seconds, 0), length)
  const setPlaying = (now: boolean) => {
    if (playing === now) return
    playing = now
    tell()
  }
  return {
    time: () => time,
    isPlaying: () => playing,
    length: () => length,
    play: () => setPlaying(true),
    pause: () => setPlaying(false),
    toggle: () => setPlaying(!playing),
    seek(seconds) {
      time = within(seconds)
      seeks++
      tell()
    },
    tryStyle(style) {
      if (tried === style) return
      tried = style
      tell()
    },
    triedStyle: () => tried,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    advance(seconds) {
      if (time === seconds) return
      time = seconds
      tell()
    },
    seeks: () => seeks,
    setLength(seconds) {
      if (length === seconds) return
      length = seconds
      time = within(time)
      tell()
    },
  }
}

/** What a value of the clock is now. `read` gives values that are the same as long as nothing changed. */
export function usePlaybackValue<T>(playback: Playback, read: (playback: Playback) => T): T {
  const subscribe = useCallback((listener: () => void) => playback.subscribe(listener), [playback])
  return useSyncExternalStore(subscribe, () => read(playback))
}

/** Draws anew with every frame while it plays: for small parts. */
export const useTime = (playback: Playback): number => usePlaybackValue(playback, (clock) => clock.time())

export const useIsPlaying = (playback: Playback): boolean =>
  usePlaybackValue(playback, (clock) => clock.isPlaying())
