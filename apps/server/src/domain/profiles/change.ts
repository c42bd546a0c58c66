import { randomUUID } from 'node:crypto'
import {
  CutroomError,
  type newProfileSchema,
  PRESETS,
  type Profile as ProfileAnswer,
  type ProfileDefaults,
  type ProfileLimits,
  presetUnknown,
  type profileChangeSchema,
} from '@cutroom/contracts'
import { resolveVoice } from '@cutroom/speech'
import type { z } from 'zod'
import type { Tx } from '../../db/database.ts'
import { and, eq, isNull, ne, sql } from '../../db/drizzle.ts'
import { takeLock } from '../../db/locks.ts'
import { appendEvent } from '../../db/queries/events.ts'
import { profiles } from '../../db/schema/profiles.ts'
import { presets } from '../../db/schema/projects.ts'
import { cancelJobs } from '../jobs.ts'
import type { Caller } from '../people/caller.ts'
import { profileOfName } from '../profile.ts'
import type { Service } from '../service.ts'
import { answerOf, type ProfileRow, profileNotFound } from './profiles.ts'

type ProfileChange = z.infer<typeof profileChangeSchema>

/** What a profile starts with where nothing else is said. */
const PROFILE_DEFAULTS: ProfileDefaults = {
  voice: 'espeak:en-us',
  captionStyle: 'highlight',
  preset: 'reels',
  duration: 20,
}
const PROFILE_LIMITS: ProfileLimits = {
  jobsAtOnce: 2,
  scratchBytes: null,
  storageBytes: null,
  monthlySpendMicros: null,
}
const COLOUR = '#4f46e5'

/**
 * Makes a profile; the first of a studio is its default. Its id is the one that its name stands for, where that was never used.
 * Throws `conflict` for a name that is taken, `field-invalid`, `voice-unknown`, `preset-unknown`.
 */
export async function createProfile(
  service: Service,
  input: z.infer<typeof newProfileSchema>,
): Promise<ProfileAnswer> {
  const { id: named, name } = profileOfName(input.name, 'name')
  await checkVoice(service, input.defaults)
  return service.db.shared(async (tx) => {
    await takeLock(tx, 'profiles')
    checkPreset(input.defaults?.preset, [])
    const used = await tx.select({ id: profiles.id }).from(profiles).where(eq(profiles.id, named))
    const others = await tx.select({ id: profiles.id }).from(profiles).where(eq(profiles.isDefault, true))
    const [row] = await tx
      .insert(profiles)
      .values({
        id: used.length === 0 ? named : randomUUID(),
        name,
        description: input.description ?? '',
        colour: input.colour ?? COLOUR,
        defaults: merge(PROFILE_DEFAULTS, input.defaults),
        limits: merge(PROFILE_LIMITS, input.limits),
        isDefault: others.length === 0,
      })
      .onConflictDoNothing()
      .returning()
    if (row === undefined) throw nameTaken(name)
    return answerOf(row)
  })
}

/**
 * Changes a profile; its id stays, whatever its name. Throws `forbidden` where limits are changed by who is no owner, `conflict` for
 * a name that is taken, `field-invalid`, `voice-unknown`, `preset-unknown`, `not-found`.
 */
export async function changeProfile(
  service: Service,
  caller: Caller,
  id: string,
  change: ProfileChange,
): Promise<ProfileAnswer> {
  if (change.limits !== undefined && caller.role !== 'owner')
    throw new CutroomError('forbidden', 'Only an owner may change the limits of a profile.', {
      field: 'limits',
    })
  const name = change.name === undefined ? undefined : profileOfName(change.name, 'name').name
  await checkVoice(service, change.defaults)
  return service.db.ofProfile(id, async (tx) => {
    await takeLock(tx, 'profiles')
    const { defaults, limits } = await livingRow(tx, id)
    const own = await tx.select({ id: presets.id }).from(presets).where(eq(presets.profileId, id))
    checkPreset(change.defaults?.preset, own)
    if (name !== undefined && (await isTaken(tx, name, id))) throw nameTaken(name)
    const { description, colour } = change
    return update(tx, id, {
      ...(name !== undefined && { name }),
      ...(description !== undefined && { description }),
      ...(colour !== undefined && { colour }),
      defaults: merge(defaults, change.defaults),
      limits: merge(limits, change.limits),
    })
  })
}

