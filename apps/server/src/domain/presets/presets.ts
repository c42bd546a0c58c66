import { CutroomError, type ListedPreset, PRESETS, type Preset, presetUnknown } from '@cutroom/contracts'
import type { Tx } from '../../db/database.ts'
import { and, asc, eq } from '../../db/drizzle.ts'
import { appendEvent } from '../../db/queries/events.ts'
import { presets } from '../../db/schema/projects.ts'
import type { ProfileRow } from '../profiles/profiles.ts'
import type { Service } from '../service.ts'

/** More than anybody tells apart. */
const MOST_OWN = 100

const BUILT_IN = new Map(PRESETS.map((preset) => [preset.id, preset]))

/** The built-in presets, then the profile's own by id. */
export const listPresets = (service: Service, profileId: string): Promise<ListedPreset[]> =>
  service.db.ofProfile(profileId, async (tx) =>
    [...(await presetsById(tx, profileId)).values()].map((preset) => ({
      ...preset,
      builtIn: BUILT_IN.has(preset.id),
    })),
  )

/** All presets that a profile can use. */
export async function presetsById(tx: Tx, profileId: string): Promise<ReadonlyMap<string, Preset>> {
  const own = await tx
    .select({ id: presets.id, preset: presets.preset })
    .from(presets)
    .where(eq(presets.profileId, profileId))
    .orderBy(asc(presets.id))
  return new Map([...BUILT_IN, ...own.map(({ id, preset }) => [id, preset] as const)])
}

/** Throws `preset-unknown`, naming those that there are. */
export async function findPreset(tx: Tx, profileId: string, presetId: string): Promise<Preset> {
  const known = await presetsById(tx, profileId)
  const preset = known.get(presetId)
  if (preset !== undefined) return preset
  throw presetUnknown(presetId, known.keys(), 'presetId')
}

/** Throws `conflict` where the id is taken, be it by a built-in preset, or where there are too many. */
export const createPreset = (service: Service, profileId: string, preset: Preset): Promise<ListedPreset> =>
  service.db.ofProfile(profileId, async (tx) => {
    const known = await presetsById(tx, profileId)
    if (known.size - BUILT_IN.size >= MOST_OWN)
      throw new CutroomError('conflict', `A profile has at most ${MOST_OWN} presets of its own.`)
    const [row] = BUILT_IN.has(preset.id)
      ? []
      : await tx
          .insert(presets)
          .values({ profileId, id: preset.id, preset })
          .onConflictDoNothing()
          .returning()
    if (row !== undefined) return tellOfPreset(tx, profileId, row.preset)
    throw new CutroomError('conflict', `There is a preset ${JSON.stringify(preset.id)} already.`, {
      field: 'id',
    })
  })

/** Replaces a preset of the profile's own; exports that were made with it are stale from then on. Throws `not-found`, `conflict`. */
export const replacePreset = (
  service: Service,
  profileId: string,
  presetId: string,
  content: Omit<Preset, 'id'>,
): Promise<ListedPreset> =>
  service.db.ofProfile(profileId, async (tx) => {
    refuseBuiltIn(presetId, 'changed')
    const preset = { ...content, id: presetId }
    const [row] = await tx
      .update(presets)
      .set({ preset })
      .where(own(profileId, presetId))
      .returning({ preset: presets.preset })
    if (row === undefined) throw presetNotFound()
    return tellOfPreset(tx, profileId, row.preset)
  })

/** Throws `not-found`, or `conflict` for a built-in preset and for the profile's default. */
export const deletePreset = (service: Service, profile: ProfileRow, presetId: string): Promise<void> =>
  service.db.ofProfile(profile.id, async (tx) => {
    refuseBuiltIn(presetId, 'deleted')
    const [row] = await tx.delete(presets).where(own(profile.id, presetId)).returning({ id: presets.id })
    if (row === undefined) throw presetNotFound()
    if (profile.defaults.preset === presetId) {
      throw new CutroomError('conflict', 'The preset is the default of the profile.', {
        remedy: 'Choose another default first.',
      })
    }
    const data = { id: presetId, deleted: true }
    await appendEvent(tx, profile.id, { type: 'preset', subjectId: presetId, data })
  })

/** Tells of a preset of the profile's own; to be called last in a transaction. Returns it as the API shows it. */
async function tellOfPreset(tx: Tx, profileId: string, preset: Preset): Promise<ListedPreset> {
  const data = { ...preset, builtIn: false }
  await appendEvent(tx, profileId, { type: 'preset', subjectId: preset.id, data })
  return data
}

const own = (profileId: string, presetId: string) =>
  and(eq(presets.profileId, profileId), eq(presets.id, presetId))

const presetNotFound = () => new CutroomError('not-found', 'There is no such preset.')

function refuseBuiltIn(presetId: string, done: string): void {
  if (!BUILT_IN.has(presetId)) return
  throw new CutroomError(
    'conflict',
    `The preset ${JSON.stringify(presetId)} comes with Cutroom and cannot be ${done}.`,
  )
}
