import { useId } from 'react'
import type { Preset } from '../../data/presets.ts'

interface PresetFrameProps {
  readonly frame: Preset['frame']
  readonly safeArea: Preset['safeArea']
  readonly className?: string
}

/** Longest side of the drawing. */
const SIDE = 100

/** The frame of a preset: what a platform covers is hatched, what is free of it is framed. */
export function PresetFrame({ frame, safeArea, className }: PresetFrameProps) {
  const id = useId()
  const { width, height } = frame === 'source' ? { width: 4, height: 3 } : frame
  const scale = SIDE / Math.max(width, height)
  const [w, h] = [width * scale, height * scale]
  const { top, right, bottom, left } = safeArea
  const free = {
    x: left * w,
    y: top * h,
    width: Math.max(0, 1 - left - right) * w,
    height: Math.max(0, 1 - top - bottom) * h,
  }
  return (
    <svg
      viewBox={`${(w - SIDE) / 2 - 1} ${(h - SIDE) / 2 - 1} ${SIDE + 2} ${SIDE + 2}`}
      aria-hidden="true"
      className={className}
    >
      <defs>
        <pattern
          id={`${id}-hatch`}
          width="4"
          height="4"
          patternUnits="userSpaceOnUse"
          patternTransform="rotate(45)"
        >
          <rect width="1" height="4" className="fill-edge/60" />
        </pattern>
        <clipPath id={`${id}-frame`}>
          <rect width={w} height={h} rx="5" />
        </clipPath>
      </defs>
      <g clipPath={`url(#${id}-frame)`}>
        <rect width={w} height={h} className="fill-sunken" />
        <rect width={w} height={h} fill={`url(#${id}-hatch)`} />
        <rect {...free} className="fill-surface" />
        <rect {...free} className="fill-accent-wash" />
      </g>
      <rect {...free} fill="none" strokeDasharray="3 2" className="stroke-accent" />
      <rect
        width={w}
        height={h}
        rx="5"
        fill="none"
        className="stroke-edge"
        {...(frame === 'source' && { strokeDasharray: '2 3' })}
      />
    </svg>
  )
}
