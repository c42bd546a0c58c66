import { useQuery } from '@tanstack/react-query'
import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { useStudio } from '../../../app/studio.tsx'
import type { Clip } from '../../../data/clips.ts'
import { type CaptionPainter, createCaptionPainter, type FrameSize } from './caption-painter.ts'
import type { CaptionStyleId } from './playback.ts'
import { assQuery, fontsQuery } from './queries.ts'

export interface CaptionLayerProps {
  readonly clip: Clip
  readonly presetId: string
  readonly style: CaptionStyleId
  readonly frame: FrameSize
  /** Calls its listener with each second of the clip that is to be drawn, the present one first. */
  readonly follow: (paint: (seconds: number) => void) => () => void
  /** Called with the second that was drawn last. */
  readonly onPainted?: (seconds: number) => void
}

/** The captions of a clip as a render for a preset burns them in, over whatever lies under it. */
export default function CaptionLayer({ clip, presetId, style, frame, follow, onPainted }: CaptionLayerProps) {
  const { api } = useStudio()
  const ass = useQuery(assQuery(api, clip, { presetId, style })).data
  const fonts = useQuery(fontsQuery(api)).data
  const host = useRef<HTMLDivElement>(null)
  const script = useRef('')
  const [painter, setPainter] = useState<CaptionPainter | null>(null)
  const { width, height } = frame
  const isReady = ass !== undefined && fonts !== undefined
  script.current = ass ?? ''
  const painted = useEffectEvent((seconds: number) => onPainted?.(seconds))

  useEffect(() => {
    if (!isReady || host.current === null) return
    const { items = [] } = fonts
    const made = createCaptionPainter(host.current, {
      script: script.current,
      frame: { width, height },
      fonts: { files: items.map(({ file }) => `/api/v1/fonts/${file}`), family: items[0]?.family ?? '' },
      onPainted: (seconds) => painted(seconds),
    })
    setPainter(made)
    return () => {
      setPainter(null)
      made.stop()
    }
  }, [isReady, fonts, width, height])

  useEffect(() => {
    if (ass !== undefined) painter?.setScript(ass)
  }, [painter, ass])

  useEffect(() => {
    if (painter === null) return
    return follow(painter.paint)
  }, [painter, follow])

  return <div ref={host} aria-hidden className="pointer-events-none absolute inset-0" />
}
