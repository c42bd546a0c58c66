import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { createContext, type ReactNode, use, useEffect, useMemo } from 'react'
import { type Api, createApi, fileUrl, onSessionEnd, type Schemas, whileWanted } from '../api/client.ts'
import { ApiError } from '../api/problem.ts'
import { followEvents } from '../data/live.ts'
import { clearToasts } from '../ui/toasts.tsx'
import { reloadSession, type Session } from './session.ts'

export type Profile = Schemas['Profile']

/** What a page needs to work for the profile whose it is. */
export interface Studio {
  readonly profile: Profile
  /** Answers that come when the profile is not open any more reach nobody. */
  readonly api: Api
  /** The same for work that goes on until it is done, and tells nobody of it unless `isOpen`. */
  readonly lasting: Api
  readonly isOpen: () => boolean
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
const FIRST_RETRY_MS = 1000

/** Answers of one profile alone: each profile gets a cache of its own, which goes with it. */
function createQueries(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        // The event stream tells what changes.
        staleTime: 30_000,
        retry: (failures, error) => failures < MOST_TRIES && error instanceof ApiError && error.isPassing,
        retryDelay: (failures, error) =>
          Math.max(FIRST_RETRY_MS * 2 ** failures, error instanceof ApiError ? error.waitMs : 0),
      },
    },
  })
}

/** The API for the pages of a profile, and for what outlives them. */
function createApis(profileId: string) {
  let open = true
  const isOpen = () => open
  const api = createApi(profileId)
  const lasting = createApi(profileId)
  // The frame leads to the door.
  for (const one of [api, lasting]) one.use(onSessionEnd(() => isOpen() && void reloadSession()))
  api.use(whileWanted(isOpen))
  return {
    ...{ api, lasting, isOpen },
    setOpen(now: boolean): void {
      open = now
    },
  }
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
  const apis = useMemo(() => createApis(profileId), [profileId])
  const studio = useMemo<Studio>(
    () => ({
      profile,
      session,
      api: apis.api,
      lasting: apis.lasting,
      isOpen: apis.isOpen,
      file: (place, query) => fileUrl(profileId, place, query),
      isOwner: session.role === 'owner',
    }),
    [profile, profileId, session, apis],
  )
  useEffect(() => {
    apis.setOpen(true)
    const stop = followEvents(profileId, queries, { onProfile: () => void reloadSession() })
    return () => {
      apis.setOpen(false)
      stop()
      queries.clear()
      clearToasts()
    }
  }, [profileId, queries, apis])
  return (
    <QueryClientProvider client={queries}>
      <StudioContext value={studio}>{children}</StudioContext>
    </QueryClientProvider>
  )
}
