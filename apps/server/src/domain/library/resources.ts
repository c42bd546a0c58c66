import { CutroomError, isId, type Link, type LinkResource, type NewLink } from '@cutroom/contracts'
import { LOGO_FILE, logoOf } from '../profiles/logo.ts'
import type { ProfileRow } from '../profiles/profiles.ts'
import { exportFile } from '../render/exports.ts'
import { clipFile } from '../render/files.ts'
import type { Service } from '../service.ts'
import type { EntryFile } from './entry-file.ts'
import { ingestFile, segmentFile, sourceFile } from './files.ts'
import { signLink } from './links.ts'

type FindFile = (service: Service, profile: ProfileRow, id: string) => Promise<EntryFile>

/** How the file of each resource is found. All throw `not-found` for what the profile has not. */
const FILES: Readonly<Record<LinkResource, FindFile>> = {
  source: (service, { id: profileId }, id) => sourceFile(service, { profileId, id }),
  proxy: (service, { id: profileId }, id) => ingestFile(service, { profileId, id }, 'proxy'),
  filmstrip: (service, { id: profileId }, id) => ingestFile(service, { profileId, id }, 'filmstrip'),
  waveform: (service, { id: profileId }, id) => ingestFile(service, { profileId, id }, 'waveform'),
  segment: (service, { id: profileId }, id) => segmentFile(service, { profileId, id }),
  preview: (service, profile, id) => clipFile(service, profile.id, id, 'preview'),
  thumbnail: (service, profile, id) => clipFile(service, profile.id, id, 'thumbnail'),
  voiceover: (service, profile, id) => clipFile(service, profile.id, id, 'voiceover'),
  export: (service, profile, id) => exportFile(service, profile.id, id),
  logo: async (_service, profile, id) => {
    if (profile.id !== id) throw notFound()
    return { key: logoOf(profile), name: LOGO_FILE, contentType: 'image/png' }
  },
}

/** Resources whose ids are no UUIDs. */
const OF_SOURCES: readonly LinkResource[] = ['source', 'proxy', 'filmstrip', 'waveform']

/** A link to the file of a resource of the profile. Throws `not-found`, and `conflict` where it is not made yet. */
export async function linkTo(
  service: Service,
  profile: ProfileRow,
  { resource, id, seconds }: NewLink,
): Promise<Link> {
  if (!OF_SOURCES.includes(resource) && !isId(id)) throw notFound()
  return signLink(service, await FILES[resource](service, profile, id), seconds)
}

const notFound = (): CutroomError => new CutroomError('not-found', 'There is nothing of that id.')
