import { queryOptions } from '@tanstack/react-query'
import { ask, type Schemas } from '../../api/client.ts'
import { studioApi } from '../../app/session.ts'

export type Person = Schemas['Person']
export type Invitation = Schemas['Invitation']
export type Key = Schemas['Key']

/** They belong to the studio and to no brand; no event tells of them. */
export const peopleQuery = queryOptions({
  queryKey: ['people'],
  staleTime: 0,
  queryFn: async ({ signal }) => (await ask(studioApi.GET('/people', { signal }))).items,
})

/** Those that can still be taken up. */
export const invitationsQuery = queryOptions({
  queryKey: ['invitations'],
  staleTime: 0,
  queryFn: async ({ signal }) => (await ask(studioApi.GET('/people/invitations', { signal }))).items,
})

/** Of programs; revoked ones included. */
export const keysQuery = queryOptions({
  queryKey: ['keys'],
  staleTime: 0,
  queryFn: async ({ signal }) => (await ask(studioApi.GET('/keys', { signal }))).items,
})

/** The names of brands, in the order of the studio; those that are gone are left out. */
export function namesOf(
  ids: readonly string[],
  profiles: readonly { readonly id: string; readonly name: string }[],
): string {
  const names = profiles.filter(({ id }) => ids.includes(id)).map(({ name }) => name)
  return names.length === 0 ? 'No brand' : names.join(', ')
}
