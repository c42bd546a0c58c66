import { useNavigate, useSearch } from '@tanstack/react-router'

/** A part of the address behind `?`, which a reload and the way back keep. Empty where it is not there. */
export function useAddress(name: string): readonly [value: string, set: (value: string) => void] {
  const search = useSearch({ strict: false }) as Record<string, unknown>
  const navigate = useNavigate()
  const value = search[name] === undefined ? '' : String(search[name])
  const set = (next: string) =>
    void navigate({
      to: '.',
      search: (before: Record<string, unknown>) => ({ ...before, [name]: next === '' ? undefined : next }),
      replace: true,
      resetScroll: false,
    })
  return [value, set]
}
