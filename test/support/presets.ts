import { PRESETS, type Preset } from '@cutroom/contracts'

/** A preset as it comes with Cutroom; what tests make of their own, they make from it. */
export const REELS = PRESETS[0] as Preset

/** Small pictures, which are soon encoded. */
export const SMALL = { ...REELS, id: 'small', name: 'Small test preset', frame: { width: 180, height: 320 } }
