import type { Session } from '@cutroom/contracts'
import { listProfiles } from '../profiles/profiles.ts'
import type { Service } from '../service.ts'
import type { Caller } from './caller.ts'
import { getPerson } from './people.ts'

/** A caller as it is told who it is and what it reaches. */
export async function describeCaller(service: Service, caller: Caller): Promise<Session> {
  const { items: profiles } = await listProfiles(service, caller)
  return {
    kind: caller.kind,
    person: caller.kind === 'person' ? await getPerson(service.db, caller.id) : null,
    role: caller.role,
    access: caller.access,
    profiles,
    defaultProfileId: profiles[0]?.id ?? null,
  }
}
