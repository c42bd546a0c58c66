import type { Preset } from '../../data/presets.ts'

const percent = (fraction: number): string => `${fraction * 100}%`

/** What a platform covers of the frame with its own buttons and words is shaded; what it leaves free is framed. Fills its box. */
export function SafeArea({ area }: { readonly area: Preset['safeArea'] }) {
  const [top, right, bottom, left] = [area.top, area.right, area.bottom, area.left].map(percent)
  return (
    <div className="pointer-events-none absolute inset-0 overflow-hidden" aria-hidden>
      <div
        className="absolute border border-dashed border-white shadow-[0_0_0_100vmax_rgb(0_0_0/0.45)]"
        style={{ top, right, bottom, left }}
      />
    </div>
  )
}
