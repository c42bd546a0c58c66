import { ask, type Schemas } from '../../api/client.ts'
import { studioApi } from '../../app/session.ts'

/** What a logo may be. */
export const LOGO_TYPES = ['image/png', 'image/jpeg', 'image/webp'] as const
const LOGO_MAX_BYTES = 2 * 2 ** 20

/** What is wrong with a picture that was chosen as a logo. */
export function logoFault({ type, size }: Pick<File, 'type' | 'size'>): string | undefined {
  if (!LOGO_TYPES.some((known) => known === type)) return 'Choose a PNG, JPEG or WebP picture.'
  if (size > LOGO_MAX_BYTES) return 'The picture is larger than 2 MB. Choose a smaller one.'
  return undefined
}

export const uploadLogo = (profileId: string, picture: File): Promise<Schemas['Profile']> =>
  ask(
    studioApi.PUT('/profiles/{id}/logo', {
      params: { path: { id: profileId } },
      headers: { 'content-type': picture.type },
      // The description of the API has no type for bytes.
      body: picture as unknown as string,
      bodySerializer: (bytes) => bytes,
    }),
  )
