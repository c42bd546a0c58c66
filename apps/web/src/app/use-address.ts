import { useNavigate, useSearch } from '@tanstack/react-router'
import type { AddressText } from './searches.ts'

/**
 * A text of the address behind `?`, which a reload keeps. Empty where it is not there. The way back skips what it was before, unless it is
 * `pushed`.
 */
export function useAddress(
  name: AddressText,
): readonly [value: string, set: (value: string, how?: 'replaced' | 'pushed') => void] {
  const { [name]: value = '' } = useSearch({ strict: false })
  const navigate = useNavigate()
  const set = (next: string, how: 'replaced' | 'pushed' = 'replaced') =>
    void navigate({
      to: '.',
      search: (before: Record<string, unknown>) => ({ ...before, [name]: next === '' ? undefined : next }),
      replace: how === 'replaced',
      resetScroll: false,
    })
  return [value, set]
}
