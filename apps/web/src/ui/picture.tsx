import type { ComponentProps } from 'react'
import { cx } from './class-names.ts'
import { useTries } from './use-tries.ts'

type PictureProps = Omit<ComponentProps<'img'>, 'key' | 'onError'> & {
  readonly src: string
  readonly alt: string
}

/**
 * A picture of the API. Where it does not come, since the line was cut or too many were asked for, it is asked for again; until then its place
 * stays empty, without the browser's sign for a broken one.
 */
export const Picture = (props: PictureProps) => <Tried key={props.src} {...props} />

function Tried({ alt, className, ...rest }: PictureProps) {
  const { attempt, isFailed, failed } = useTries()
  return (
    <img
      key={attempt}
      alt={alt}
      className={cx(className, isFailed && 'invisible')}
      {...rest}
      onError={failed}
    />
  )
}
