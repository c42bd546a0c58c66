import { Clapperboard } from 'lucide-react'
import { useState } from 'react'
import { cx } from '../../ui/class-names.ts'

/** A small picture of what a row is about, or what stands for it where there is none. */
export function ClipPicture({
  src,
  className,
}: {
  readonly src: string | null
  readonly className?: string
}) {
  const [missing, setMissing] = useState<string | null>(null)
  const box = cx('grid shrink-0 place-items-center overflow-hidden rounded-md bg-sunken text-soft', className)
  return (
    <span className={box}>
      {src === null || missing === src ? (
        <Clapperboard className="size-4" aria-hidden />
      ) : (
        <img
          src={src}
          alt=""
          loading="lazy"
          decoding="async"
          className="size-full object-cover"
          onError={() => setMissing(src)}
        />
      )}
    </span>
  )
}
