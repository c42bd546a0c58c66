import { Play } from 'lucide-react'
import { useStudio } from '../../app/studio.tsx'
import type { Export } from '../../data/exports.ts'
import { ClipPicture } from './clip-picture.tsx'
import { exportFileUrl } from './downloads.ts'

/** A picture of an export: that of its clip, or of the file itself where the clip looks otherwise by now. */
export function ExportPicture({ made }: { readonly made: Export }) {
  const { file } = useStudio()
  const looksAlike = !made.changed.some((part) => part === 'timeline' || part === 'clip')
  return (
    <span className="group/picture relative block">
      {looksAlike ? (
        <ClipPicture
          src={file(`/clips/${made.clipId}/thumbnail`, { v: made.clipVersion })}
          className="h-16 w-12"
        />
      ) : (
        // biome-ignore lint/a11y/useMediaCaption: a still picture of a video that has its captions in its frame.
        <video
          src={`${exportFileUrl(file, made.id)}#t=0.5`}
          preload="metadata"
          tabIndex={-1}
          className="h-16 w-12 rounded-md bg-sunken object-cover"
        />
      )}
      <span className="absolute inset-0 grid place-items-center rounded-md bg-black/0 text-transparent transition-colors group-hover/picture:bg-black/45 group-hover/picture:text-white">
        <Play className="size-5 fill-current" aria-hidden />
      </span>
    </span>
  )
}
