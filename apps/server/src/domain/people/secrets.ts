import { createHash, randomBytes } from 'node:crypto'

/** What a secret is for; its first characters say so, so that one that leaked is known for what it is. */
const PREFIXES = { key: 'cut_', session: 'cuts_', link: 'cutl_' } as const
export type SecretKind = keyof typeof PREFIXES

/** 256 random bits, which nobody guesses. */
export const newSecret = (kind: SecretKind): string => PREFIXES[kind] + randomBytes(32).toString('base64url')

export const isSecret = (kind: SecretKind, text: string): boolean =>
  text.startsWith(PREFIXES[kind]) && text.length < 100

/** What is stored of a secret: it is random and long, so a plain hash cannot be turned back. */
export const hashSecret = (secret: string): string => createHash('sha256').update(secret).digest('hex')
