import {
  type CaptionStyleId,
  type Captions,
  type Clip,
  type Cue,
  CutroomError,
  type NewCaptions,
} from '@cutroom/contracts'
import { frameSize, sequentialCues } from '@cutroom/media'
import { burntCaptions } from '../exports.ts'
import { findPreset } from '../presets/presets.ts'
import { servedNames } from '../render/fonts.ts'
import { readSources, shownCues } from '../render/load.ts'
import type { Service } from '../service.ts'
import { cuesOfFile } from './caption-file.ts'
import { changeContent } from './change.ts'
import { checkVersion, findClip, lockClip } from './rows.ts'

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

/** Captions as they are burnt in. */
export interface BurntCaptions {
  /** Of the clip. */
  readonly name: string
  readonly ass: string
  /** Names of the font files that they need, as `GET /fonts` lists them. */
  readonly fonts: readonly string[]
}

/**
 * The ASS script that a render of a clip for a preset burns in, or would in another style; without events for a clip that has no
 * captions or burns none. Throws `not-found`, `preset-unknown`, `field-invalid` for a safe area without room, `media-no-video`.
 */
export async function getBurntCaptions(
  service: Service,
  profileId: string,
  clipId: string,
  { presetId, style }: { readonly presetId: string; readonly style?: CaptionStyleId | undefined },
): Promise<BurntCaptions> {
  const { row, preset, first } = await service.db.ofProfile(profileId, async (tx) => {
    const row = await findClip(tx, profileId, clipId)
    const preset = await findPreset(tx, profileId, presetId)
    const shown = row.timeline.slice(0, 1).map(({ sourceId }) => sourceId)
    const [first] = (await readSources(tx, profileId, shown)).values()
    return { row, preset, first }
  })
  if (!first?.probe?.video)
    throw new CutroomError('media-no-video', `${first?.name ?? 'The first source'} holds no moving picture.`)
  const wanted = style ?? row.captionStyle
  const cues = wanted === null ? [] : shownCues(row)
  const frame = frameSize(preset, first.probe.video)
  const { ass, fonts } = burntCaptions(cues, wanted ?? 'plain', frame, preset)
  return { name: row.name, ass, fonts: await servedNames(fonts) }
}

/**
 * Captions of a person, unless they say that they came with the voice: cues, or the text or the bytes of an SRT or WebVTT file. They come sorted and never two at a time. Throws `not-found`, `version-conflict`,
 * `captions-unreadable`, `field-invalid`.
 */
export const putCaptions = (
  service: Service,
  profileId: string,
  clipId: string,
  input: GivenCaptions,
): Promise<Clip> =>
  setCaptions(service, profileId, clipId, input.version, () => ({
    origin: 'origin' in input ? input.origin : 'person',
    cues: cuesOf(input),
  }))

type GivenCaptions = NewCaptions | { readonly version: number; readonly file: Uint8Array }

function cuesOf(input: GivenCaptions): Cue[] {
  if ('cues' in input) return sequentialCues(input.cues ?? [])
  return cuesOfFile('file' in input ? input.file : (input.text ?? ''), 'text')
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
