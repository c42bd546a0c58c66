import { balloons, dusk, nightDrive, sea, sunrise } from './outdoors.ts'
import { kite, music, plant } from './phone.ts'
import type { Scene, SceneKind } from './scene.ts'
import { ballGame, black, coffee, confetti, fastPan, leftRunning, mosaic, tunnel } from './studio.ts'

/** One file of the demo footage. */
export interface Recording {
  /** Name of the file, without extension. */
  readonly name: string
  /** As a viewer sees it. */
  readonly frame: { readonly width: number; readonly height: number }
  readonly scenes: readonly Scene[]
  /** What is said, and when it begins, seconds. */
  readonly speech: readonly { readonly start: number; readonly text: string }[]
}

/** What a recording shows when, seconds; hard cuts lie between the shots. */
export interface DemoShot {
  readonly title: string
  readonly kind: SceneKind
  readonly start: number
  readonly end: number
  /** The title of an earlier shot that shows nearly the same. */
  readonly nearDuplicateOf: string | null
}

export const LANDSCAPE: Recording = {
  name: 'studio-reel',
  frame: { width: 1920, height: 1080 },
  scenes: [
    sunrise(),
    fastPan(),
    coffee(1),
    sea(),
    leftRunning(),
    confetti(),
    black(),
    tunnel(),
    coffee(2),
    ballGame(),
    nightDrive(),
    balloons(),
    mosaic(),
    dusk(),
  ],
  speech: [
    { start: 0.8, text: 'Good morning! The sun comes up over the hills.' },
    { start: 11.6, text: 'Freshly brewed coffee, made by hand, every single day.' },
    { start: 17.8, text: 'The sea is calm, and the little boat sails home.' },
    { start: 49.6, text: 'Keep your eye on the ball. It never stops.' },
    { start: 60.6, text: 'Three balloons are rising over the valley.' },
  ],
}

/** What a studio without footage is tried with: short to draw, good for clips that differ, and with a stretch that selection leaves out. */
export const SAMPLE: Recording = {
  name: 'sample-reel',
  frame: LANDSCAPE.frame,
  scenes: [sunrise(), coffee(1), sea(), leftRunning(), confetti(), ballGame(), nightDrive(), balloons()],
  speech: [],
}

/** Held upright: stored lying on its side, with the mark that players turn it by. */
export const PHONE: Recording = {
  name: 'phone',
  frame: { width: 1080, height: 1920 },
  scenes: [plant(), music(), kite()],
  speech: [
    { start: 0.7, text: 'Look how fast this little plant grows.' },
    { start: 12.8, text: 'And there goes the kite, up into the wind.' },
  ],
}

export function shotsOf({ scenes }: Recording): DemoShot[] {
  let start = 0
  return scenes.map(({ title, kind, seconds, nearDuplicateOf = null }) => {
    const shot = { title, kind, start, end: start + seconds, nearDuplicateOf }
    start = shot.end
    return shot
  })
}
