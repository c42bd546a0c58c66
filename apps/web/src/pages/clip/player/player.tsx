import { useQuery } from '@tanstack/react-query'
import { LoaderCircle } from 'lucide-react'
import { lazy, Suspense, useCallback, useMemo, useRef } from 'react'
import { useStudio } from '../../../app/studio.tsx'
import type { Clip } from '../../../data/clips.ts'
import { sourceQuery } from '../../../data/sources.ts'
import { cx } from '../../../ui/class-names.ts'
import { ErrorNote } from '../../../ui/error-note.tsx'
import { keepFocus, useShortcuts } from '../../../ui/shortcuts.tsx'
import { type Drag, useDrag } from '../dragging.ts'
import { Controls } from './controls.tsx'
import { type CaptionStyleId, type Playback, usePlaybackValue } from './playback.ts'
import { playbackQuery, voiceFileQuery } from './queries.ts'
import { playerShortcuts } from './shortcuts.ts'
import {
  type Crop,
  canMove,
  cutAt,
  type EditedCut,
  type Focus,
  frameAt,
  layCuts,
  levelOf,
  movedFocus,
} from './shown.ts'
import { useSoundChoice } from './sound-choice.ts'
import { SafeArea, Stage } from './stage.tsx'
import { type Mix, useEngine } from './use-engine.ts'

/** libass is large, and a clip without captions needs none of it. */
const CaptionLayer = lazy(() => import('./caption-layer.tsx'))

interface ShownPicture {
  readonly index: number
  readonly crop: Crop
}

export interface PlayerProps {
  readonly clip: Clip
  /** The timeline as edited: may be newer than the clip. */
  readonly cuts: readonly EditedCut[]
  readonly playback: Playback
  readonly presetId: string
  /** `null` shows none. */
  readonly captionStyle: CaptionStyleId | null
  readonly showSafeArea: boolean
  /** The picture of a cut is moved: it is `isDone` or goes on, or `focus` is `null` where it was given up. */
  readonly onReframe: (index: number, focus: Focus | null, isDone: boolean) => void
}

