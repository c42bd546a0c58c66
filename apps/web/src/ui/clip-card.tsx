import { Link } from '@tanstack/react-router'
import { AudioLines, Captions, Check, FileCheck2, FileClock, Play } from 'lucide-react'
import { type MouseEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { useStudio } from '../app/studio.tsx'
import { type ClipState, statesOf } from '../data/clip-states.ts'
import { type Clip, clipPicture } from '../data/clips.ts'
import { formatClock } from '../format.ts'
import { cx } from './class-names.ts'
import { Picture } from './picture.tsx'
import { useCalm } from './use-calm.ts'

interface ClipCardProps {
  readonly clip: Clip
  readonly title: string
  /** Under the title, where there is more to say. */
  readonly note?: string
  readonly isPlaying: boolean
  /** The key that picks it, while the keyboard is used. */
  readonly digit: number | null
  /** Whether its buttons are reached with Tab. */
  readonly isCurrent: boolean
  readonly onPick: (event: MouseEvent) => void
  /** A click on the picture, which opens the clip unless it is prevented. */
  readonly onOpen: (event: MouseEvent) => void
  readonly onPlay: () => void
  /** The menu of the clip. */
  readonly menu: ReactNode
}

/** A clip as a portrait picture that plays, with what it has. */
export function ClipCard({
  clip,
  title,
  note,
  isPlaying,
  digit,
  isCurrent,
  onPick,
  onOpen,
  onPlay,
  menu,
}: ClipCardProps) {
  const { profile } = useStudio()
  const tabIndex = isCurrent ? 0 : -1
  return (
    <article className="group/card">
      <div
        className={cx(
          'relative aspect-9/16 overflow-hidden rounded-xl bg-sunken outline-offset-2 outline-accent',
          'after:pointer-events-none after:absolute after:inset-0 after:rounded-xl after:ring-accent after:ring-inset',
          'group-focus-visible/cell:outline-2',
          clip.selected && 'after:ring-4',
        )}
      >
        {/* The keyboard opens a clip with Enter. */}
        <Link
          to="/p/$profileId/clips/$clipId"
          params={{ profileId: profile.id, clipId: clip.id }}
          tabIndex={-1}
          aria-label={`Open ${title}`}
          draggable={false}
          className="absolute inset-0"
          onClick={onOpen}
        >
          <Thumbnail clip={clip} />
          {isPlaying && clip.previewReady && <Preview key={clip.version} clip={clip} />}
        </Link>
        <div className="pointer-events-none absolute inset-x-0 top-0 h-14 bg-linear-to-b from-black/45 to-transparent" />
        <button
          type="button"
          tabIndex={tabIndex}
          aria-pressed={clip.selected}
          aria-label={`Pick ${title}`}
          onClick={onPick}
          className="absolute top-0 left-0 grid size-11 place-items-center rounded-xl -outline-offset-4"
        >
          <span
            className={cx(
              'grid size-6 place-items-center rounded-full border-2 transition-colors',
              clip.selected
                ? 'border-accent bg-accent text-on-accent'
                : 'border-white/90 bg-black/25 text-transparent group-hover/card:bg-black/45 group-hover/card:text-white/70',
            )}
          >
            <Check className="size-4" strokeWidth={3} aria-hidden />
          </span>
        </button>
        <span className="pointer-events-none absolute top-2.5 right-2.5 flex items-center gap-1.5 text-[12px] leading-6 font-semibold text-white tabular-nums">
          {digit === null ? (
            <span className="drop-shadow-[0_1px_2px_rgb(0_0_0/0.8)]" aria-hidden>
              #{clip.number}
            </span>
          ) : (
            <span className="grid size-5 place-items-center rounded-md bg-white text-black" aria-hidden>
              {digit}
            </span>
          )}
        </span>
        {!isPlaying && (
          <button
            type="button"
            tabIndex={-1}
            aria-label={`Play ${title}`}
            onClick={onPlay}
            className="absolute right-1.5 bottom-1.5 grid size-9 place-items-center rounded-full bg-black/55 text-white pointer-fine:hidden"
          >
            <Play className="size-4 fill-current" aria-hidden />
          </button>
        )}
        <span className="pointer-events-none absolute bottom-2 left-2 rounded-md bg-black/60 px-1.5 text-[12px] leading-5 font-medium text-white tabular-nums">
          {formatClock(clip.lengthSeconds)}
        </span>
      </div>
      <div className="mt-1.5 flex items-start gap-1">
        <div className="min-w-0 grow pl-0.5">
          <h3 className="truncate leading-5 font-medium" title={title}>
            {title}
          </h3>
          <p className="flex h-5 items-center gap-1.5 text-[12px] text-soft">
            {note !== undefined && <span className="truncate">{note}</span>}
            {statesOf(clip).map((state) => (
              <StateMark key={state.about} state={state} />
            ))}
          </p>
        </div>
        {menu}
      </div>
    </article>
  )
}

const MARKS = { voice: AudioLines, captions: Captions, export: FileCheck2 } as const

function StateMark({ state: { about, label, isStale } }: { readonly state: ClipState }) {
  const Icon = about === 'export' && isStale ? FileClock : MARKS[about]
  return (
    <span
      title={label}
      className={cx('shrink-0', isStale && 'text-warn', about === 'export' && !isStale && 'text-good')}
    >
      <Icon className="size-3.5" aria-hidden />
      <span className="sr-only">{label}</span>
    </span>
  )
}

function Thumbnail({ clip }: { readonly clip: Clip }) {
  const { file } = useStudio()
  const wasCalm = useCalm()
  const picture = clipPicture(file, clip)
  if (picture === null)
    return <span className="block size-full bg-line/60" title="Its preview is being made" />
  if (!wasCalm) return null
  return (
    <Picture
      src={picture}
      alt=""
      loading="lazy"
      decoding="async"
      draggable={false}
      className="size-full object-cover"
    />
  )
}

/** The preview over the picture, as soon as it plays, with how far it is. */
function Preview({ clip }: { readonly clip: Clip }) {
  const { file } = useStudio()
  const address = file(`/clips/${clip.id}/preview`, { v: clip.version })
  const [plays, setPlays] = useState(false)
  const video = useRef<HTMLVideoElement>(null)
  const line = useRef<HTMLSpanElement>(null)
  useEffect(() => {
    let frame = requestAnimationFrame(function draw() {
      const { currentTime = 0, duration = 0 } = video.current ?? {}
      if (line.current && duration > 0) line.current.style.scale = `${currentTime / duration} 1`
      frame = requestAnimationFrame(draw)
    })
    return () => cancelAnimationFrame(frame)
  }, [])
  useEffect(() => {
    const shown = video.current
    if (shown === null) return
    shown.src = address
    return () => {
      // A video that is gone from the page must not go on loading.
      shown.removeAttribute('src')
      shown.load()
    }
  }, [address])
  return (
    <>
      <video
        ref={video}
        autoPlay
        muted
        loop
        playsInline
        disablePictureInPicture
        onPlaying={() => setPlays(true)}
        className={cx('absolute inset-0 size-full object-cover', !plays && 'opacity-0')}
      />
      <span className="absolute inset-x-0 bottom-0 h-1 bg-black/35">
        <span ref={line} className="block h-full origin-left bg-white" style={{ scale: '0 1' }} />
      </span>
    </>
  )
}
