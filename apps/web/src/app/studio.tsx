import { QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { createContext, type ReactNode, use, useEffect, useMemo } from 'react'
import { type Api, createApi, fileUrl, type Schemas } from '../api/client.ts'
import { ApiError } from '../api/problem.ts'
import { followEvents } from '../data/live.ts'
import { clearToasts } from '../ui/toasts.tsx'
import { reloadSession, type Session } from './session.ts'

export type Profile = Schemas['Profile']

/** What a page needs to work for the profile whose it is. */
export interface Studio {
  readonly profile: Profile
  readonly api: Api
  /** The address of a file of this profile: `file('/clips/…/thumbnail', { v: version })`. */
  readonly file: (place: string, query?: Readonly<Record<string, string | number>>) => string
  /** Whether this person may change the profile's limits and its people. */
  readonly isOwner: boolean
  readonly session: Session
}

const StudioContext = createContext<Studio | null>(null)

export function useStudio(): Studio {
  const studio = use(StudioContext)
  if (studio === null) throw new Error('This is used outside of a profile.')
  return studio
}

const MOST_TRIES = 2

/** Answers of one profile alone: each profile gets a cache of its own, which goes with it. */
function createQueries(): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({
      onError: (error) => {
        // The session has ended: the frame leads to the door.
        if (error instanceof ApiError && error.code === 'unauthenticated') void reloadSession()
      },
    }),
    defaultOptions: {
      queries: {
        // The event stream tells what changes.
        staleTime: 30_000,
        retry: (failures, error) =>
          failures < MOST_TRIES && error instanceof ApiError && (error.status === 0 || error.status >= 429),
      },
    },
  })
}

/** Everything below is about one profile. `key` it by the profile, so that another one starts from nothing. */
export function StudioOf({
  profile,
  session,
  children,
}: {
  readonly profile: Profile
  readonly session: Session
  readonly children: ReactNode
}) {
  const queries = useMemo(createQueries, [])
  const profileId = profile.id
  const studio = useMemo<Studio>(
    () => ({
      profile,
      session,
      api: createApi(profileId),
      file: (place, query) => fileUrl(profileId, place, query),
      isOwner: session.role === 'owner',
    }),
    [profile, profileId, session],
  )
  useEffect(() => {
    const stop = followEvents(profileId, queries, { onProfile: () => void reloadSession() })
    return () => {
      stop()
      queries.clear()
      clearToasts()
    }
  }, [profileId, queries])
  return (
    <QueryClientProvider client={queries}>
      <StudioContext value={studio}>{children}</StudioContext>
    </QueryClientProvider>
  )
}
