import { useEffect, useState } from 'react'
import { ask, type Schemas } from '../../api/client.ts'
import { logoUrl } from '../../app/profile-mark.tsx'
import { reloadSession, sessionQuery, studioApi, studioQueries } from '../../app/session.ts'
import { freeColour } from './brand-colours.ts'
import { logoFault, uploadLogo } from './logo.ts'

type Profile = Schemas['Profile']

/** What a brand will be called and look like. `saved` is the brand where there is one already. */
export function useBrandDraft(saved: Profile | null) {
  const [name, setName] = useState(saved?.name ?? '')
  const [colour, setColour] = useState(
    () => saved?.colour ?? freeColour(studioQueries.getQueryData(sessionQuery.queryKey)?.profiles ?? []),
  )
  const [picture, setPicture] = useState<File | null>(null)
  const [logoError, setLogoError] = useState<string>()
  const [pictureUrl, setPictureUrl] = useState<string | null>(null)
  useEffect(() => {
    if (picture === null) return setPictureUrl(null)
    const url = URL.createObjectURL(picture)
    setPictureUrl(url)
    return () => URL.revokeObjectURL(url)
  }, [picture])
  return {
    name,
    setName,
    colour,
    setColour,
    picture,
    logoError,
    /** The address of the picture as it will be. */
    logo: pictureUrl ?? (saved === null ? null : logoUrl(saved)),
    choose(chosen: File) {
      const fault = logoFault(chosen)
      setLogoError(fault)
      if (fault === undefined) setPicture(chosen)
    },
    forgetPicture() {
      setPicture(null)
      setLogoError(undefined)
    },
  }
}
export type BrandDraft = ReturnType<typeof useBrandDraft>

/** What is wrong with the name of a brand. */
export const brandNameFault = (name: string): string | undefined =>
  name.trim() === '' ? 'Give it a name.' : undefined

/** The API's words for what is wrong with a brand's name, in those of the studio. */
export const rewordBrand = ({ code }: { readonly code: string }, field: string): string | undefined => {
  if (field !== 'name') return undefined
  return code === 'conflict'
    ? 'There is a brand of that name already.'
    : 'Use up to 64 letters, digits or signs.'
}

/** Makes a brand as drafted, or changes the one that there is. `onMade` hears of it before its picture is sent, which may be refused. */
export async function saveBrand(
  draft: BrandDraft,
  saved: Profile | null,
  onMade?: (profile: Profile) => void,
): Promise<Profile> {
  const body = { name: draft.name.trim(), colour: draft.colour }
  const profile =
    saved === null
      ? await ask(studioApi.POST('/profiles', { body }))
      : await ask(studioApi.PATCH('/profiles/{id}', { params: { path: { id: saved.id } }, body }))
  onMade?.(profile)
  try {
    return draft.picture === null ? profile : await uploadLogo(profile.id, draft.picture)
  } finally {
    // Also where the picture was refused: the brand is there.
    await reloadSession()
  }
}
