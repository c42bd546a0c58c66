import { useSyncExternalStore } from 'react'

/** How this browser plays clips: a habit of its user, whatever the brand. */
interface SoundChoice {
  readonly muted: boolean
  /** 0 to 1. */
  readonly volume: number
  readonly loop: boolean
}

const KEY = 'cutroom:player'
const listeners = new Set<() => void>()
let choice: SoundChoice = read()

function read(): SoundChoice {
  const usual = { muted: false, volume: 1, loop: true }
  try {
    return { ...usual, ...(JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<SoundChoice>) }
  } catch {
    return usual
  }
}

export function chooseSound(changes: Partial<SoundChoice>): void {
  choice = { ...choice, ...changes }
  try {
    localStorage.setItem(KEY, JSON.stringify(choice))
  } catch {
    // It holds for this page alone, then.
  }
  for (const listener of listeners) listener()
}

export const useSoundChoice = (): SoundChoice =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => choice,
  )
