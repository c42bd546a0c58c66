import { QueryClient, queryOptions } from '@tanstack/react-query'
import { ask, createApi, onSessionEnd, type Schemas } from '../api/client.ts'
import { ApiError } from '../api/problem.ts'
import { forgetWork, keepFor, onTakenOver } from '../data/keepsakes.ts'

export type Session = Schemas['Session']

/** What is about no single profile: who is signed in, and which profiles they reach. */
export const studioApi = createApi(null)
export const studioQueries = new QueryClient({ defaultOptions: { queries: { staleTime: 60_000, retry: 1 } } })

studioApi.use(onSessionEnd(() => void reloadSession()))

/** The person of this page: it is for one. */
let personId: string | null = null
onTakenOver(() => location.reload())

/** The same session, for which this browser keeps things from now on. Another person than before gets a new page. */
async function known(session: Session): Promise<Session> {
  const id = session.person?.id ?? session.kind
  keepFor(id)
  if (personId !== null && personId !== id) {
    location.replace('/')
    await new Promise(() => {})
  }
  personId = id
  return session
}

/** Who signed in; everything is asked anew by who they are. */
export async function enterAs(session: Session): Promise<void> {
  studioQueries.setQueryData(sessionQuery.queryKey, await known(session))
}

/** Who is signed in; `null` for nobody. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async (): Promise<Session | null> => {
    try {
      return await known(await ask(studioApi.GET('/session')))
    } catch (error) {
      if (error instanceof ApiError && error.code === 'unauthenticated') return null
      throw error
    }
  },
})

/** After profiles or the person were changed. */
export const reloadSession = (): Promise<void> => studioQueries.invalidateQueries({ queryKey: ['session'] })

export async function signOut(): Promise<void> {
  await ask(studioApi.DELETE('/session'))
  forgetWork()
  // A new page: nothing of what was seen stays in memory.
  location.assign('/sign-in')
}
