import { QueryClient, queryOptions } from '@tanstack/react-query'
import { ask, createApi, type Schemas } from '../api/client.ts'
import { ApiError } from '../api/problem.ts'

export type Session = Schemas['Session']

/** What is about no single profile: who is signed in, and which profiles they reach. */
export const studioApi = createApi(null)
export const studioQueries = new QueryClient({ defaultOptions: { queries: { staleTime: 60_000, retry: 1 } } })

/** Who is signed in; `null` for nobody. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async (): Promise<Session | null> => {
    try {
      return await ask(studioApi.GET('/session'))
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
  // A new page: nothing of what was seen stays in memory.
  location.assign('/sign-in')
}
