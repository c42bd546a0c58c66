import { CutroomError, isId } from '@cutroom/contracts'
import { z } from 'zod'

/** Ids in paths are any text to the validator: a malformed one is missing like any other, `404` and not `422`. */
export const idParams = z.object({ id: z.string().describe('Id of the thing.') })

const missing = (what: string): CutroomError =>
  new CutroomError('not-found', `There is no ${what} of that id.`)

/** The UUID of a path. Throws `not-found` for anything else. */
export function idParam(id: string, what: string): string {
  if (!isId(id)) throw missing(what)
  return id
}

/** The id of a source of a path. Throws `not-found` for anything else. */
export function sourceIdParam(id: string): string {
  if (!/^[0-9a-f]{64}$/.test(id)) throw missing('source')
  return id
}

/** A request about the thing of its path. */
export interface AboutOne {
  readonly profile: { readonly id: string }
  readonly params: { readonly id: string }
}

/** The profile of a request and the thing of its path. Throws `not-found` for what is no id. */
export const placeOf = ({ profile, params }: AboutOne, what: string): [profileId: string, id: string] => [
  profile.id,
  idParam(params.id, what),
]

export const clipPlace = (request: AboutOne) => placeOf(request, 'clip')
