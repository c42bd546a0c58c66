import { keepJson, keptJson } from '../../../data/keepsakes.ts'
import { createStore } from '../../../store.ts'

/** How this browser plays clips and sources: a habit of its user, whatever the brand. */
interface SoundChoice {
  readonly muted: boolean
  /** 0 to 1. */
  readonly volume: number
  readonly loop: boolean
}

const KEY = 'cutroom:player'
const USUAL: SoundChoice = { muted: false, volume: 1, loop: true }

const choice = createStore<SoundChoice>({ ...USUAL, ...keptJson<Partial<SoundChoice>>(KEY) })
export const useSoundChoice = choice.use

export function chooseSound(changes: Partial<SoundChoice>): void {
  choice.set({ ...choice.get(), ...changes })
  keepJson(KEY, choice.get())
}
