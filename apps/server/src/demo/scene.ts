import type { Layer, Point } from './drawing.ts'

/** What a scene of the demo footage is good for. Selection must leave out `static` and `black` ones. */
export type SceneKind = 'slow' | 'medium' | 'fast' | 'static' | 'black'

/** One shot of the demo footage, as it is drawn. */
export interface Scene {
  readonly title: string
  readonly kind: SceneKind
  /** The title of an earlier scene that shows nearly the same. */
  readonly nearDuplicateOf?: string | null
  readonly seconds: number
  /** Colours at the top and at the bottom of the background. */
  readonly sky: readonly [string, string]
  readonly layers: readonly Layer[]
}

export const TURN = 2 * Math.PI

export const wave = (value: number): number => Math.sin(TURN * value)

/** `value` brought into 0 to `span` by whole spans; for what leaves at one side and comes back at the other. */
export const wrap = (value: number, span: number): number => ((value % span) + span) % span

export function circle(x: number, y: number, radius: number, radiusY = radius, points = 36): Point[] {
  return Array.from({ length: points }, (_, index): Point => {
    const angle = (TURN * index) / points
    return [x + radius * Math.cos(angle), y + radiusY * Math.sin(angle)]
  })
}

/** The outline of a hole: drawn the other way round, it is cut out of what encloses it. */
export const hole = (points: readonly Point[]): Point[] => points.toReversed()
