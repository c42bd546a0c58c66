/** What a brand has so far. */
export interface Progress {
  readonly hasSource: boolean
  readonly hasClip: boolean
  readonly hasVoice: boolean
  readonly hasExport: boolean
}

export const STEPS = [
  { id: 'footage', label: 'Add footage', section: 'sources' },
  { id: 'variants', label: 'Make variants', section: 'projects' },
  { id: 'voice', label: 'Give it a voice', section: 'clips' },
  { id: 'export', label: 'Export', section: 'clips' },
] as const
export type StepId = (typeof STEPS)[number]['id']

/** Which steps are done, and which is next; `null` where all are. Who exports without a voice needs none. */
export function stepsOf({ hasSource, hasClip, hasVoice, hasExport }: Progress): {
  readonly done: ReadonlySet<StepId>
  readonly next: StepId | null
} {
  const facts = {
    footage: hasSource || hasClip,
    variants: hasClip,
    voice: hasVoice || hasExport,
    export: hasExport,
  }
  const done = new Set(STEPS.map(({ id }) => id).filter((id) => facts[id]))
  return { done, next: STEPS.find(({ id }) => !done.has(id))?.id ?? null }
}
