import { Check } from 'lucide-react'
import { useStudio } from '../../app/studio.tsx'
import { type Clip, clipPicture } from '../../data/clips.ts'
import { formatClock } from '../../format.ts'
import { Button } from '../../ui/button.tsx'
import { cx } from '../../ui/class-names.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { Picture } from '../../ui/picture.tsx'
import { Loading, Skeleton } from '../../ui/skeleton.tsx'
import { useOrderedPreview } from './use-clip-orders.ts'

interface CompareDialogProps {
  readonly open: boolean
  readonly onOpenChange: (open: boolean) => void
  readonly clips: readonly Clip[]
  readonly titleOf: (clip: Clip) => string
  readonly onPick: (clip: Clip) => void
}

/** A few clips that play side by side. `clips` stay while their picks change. */
export function CompareDialog({ open, onOpenChange, clips, titleOf, onPick }: CompareDialogProps) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Compare" wide>
      <div
        className="grid gap-3 max-sm:grid-cols-2!"
        style={{ gridTemplateColumns: `repeat(${Math.max(3, clips.length)}, minmax(0, 1fr))` }}
      >
        {clips.map((clip) => (
          <figure key={clip.id} className={cx('min-w-0 transition-opacity', !clip.selected && 'opacity-60')}>
            <Preview clip={clip} title={titleOf(clip)} />
            <figcaption className="mt-1.5 flex items-center justify-between gap-2">
              <span className="truncate font-medium">{titleOf(clip)}</span>
              <span className="text-[12px] text-soft tabular-nums">{formatClock(clip.lengthSeconds)}</span>
            </figcaption>
            <Button
              size="small"
              aria-pressed={clip.selected}
              icon={clip.selected && <Check className="size-4 text-accent" aria-hidden />}
              onClick={() => onPick(clip)}
              className="mt-1 w-full"
            >
              {clip.selected ? 'Picked' : 'Pick'}
            </Button>
          </figure>
        ))}
      </div>
    </Dialog>
  )
}

/** The preview of a clip; one that an edit left without is made first. */
function Preview({ clip, title }: { readonly clip: Clip; readonly title: string }) {
  const { file } = useStudio()
  useOrderedPreview(clip)
  const look = 'aspect-9/16 w-full rounded-xl'
  const picture = clipPicture(file, clip)
  if (!clip.previewReady)
    return (
      <Loading what={`The preview of ${title} is being made`}>
        {picture === null ? (
          <Skeleton className={look} />
        ) : (
          <Picture src={picture} alt="" className={cx(look, 'bg-sunken object-cover')} />
        )}
      </Loading>
    )
  return (
    <video
      src={file(`/clips/${clip.id}/preview`, { v: clip.version })}
      {...(picture !== null && { poster: picture })}
      aria-label={title}
      autoPlay
      muted
      loop
      playsInline
      className={cx(look, 'bg-sunken object-cover')}
    />
  )
}
