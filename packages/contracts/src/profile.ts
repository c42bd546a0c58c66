import { z } from 'zod'
import { captionStyleIdSchema } from './captions.ts'
import { idSchema, momentSchema } from './page.ts'

/** What new projects and clips of a profile start with. */
export const profileDefaultsSchema = z.object({
  voice: z.string().min(1).max(100),
  captionStyle: captionStyleIdSchema.nullable().describe('`null` burns no captions in.'),
  preset: z.string().min(1).max(40),
  duration: z.number().min(1.5).max(600).describe('Seconds.'),
})
export type ProfileDefaults = z.infer<typeof profileDefaultsSchema>

/** What a profile may take of the machine. `null` sets no limit. */
export const profileLimitsSchema = z.object({
  jobsAtOnce: z.int().min(1).max(64).describe('Jobs that run at once.'),
  scratchBytes: z.int().min(0).nullable(),
  storageBytes: z.int().min(0).nullable(),
  monthlySpendMicros: z
    .int()
    .min(0)
    .nullable()
    .describe('Millionths of a US dollar per calendar month (UTC), for voices that cost money.'),
})
export type ProfileLimits = z.infer<typeof profileLimitsSchema>

/** A brand. */
export const profileSchema = z
  .object({
    id: idSchema,
    name: z.string(),
    description: z.string(),
    colour: z.string().describe('`#rrggbb`.'),
    logoVersion: z
      .string()
      .nullable()
      .describe(
        'Changes with the logo, for what keeps pictures by their address; `null` where there is none.',
      ),
    defaults: profileDefaultsSchema,
    limits: profileLimitsSchema,
    isDefault: z.boolean().describe('Used where a request names none; it cannot be deleted.'),
    createdAt: momentSchema,
  })
  .meta({ id: 'Profile' })
export type Profile = z.infer<typeof profileSchema>

const nameSchema = z.string().min(1).max(64).describe('Unique, upper and lower case being the same.')
const descriptionSchema = z.string().max(2000)
const colourSchema = z.string().regex(/^#[0-9a-f]{6}$/i)
const someDefaultsSchema = z.strictObject(profileDefaultsSchema.shape).partial()
const someLimitsSchema = z.strictObject(profileLimitsSchema.shape).partial()

export const newProfileSchema = z
  .strictObject({
    name: nameSchema,
    description: descriptionSchema.optional(),
    colour: colourSchema.optional(),
    defaults: someDefaultsSchema.optional(),
    limits: someLimitsSchema.optional(),
  })
  .meta({ id: 'NewProfile' })

/** What is not named stays as it is. */
export const profileChangeSchema = newProfileSchema
  .partial()
  .meta({ id: 'ProfileChange', description: 'Limits are for owners.' })

export const profilesSchema = z.object({ items: z.array(profileSchema) }).meta({ id: 'ProfileList' })
