import { memo } from 'react'
import { useStudio } from '../../../app/studio.tsx'
import type { Source } from '../../../data/sources.ts'

interface FilmstripProps {
  readonly source: Source | undefined
  /** Seconds of the source at the left. */
  readonly start: number
  /** Pixels of a second. */
  readonly scale: number
  /** Pixels. */
  readonly width: number
  readonly height: number
}

/** Pictures of a source side by side, each of the moment at its place. */
export const Filmstrip = memo(function Filmstrip({ source, start, scale, width, height }: FilmstripProps) {
  const { file } = useStudio()
  const strip = source?.summary?.filmstrip
  if (!source || !strip) return null
  const tileWidth = Math.max(8, Math.round((height * strip.tileWidth) / strip.tileHeight))
  const image = `url("${file(`/sources/${source.id}/filmstrip`)}")`
  return (
    <div className="absolute inset-0 overflow-hidden" aria-hidden>
      {Array.from({ length: Math.ceil(width / tileWidth) }, (_, index) => {
        const seconds = start + ((index + 0.5) * tileWidth) / scale
        const tile = Math.min(strip.count - 1, Math.max(0, Math.floor(seconds / strip.secondsPerTile)))
        return (
          <div
            // biome-ignore lint/suspicious/noArrayIndexKey: tiles are nothing but places.
            key={index}
            className="absolute top-0"
            style={{
              left: index * tileWidth,
              width: tileWidth,
              height,
              backgroundImage: image,
              backgroundSize: `${strip.columns * tileWidth}px ${strip.rows * height}px`,
              backgroundPosition: `${-(tile % strip.columns) * tileWidth}px ${-Math.floor(tile / strip.columns) * height}px`,
            }}
          />
        )
      })}
    </div>
  )
})
