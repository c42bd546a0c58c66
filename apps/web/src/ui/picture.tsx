import type { ComponentProps } from 'react'
import { useTries } from './use-tries.ts'

type PictureProps = Omit<ComponentProps<'img'>, 'key' | 'onError'> & {
  readonly src: string
  readonly alt: string
}

/** A picture of the API. Where it does not come, since the line was cut or too many were asked for, it is asked for again. */
export const Picture = (props: PictureProps) => <Tried key={props.src} {...props} />

function Tried({ alt, ...rest }: PictureProps) {
  const { attempt, failed } = useTries()
  return <img key={attempt} alt={alt} {...rest} onError={failed} />
}
