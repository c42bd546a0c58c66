import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import { useTheme } from '../../../app/theme.ts'
import { coloursOf, type Drawn, drawTimeline } from './draw.ts'
import type { View } from './lanes.ts'

/** The picture of a timeline, as sharp as the screen; screen readers have the list of segments, the player, and words for speech. */
export function TimelineCanvas({
  drawn,
  view,
  height,
}: {
  readonly drawn: Drawn
  readonly view: View
  readonly height: number
}) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const theme = useTheme()
  const isDark = useMedia('(prefers-color-scheme: dark)')
  const { widthPx } = view
  // biome-ignore lint/correctness/useExhaustiveDependencies: the colours follow the theme.
  useLayoutEffect(() => {
    const element = canvas.current
    const context = element?.getContext('2d')
    if (!element || !context || widthPx === 0) return
    const density = window.devicePixelRatio
    const [width, tall] = [Math.round(widthPx * density), Math.round(height * density)]
    if (element.width !== width || element.height !== tall) Object.assign(element, { width, height: tall })
    context.setTransform(density, 0, 0, density, 0, 0)
    drawTimeline(context, drawn, view, coloursOf(element))
  }, [drawn, view, widthPx, height, theme, isDark])
  return <canvas ref={canvas} aria-hidden className="block" style={{ width: widthPx, height }} />
}

function useMedia(query: string): boolean {
  const [matches, setMatches] = useState(() => matchMedia(query).matches)
  useEffect(() => {
    const list = matchMedia(query)
    const change = () => setMatches(list.matches)
    list.addEventListener('change', change)
    return () => list.removeEventListener('change', change)
  }, [query])
  return matches
}