/** Plays a clip as a render for a preset would show it, straight from the sources' proxies. Fills the height that it is given. */
export function Player({
  clip,
  cuts,
  playback,
  presetId,
  captionStyle,
  showSafeArea,
  onReframe,
}: PlayerProps) {
  const { api, file } = useStudio()
  const { data: plan, error, refetch } = useQuery(playbackQuery(api, clip, presetId))
  const { muted, volume, loop } = useSoundChoice()
  const { num, den } = plan?.frameRate ?? { num: 30, den: 1 }
  const framesPerSecond = num / den
  const { width, height } = plan?.frame ?? { width: 1080, height: 1920 }

  const voiceAddress = file(`/clips/${clip.id}/voiceover`)
  const voiceFile = useQuery(voiceFileQuery(clip, voiceAddress, clip.voiceover !== null)).data
  const music = useQuery({
    ...sourceQuery(api, clip.musicSourceId ?? ''),
    enabled: clip.musicSourceId !== null,
  }).data

  const whole = muted ? 0 : volume
  const mix = useMemo<Mix>(
    () => ({
      voiceAt: plan?.hasVoice && clip.voiceover !== null ? plan.voiceAt : null,
      voice: whole,
      soundFrom: clip.soundFrom?.start ?? null,
      sources: clip.sourceSound ? whole * levelOf(plan?.sourceGainDb ?? 0) : 0,
      music: clip.musicSourceId === null ? null : whole * levelOf(plan?.musicGainDb ?? 0),
    }),
    [plan, clip, whole],
  )
  const played = useMemo(
    () =>
      plan && {
        cuts: layCuts(cuts, framesPerSecond, plan.cuts),
        framesPerSecond,
        frameAspect: width / height,
        loop,
        mix,
        fileOf: (sourceId: string) => file(`/sources/${sourceId}/proxy`),
      },
    [plan, cuts, framesPerSecond, width, height, loop, mix, file],
  )
  const frame = useRef<HTMLDivElement>(null)
  const { refs, waiting, error: failure, retry } = useEngine(playback, played ?? null, frame)

  const root = useRef<HTMLDivElement>(null)
  const onFullscreen = () => {
    if (document.fullscreenElement !== null) void document.exitFullscreen()
    else void root.current?.requestFullscreen?.()
  }
  /** The cut of now and the part of its picture that is seen; `null` where there is nothing to move. */
  const shownPicture = (): ShownPicture | null => {
    if (played === undefined) return null
    const index = cutAt(played.cuts, playback.time())
    const { crop = null } = played.cuts[index] ?? {}
    return crop !== null && canMove(crop) ? { index, crop } : null
  }
  const onMovePicture = (right: number, down: number) => {
    const picture = shownPicture()
    if (picture !== null) onReframe(picture.index, movedFocus(picture.crop, right, down), true)
  }
  useShortcuts(playerShortcuts({ playback, framesPerSecond, muted, loop, onFullscreen, onMovePicture }))
  const grabbed = useRef<ShownPicture | null>(null)
  const draggedTo = (drag: Drag | null, isDone: boolean) => {
    const [picture, size] = [grabbed.current, frame.current]
    if (picture === null || size === null) return
    const focus = drag && movedFocus(picture.crop, drag.dx / size.clientWidth, drag.dy / size.clientHeight)
    onReframe(picture.index, focus, isDone)
  }
  const { onPointerDown, isDragging } = useDrag({
    byFinger: true,
    onMove(drag) {
      playback.pause()
      draggedTo(drag, false)
    },
    onEnd: (drag) => draggedTo(drag, true),
  })

  const tried = usePlaybackValue(playback, (clock) => clock.triedStyle())
  const style = tried === undefined ? captionStyle : tried
  const followFrames = useCallback(
    (paint: (seconds: number) => void) => {
      let last = -1
      const tell = () => {
        const end = Math.round((playback.length() * num) / den) - 1
        const at = Math.max(0, Math.min(frameAt(playback.time(), num / den), end))
        // A frame's time is made as ffmpeg makes it, so that both round alike where a caption begins on a frame.
        if (at !== last) paint(at * (den / num))
        last = at
      }
      tell()
      return playback.subscribe(tell)
    },
    [playback, num, den],
  )
  const onPainted = useCallback(
    (seconds: number) => {
      if (frame.current !== null)
        frame.current.dataset.captionFrame = String(Math.round((seconds * num) / den))
    },
    [num, den],
  )

  const problem = failure ?? error
  return (
    <div
      ref={root}
      className="flex h-full min-w-0 flex-col md:min-h-80 [&:fullscreen]:bg-ground [&:fullscreen]:p-3"
    >
      <Stage width={width} height={height} ref={frame}>
        {/* biome-ignore-start lint/a11y/useMediaCaption: the captions are drawn over the pictures */}
        <video ref={refs.first} playsInline preload="auto" className={videoClass} />
        <video ref={refs.second} playsInline preload="auto" className={videoClass} />
        <audio ref={refs.voice} src={mix.voiceAt === null ? undefined : voiceFile} preload="auto" />
        <audio
          ref={refs.sound}
          src={clip.soundFrom ? file(`/sources/${clip.soundFrom.sourceId}/proxy`) : undefined}
          preload="auto"
        />
        <audio
          ref={refs.music}
          src={music && file(`/sources/${music.id}/${music.probe?.video ? 'proxy' : 'file'}`)}
          preload="auto"
        />
        {/* biome-ignore-end lint/a11y/useMediaCaption: see above */}
        {style !== null && (
          <div className="absolute inset-0 z-20">
            <Suspense>
              <CaptionLayer
                clip={clip}
                presetId={presetId}
                style={style}
                frame={{ width, height }}
                follow={followFrames}
                onPainted={onPainted}
              />
            </Suspense>
          </div>
        )}
        {showSafeArea && plan && <SafeArea area={plan.safeArea} />}
        <button
          type="button"
          aria-hidden
          tabIndex={-1}
          title="Drag to move the picture inside of its frame"
          className={cx('absolute inset-0 z-30 touch-pan-y', isDragging && 'cursor-grabbing')}
          onMouseDown={keepFocus}
          onPointerDown={(event) => {
            grabbed.current = shownPicture()
            if (grabbed.current !== null) onPointerDown(event)
          }}
          onClick={playback.toggle}
        />
        {(waiting || (!plan && !problem)) && (
          <LoaderCircle
            role="status"
            aria-label="Loading"
            className="absolute top-1/2 left-1/2 z-30 size-8 -translate-1/2 animate-spin text-white"
          />
        )}
        {problem !== null && (
          <div className="absolute inset-x-3 top-1/2 z-40 -translate-y-1/2">
            <ErrorNote
              error={problem}
              {...(failure !== null && { words: CANNOT_PLAY })}
              onRetry={() => (failure === null ? void refetch() : retry())}
            />
          </div>
        )}
      </Stage>
      <Controls playback={playback} framesPerSecond={framesPerSecond} onFullscreen={onFullscreen} />
    </div>
  )
}

const CANNOT_PLAY = {
  message: 'The video cannot be played.',
  remedy: 'Check that this machine has a connection to the server, then try again.',
}

const videoClass = 'absolute size-full max-w-none'
