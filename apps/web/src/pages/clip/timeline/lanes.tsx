import { useQuery } from '@tanstack/react-query'
import { AudioLines, Captions as CaptionsIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { useStudio } from '../../../app/studio.tsx'
import type { Clip } from '../../../data/clips.ts'
import { formatExact } from '../../../format.ts'
import { cx } from '../../../ui/class-names.ts'
import { keepFocus } from '../../../ui/shortcuts.tsx'
import type { Captions, Cue } from '../editor/content.ts'
import { voiceFileQuery } from '../player/queries.ts'
import { voiceWaveQuery } from './voice-wave.ts'
import { PEAKS_PER_SECOND, wavePath } from './wave.ts'

/** Captions of a voice may end with the last frame, whose time is rounded. */
const NEAR = 0.05
/** Where nothing is shown any more. */
const HATCHED =
  'absolute inset-y-0 border-l-2 border-warn bg-[repeating-linear-gradient(135deg,var(--warn)_0_2px,transparent_2px_6px)] opacity-60'
const LANE = 'relative h-7 border-t border-line/70'

/** The words that are seen, at their times. */
export function CaptionsLane({
  captions,
  scale,
  length,
  onOpen,
}: {
  readonly captions: Captions | null
  readonly scale: number
  /** Seconds of the cuts. */
  readonly length: number
  readonly onOpen: (cue: Cue) => void
}) {
  if (captions === null || captions.cues.length === 0)
    return <EmptyLane icon={<CaptionsIcon className="size-3.5" />}>No captions</EmptyLane>
  return (
    <ul className={LANE} aria-label="Captions">
      {captions.cues.map((cue) => (
        <li
          key={`${cue.start} ${cue.text}`}
          className="absolute inset-y-1"
          style={{ left: cue.start * scale, width: Math.max(3, (cue.end - cue.start) * scale - 2) }}
        >
          <button
            type="button"
            onMouseDown={keepFocus}
            onClick={() => onOpen(cue)}
            aria-label={`${formatExact(cue.start)}: ${cue.text}${cue.end > length + NEAR ? ', goes on after the last cut' : ''}`}
            className={cx(
              'h-full w-full truncate rounded px-1 text-left text-[11px] leading-5 font-medium hover:bg-accent hover:text-on-accent',
              cue.end > length + NEAR ? 'bg-warn-wash text-warn' : 'bg-accent-wash text-accent',
            )}
          >
            {cue.text}
          </button>
        </li>
      ))}
    </ul>
  )
}

/** The sound of the voice. */
export function VoiceLane({
  clip,
  voiceAt,
  scale,
  length,
}: {
  readonly clip: Clip
  /** Seconds of the clip at which it begins. */
  readonly voiceAt: number
  readonly scale: number
  /** Seconds of the cuts: what the voice says after them is not heard. */
  readonly length: number
}) {
  const { file } = useStudio()
  const hasVoice = clip.voiceover !== null
  const address = useQuery(voiceFileQuery(clip, file(`/clips/${clip.id}/voiceover`), hasVoice))
  const wave = useQuery(voiceWaveQuery(hasVoice ? address.data : undefined))
  if (!hasVoice) return <EmptyLane icon={<AudioLines className="size-3.5" />}>No voice</EmptyLane>
  const peaks = wave.data ?? null
  const seconds =
    peaks === null
      ? (clip.voiceover?.seconds ?? clip.lengthSeconds - voiceAt)
      : peaks.length / PEAKS_PER_SECOND
  const over = voiceAt + seconds - length
  return (
    <div className={LANE}>
      <div
        role="img"
        aria-label={`Voice${clip.voiceover?.stale ? ', older than the script' : ''}`}
        className="absolute inset-y-1 overflow-hidden rounded bg-good-wash text-good"
        style={{ left: voiceAt * scale, width: Math.max(3, seconds * scale - 2) }}
      >
        {peaks !== null && (
          <svg
            viewBox={`0 0 ${peaks.length} 2`}
            preserveAspectRatio="none"
            className="h-full w-full"
            aria-hidden
          >
            <path d={wavePath(peaks)} fill="currentColor" />
          </svg>
        )}
      </div>
      {over > NEAR && (
        <div className={HATCHED} style={{ left: length * scale, width: over * scale }} aria-hidden />
      )}
    </div>
  )
}

const EmptyLane = ({ icon, children }: { readonly icon: ReactNode; readonly children: ReactNode }) => (
  <div className={LANE}>
    <p className="sticky left-2 flex h-full w-fit items-center gap-1.5 px-2 text-[12px] text-soft">
      {icon}
      {children}
    </p>
  </div>
)
