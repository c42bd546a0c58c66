import { z } from 'zod'
import { idSchema, momentSchema } from './page.ts'
import { profileSchema } from './profile.ts'

/** An owner reaches every profile and manages people, keys and limits; a member reaches the profiles that it was given. */
const roleSchema = z.enum(['owner', 'member'])

const emailSchema = z.email().max(254).describe('Upper and lower case are the same.')
/** Any characters. */
const passwordSchema = z.string().min(10).max(200)
const personNameSchema = z.string().trim().max(100)
const profileIdsSchema = z.array(idSchema).max(1000)
/** Of a link or a cookie. */
const tokenSchema = z.string().min(1).max(200)

/** Somebody who can sign in. */
export const personSchema = z
  .object({
    id: idSchema,
    email: z.string(),
    name: z.string(),
    role: roleSchema,
    profileIds: z
      .array(idSchema)
      .describe('The profiles that a member reaches; empty for an owner, who reaches all.'),
    createdAt: momentSchema,
  })
  .meta({ id: 'Person' })
export type Person = z.infer<typeof personSchema>

export const peopleSchema = z.object({ items: z.array(personSchema) }).meta({ id: 'People' })

export const personChangeSchema = z
  .strictObject({ name: personNameSchema, role: roleSchema, profileIds: profileIdsSchema })
  .partial()
  .meta({ id: 'PersonChange' })

/** What a person will be who takes up an invitation. */
export const newInvitationSchema = z
  .strictObject({
    role: roleSchema,
    profileIds: profileIdsSchema.default([]).describe('The profiles that a member will reach.'),
  })
  .meta({ id: 'NewInvitation' })

export const invitationSchema = z
  .object({
    id: idSchema,
    role: roleSchema,
    profileIds: z.array(idSchema),
    createdAt: momentSchema,
    expiresAt: momentSchema,
  })
  .meta({ id: 'Invitation' })
export type Invitation = z.infer<typeof invitationSchema>

export const invitationsSchema = z.object({ items: z.array(invitationSchema) }).meta({ id: 'Invitations' })

export const createdInvitationSchema = invitationSchema
  .extend({ token: z.string().describe('Shown this once; whoever has it can take the invitation up, once.') })
  .meta({ id: 'CreatedInvitation' })

/** Takes up a one-time link as a new person. */
export const newPersonSchema = z
  .strictObject({
    token: tokenSchema,
    email: emailSchema,
    password: passwordSchema,
    name: personNameSchema.default(''),
  })
  .meta({ id: 'NewPerson' })

export const passwordResetSchema = z
  .strictObject({ token: tokenSchema, password: passwordSchema })
  .meta({ id: 'PasswordReset' })

export const signInSchema = z
  .strictObject({ email: z.string().min(1).max(254), password: z.string().min(1).max(200) })
  .meta({ id: 'SignIn' })

export const passwordChangeSchema = z
  .strictObject({ current: z.string().min(1).max(200), password: passwordSchema })
  .meta({ id: 'PasswordChange' })

/** Who asks, and what they reach. */
export const sessionSchema = z
  .object({
    kind: z
      .enum(['person', 'key', 'local'])
      .describe('`local`: the server asks nobody who they are, and listens to this machine only.'),
    person: personSchema.nullable(),
    role: roleSchema,
    access: z.enum(['read', 'write']),
    profiles: z.array(profileSchema),
    defaultProfileId: idSchema
      .nullable()
      .describe('Used where a request names none; `null` where none is reached.'),
  })
  .meta({ id: 'Session' })
export type Session = z.infer<typeof sessionSchema>
