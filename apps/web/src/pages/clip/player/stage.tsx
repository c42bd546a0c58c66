import type { ReactNode } from 'react'
import type { PlaybackPlan } from './shown.ts'

/** As much of the place as a frame of an aspect can fill. */
export function Stage({
  width,
  height,
  children,
  ...frame
}: {
  readonly width: number
  readonly height: number
  readonly children: ReactNode
  readonly ref?: React.Ref<HTMLDivElement>
}) {
  return (
    <div className="@container-[size] grid min-h-0 grow place-items-center">
      <div
        {...frame}
        data-player-frame
        className="relative isolate overflow-hidden rounded-lg bg-black in-[:fullscreen]:rounded-none"
        style={{
          width: `min(100cqw, 100cqh * ${width / height})`,
          aspectRatio: `${width} / ${height}`,
        }}
      >
        {children}
      </div>
    </div>
  )
}

/** Shades what a platform covers with its own buttons and text. */
export function SafeArea({ area }: { readonly area: PlaybackPlan['safeArea'] }) {
  const percent = (fraction: number) => `${fraction * 100}%`
  return (
    <div
      className="pointer-events-none absolute z-30 rounded-md border border-dashed border-white/80 shadow-[0_0_0_9999px_rgb(0_0_0/0.45)]"
      style={{
        top: percent(area.top),
        right: percent(area.right),
        bottom: percent(area.bottom),
        left: percent(area.left),
      }}
    >
      <span className="absolute top-1.5 left-1.5 rounded bg-black/60 px-1.5 text-[11px] font-medium text-white">
        Safe area
      </span>
    </div>
  )
}
