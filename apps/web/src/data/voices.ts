import { type QueryClient, queryOptions } from '@tanstack/react-query'
import { type Api, ask, type Schemas } from '../api/client.ts'

export type Voice = Schemas['Voice']

/** Every voice that can be used; they change with the server's settings only. */
export const voicesQuery = (api: Api) =>
  queryOptions({
    queryKey: ['voices'],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async ({ signal }) => (await ask(api.GET('/voices', { signal }))).items,
  })

/** A few words of a voice, as an address for players that must be revoked. */
export async function readSample(api: Api, voiceId: string): Promise<string> {
  const params = { path: { voiceId } }
  const bytes = await ask(api.GET('/voices/{voiceId}/sample', { params, parseAs: 'blob' }))
  return URL.createObjectURL(bytes as unknown as Blob)
}

/** How long a text is when spoken, and what that would cost. Nothing is bought. */
export const quoteQuery = (api: Api, text: string, voice: string) =>
  queryOptions({
    queryKey: ['quote', voice, text],
    queryFn: ({ signal }) => ask(api.POST('/voices/quote', { body: { text, voice }, signal })),
  })

/** What voices have cost the brand this month. Jobs buy them, so it is read anew whenever it is looked at. */
export const spendingQuery = (api: Api) =>
  queryOptions({
    queryKey: ['spending'],
    staleTime: 0,
    queryFn: ({ signal }) => ask(api.GET('/voices/spending', { signal })),
  })

/** After something was bought: what was bought once costs nothing. */
export const forgetQuotes = (queries: QueryClient): Promise<void> =>
  queries.invalidateQueries({ queryKey: ['quote'] })
