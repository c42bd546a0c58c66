import { createHash } from 'node:crypto'
import { CutroomError } from '@cutroom/contracts'

/** One brand, as every function of the domain wants it. */
export interface Profile {
  /** UUID in lower case: the only form in which a profile ever becomes part of a path. */
  readonly id: string
  readonly name: string
}

/** RFC 9562 namespace of profile names; an arbitrary constant, never to be changed. */
const NAMESPACE = '5b0c9c3e-55b4-4c0a-9d6f-0f2b7c6a4e11'
const MAX_NAME = 64

/**
 * The profile that a name stands for: its id is a version 5 UUID of the name, so that the same name means the same brand on
 * every run and on every machine. Throws `field-invalid`, naming `field`, for a name that is empty, too long or holds control characters.
 */
export function profileOfName(input: string, field = 'profile'): Profile {
  const name = input.normalize('NFC').trim()
  if (name === '' || name.length > MAX_NAME || /\p{C}/u.test(name)) {
    throw new CutroomError('field-invalid', `A profile's name has 1 to ${MAX_NAME} printable characters.`, {
      field,
    })
  }
  const digest = createHash('sha1')
    .update(Buffer.from(NAMESPACE.replaceAll('-', ''), 'hex'))
    .update(name)
    .digest()
  digest.writeUInt8((digest.readUInt8(6) & 0x0f) | 0x50, 6)
  digest.writeUInt8((digest.readUInt8(8) & 0x3f) | 0x80, 8)
  const hex = digest.toString('hex')
  const id = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20, 32),
  ].join('-')
  return { id, name }
}
