import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { type Api, ask } from '../../../api/client.ts'

export const voicesQuery = (api: Api) =>
  queryOptions({
    queryKey: ['voices'],
    queryFn: ({ signal }) => ask(api.GET('/voices', { signal })),
    staleTime: 600_000,
  })

/** What it would cost to have a text spoken, and how long it would be. Nothing is bought. */
export const quoteQuery = (api: Api, voice: string, text: string) =>
  queryOptions({
    queryKey: ['voice-quote', voice, text],
    queryFn: ({ signal }) => ask(api.POST('/voices/quote', { body: { voice, text }, signal })),
    placeholderData: keepPreviousData,
  })

/** A value once it has not changed for a while. */
export function useSettled<T>(value: T, milliseconds: number): T {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), milliseconds)
    return () => clearTimeout(timer)
  }, [value, milliseconds])
  return settled
}
