import { queryOptions } from '@tanstack/react-query'
import type { Schemas } from '../api/client.ts'
import { type Api, ask } from '../api/client.ts'

export type Voice = Schemas['Voice']

/** Every voice that can be used; they change with the server's settings only. */
export const voicesQuery = (api: Api) =>
  queryOptions({
    queryKey: ['voices'],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async ({ signal }) => (await ask(api.GET('/voices', { signal }))).items,
  })

/** How long a text is when spoken, and what it costs before anything is bought. */
export const quoteQuery = (api: Api, text: string, voice: string) =>
  queryOptions({
    queryKey: ['quote', voice, text],
    queryFn: ({ signal }) => ask(api.POST('/voices/quote', { body: { text, voice }, signal })),
  })
