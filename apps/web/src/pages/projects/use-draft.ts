import { useState } from 'react'
import type { Schemas } from '../../api/client.ts'
import { useStudio } from '../../app/studio.tsx'
import { keepJson, keptJson } from '../../data/keepsakes.ts'

/** What the next variants of a project shall be, before they are ordered. */
export interface Draft {
  readonly count: number
  readonly from: 'sources' | 'segments'
  readonly order: 'in-order' | 'weighted' | 'shuffled'
  /** Whether clips may be shorter where the footage does not last. */
  readonly bestEffort: boolean
  readonly script: string
  /** `null`: that of the brand. */
  readonly voice: string | null
  /** `'brand'`: that of the brand; `null`: none. */
  readonly captionStyle: Schemas['Clip']['captionStyle'] | 'brand'
}

const FRESH: Draft = {
  ...{ count: 6, from: 'sources', order: 'in-order', bestEffort: false, script: '', voice: null },
  captionStyle: 'brand',
}

/** The draft of a project, kept in this browser: a reload loses nothing. */
export function useDraft(projectId: string): readonly [Draft, (changes: Partial<Draft>) => void] {
  const { profile } = useStudio()
  const key = `cutroom:draft:${profile.id}:${projectId}`
  const [draft, setDraft] = useState<Draft>(() => ({ ...FRESH, ...keptJson<Partial<Draft>>(key) }))
  const change = (changes: Partial<Draft>) => {
    const changed = { ...draft, ...changes }
    setDraft(changed)
    keepJson(key, changed)
  }
  return [draft, change]
}
