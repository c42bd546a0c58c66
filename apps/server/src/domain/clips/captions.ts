import { type Captions, type Clip, type Cue, CutroomError, type NewCaptions } from '@cutroom/contracts'
import { readCaptions, sequentialCues } from '@cutroom/media'
import type { Service } from '../service.ts'
import { changeContent } from './change.ts'
import { checkVersion, findClip, lockClip } from './rows.ts'

/** As many as a clip of ten minutes can have. */
const MOST_CUES = 2000

/** The captions of a clip, with its name. Throws `not-found` for a clip that does not exist or has none. */
export async function getCaptions(
  service: Service,
  profileId: string,
  clipId: string,
): Promise<{ readonly name: string; readonly captions: Captions }> {
  const { name, captions } = await service.db.ofProfile(profileId, (tx) => findClip(tx, profileId, clipId))
  if (captions === null) throw new CutroomError('not-found', 'The clip has no captions.')
  return { name, captions }
}

/**
 * Captions of a person: cues, or the text or the bytes of an SRT or WebVTT file. They come sorted and never two at a time. Throws `not-found`, `version-conflict`,
 * `captions-unreadable`, `field-invalid`.
 */
export const putCaptions = (
  service: Service,
  profileId: string,
  clipId: string,
  input: GivenCaptions,
): Promise<Clip> =>
  setCaptions(service, profileId, clipId, input.version, () => ({ origin: 'person', cues: cuesOf(input) }))

type GivenCaptions = NewCaptions | { readonly version: number; readonly file: Uint8Array }

function cuesOf(input: GivenCaptions): Cue[] {
  if ('cues' in input) return sequentialCues(input.cues ?? [])
  const cues = readCaptions('file' in input ? input.file : (input.text ?? ''))
  if (cues.length <= MOST_CUES) return cues
  throw new CutroomError(
    'field-invalid',
    `The captions have ${cues.length} cues; at most ${MOST_CUES} are allowed.`,
    { field: 'text', details: { value: cues.length, limit: MOST_CUES } },
  )
}

/** Throws `not-found`, `version-conflict`. */
export const deleteCaptions = (
  service: Service,
  profileId: string,
  clipId: string,
  version: number,
): Promise<Clip> => setCaptions(service, profileId, clipId, version, () => null)

const setCaptions = (
  service: Service,
  profileId: string,
  clipId: string,
  version: number,
  captions: () => Captions | null,
): Promise<Clip> =>
  service.db.ofProfile(profileId, async (tx) => {
    const row = await lockClip(tx, profileId, clipId)
    checkVersion(row, version)
    // Read only now: what is not there is missing, whatever was sent for it.
    return (await changeContent(tx, row, { captions: captions() })).answer
  })
