import { Clapperboard } from 'lucide-react'
import { cx } from '../../ui/class-names.ts'
import { Picture } from '../../ui/picture.tsx'

/** A small picture of what a row is about, or what stands for it where there is none. */
export function ClipPicture({
  src,
  className,
}: {
  readonly src: string | null
  readonly className?: string
}) {
  const box = cx(
    'relative grid shrink-0 place-items-center overflow-hidden rounded-md bg-sunken text-soft',
    className,
  )
  return (
    <span className={box}>
      <Clapperboard className="size-4" aria-hidden />
      {src !== null && (
        <Picture
          src={src}
          alt=""
          loading="lazy"
          decoding="async"
          className="absolute inset-0 size-full object-cover"
        />
      )}
    </span>
  )
}
