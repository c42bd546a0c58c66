import { sessionQuery, studioQueries } from '../../app/session.ts'
import type { Profile } from '../../app/studio.tsx'

/** Shows a brand as the server answered it, everywhere at once. */
export function keepProfile(changed: Profile): void {
  studioQueries.setQueryData(sessionQuery.queryKey, (session) =>
    session
      ? { ...session, profiles: session.profiles.map((known) => (known.id === changed.id ? changed : known)) }
      : session,
  )
}