/** Makes a profile the one that is taken where a request names none. Throws `not-found`. */
export async function setDefaultProfile({ db }: Service, id: string): Promise<ProfileAnswer> {
  const { former, answer } = await db.ofProfile(id, async (tx) => {
    await takeLock(tx, 'profiles')
    await livingRow(tx, id)
    const former = await tx
      .update(profiles)
      .set({ isDefault: false })
      .where(and(eq(profiles.isDefault, true), ne(profiles.id, id)))
      .returning({ id: profiles.id })
    return { former, answer: await update(tx, id, { isDefault: true }) }
  })
  // Only a transaction of its own can tell a profile's followers.
  for (const { id: formerId } of former)
    await db.ofProfile(formerId, async (tx) => {
      const row = await findLiving(tx, formerId)
      if (row !== null) await tell(tx, row)
    })
  return answer
}

/**
 * Deletes a profile: from now on it is gone for everybody, and its jobs are being cancelled. Its rows, files and scratch follow
 * (`purge.ts`). Throws `conflict` for the default one, `not-found`.
 */
export async function deleteProfile(service: Service, id: string): Promise<void> {
  await service.db.ofProfile(id, async (tx) => {
    await takeLock(tx, 'profiles')
    const { isDefault } = await livingRow(tx, id)
    if (isDefault)
      throw new CutroomError('conflict', 'The default profile cannot be deleted.', {
        remedy: 'Make another profile the default first.',
      })
    await tx.update(profiles).set({ deletedAt: sql`now()` }).where(eq(profiles.id, id))
    await appendEvent(tx, id, { type: 'profile', subjectId: id, data: { id, deleted: true } })
  })
  await cancelJobs(service, id)
}

/** Changes the row and tells of it. */
export async function update(
  tx: Tx,
  id: string,
  change: Partial<typeof profiles.$inferInsert>,
): Promise<ProfileAnswer> {
  const [row] = await tx.update(profiles).set(change).where(eq(profiles.id, id)).returning()
  if (row === undefined) throw profileNotFound()
  return tell(tx, row)
}

async function tell(tx: Tx, row: ProfileRow): Promise<ProfileAnswer> {
  const answer = answerOf(row)
  await appendEvent(tx, row.id, { type: 'profile', subjectId: row.id, data: answer })
  return answer
}

async function findLiving(tx: Tx, id: string): Promise<ProfileRow | null> {
  const [row] = await tx
    .select()
    .from(profiles)
    .where(and(eq(profiles.id, id), isNull(profiles.deletedAt)))
  return row ?? null
}

async function livingRow(tx: Tx, id: string): Promise<ProfileRow> {
  const row = await findLiving(tx, id)
  if (row === null) throw profileNotFound()
  return row
}

async function isTaken(tx: Tx, name: string, ownId: string): Promise<boolean> {
  const sameName = and(isNull(profiles.deletedAt), eq(sql`lower(${profiles.name})`, sql`lower(${name})`))
  const rows = await tx.select({ id: profiles.id }).from(profiles).where(sameName)
  return rows.some(({ id }) => id !== ownId)
}

const nameTaken = (name: string): CutroomError =>
  new CutroomError('conflict', `There is a profile named ${JSON.stringify(name)} already.`, { field: 'name' })

/** What is not named stays. JSON, where changes come from, knows no `undefined`. */
const merge = <T extends object>(
  base: T,
  change: { readonly [K in keyof T]?: T[K] | undefined } | undefined,
): T => ({ ...base, ...(change as Partial<T>) })

async function checkVoice(service: Service, defaults: ProfileChange['defaults']): Promise<void> {
  if (defaults?.voice !== undefined) await resolveVoice(defaults.voice, service.studio.speech)
}

function checkPreset(id: string | undefined, own: readonly { readonly id: string }[]): void {
  const known = [...PRESETS, ...own].map((preset) => preset.id)
  if (id === undefined || known.includes(id)) return
  throw presetUnknown(id, known, 'defaults.preset')
}
