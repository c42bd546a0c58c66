import { useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback } from 'react'

export const TABS = ['script', 'captions', 'style', 'details'] as const
export type Tab = (typeof TABS)[number]

/** What of the editor's looks stands in its address. */
export interface EditorSearch {
  readonly tab?: Tab
  /** The preset whose frame is shown; without it, that of the brand. */
  readonly preset?: string
  readonly safe?: true
}

export const readEditorSearch = ({ tab, preset, safe }: Record<string, unknown>): EditorSearch => ({
  ...(TABS.includes(tab as Tab) && { tab: tab as Tab }),
  ...(typeof preset === 'string' && { preset }),
  ...(safe === true && { safe: true }),
})

/** The looks of the editor, and how they are changed: the address changes with them. */
export function useView() {
  const search = useSearch({ from: '/p/$profileId/clips/$clipId' })
  const navigate = useNavigate({ from: '/p/$profileId/clips/$clipId' })
  const change = useCallback(
    (next: EditorSearch) => void navigate({ search: next, replace: true, resetScroll: false }),
    [navigate],
  )
  return { search, change }
}
