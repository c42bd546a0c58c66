import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useStudio } from '../../../app/studio.tsx'
import { quoteQuery } from '../../../data/voices.ts'
import { useDebounced } from '../../../ui/use-debounced.ts'

export type QuoteOf = ReturnType<typeof useQuote>

/** How long a script is when it is spoken, and what that costs; asked for once it stands still for a moment. */
export function useQuote(script: string, voice: string) {
  const { api } = useStudio()
  const text = useDebounced(script)
  const { data, error, isPlaceholderData, refetch } = useQuery({
    ...quoteQuery(api, text, voice),
    enabled: text.trim() !== '',
    placeholderData: keepPreviousData,
  })
  return {
    quote: data,
    /** Whether it is that of the script and the voice as they are now. */
    isNow: data !== undefined && !isPlaceholderData && text === script,
    error,
    refetch,
  }
}
