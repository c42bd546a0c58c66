/** Heights of the lanes from above, CSS pixels. */
export const LANES = { ruler: 22, film: 52, sound: 56, motion: 36 } as const
const GAP = 2

export interface Lanes {
  readonly film: number
  readonly sound: number | null
  readonly motion: number
  readonly height: number
}

/** Where each lane begins. A silent source has no lane of sound. */
export function lanesOf(hasSound: boolean): Lanes {
  const film = LANES.ruler
  const sound = film + LANES.film + GAP
  const motion = hasSound ? sound + LANES.sound + GAP : sound
  return { film, sound: hasSound ? sound : null, motion, height: motion + LANES.motion }
}

/** What is in sight. */
export interface View {
  /** Seconds at the left edge. */
  readonly first: number
  readonly perSecond: number
  readonly widthPx: number
}

export type Colours = Readonly<
  Record<'ink' | 'soft' | 'line' | 'sunken' | 'accent' | 'good' | 'warn' | 'bad', string>
>
