import type { Schemas } from '../api/client.ts'
import { useStudio } from '../app/studio.tsx'
import { cx } from './class-names.ts'
import { Picture } from './picture.tsx'

interface SourceFrameProps {
  /** `undefined` while it is on its way. */
  readonly source: Schemas['Source'] | undefined
  /** Seconds of the source. Default: its middle. */
  readonly at?: number
  /** Width of the box through its height; the picture fills it. */
  readonly aspect: number
  readonly className?: string
}

/** A picture out of the filmstrip of a source. An empty box where there is none. */
export function SourceFrame({ source, at, aspect, className }: SourceFrameProps) {
  const { file } = useStudio()
  const summary = source?.summary
  const strip = summary?.filmstrip
  const box = cx('relative overflow-hidden bg-sunken', className)
  if (!source || !summary || !strip) return <div className={box} style={{ aspectRatio: aspect }} />
  const seconds = at ?? summary.durationSeconds / 2
  const index = Math.min(strip.count - 1, Math.max(0, Math.round(seconds / strip.secondsPerTile)))
  const tileAspect = strip.tileWidth / strip.tileHeight
  return (
    <div className={box} style={{ aspectRatio: aspect }}>
      <div
        className={cx(
          'absolute top-1/2 left-1/2 -translate-1/2 overflow-hidden',
          tileAspect > aspect ? 'h-full' : 'w-full',
        )}
        style={{ aspectRatio: tileAspect }}
      >
        <Picture
          src={file(`/sources/${source.id}/filmstrip`)}
          alt=""
          decoding="async"
          draggable={false}
          className="absolute max-w-none"
          style={{
            width: `${strip.columns * 100}%`,
            height: `${strip.rows * 100}%`,
            left: `${(index % strip.columns) * -100}%`,
            top: `${Math.floor(index / strip.columns) * -100}%`,
          }}
        />
      </div>
    </div>
  )
}
