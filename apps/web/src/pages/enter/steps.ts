/** What a brand has so far. */
interface Progress {
  readonly hasSource: boolean
  readonly hasClip: boolean
  readonly hasVoice: boolean
}

export const STEPS = [
  { id: 'footage', label: 'Add footage', section: 'sources' },
  { id: 'variants', label: 'Make variants', section: 'projects' },
  { id: 'voice', label: 'Give it a voice', section: 'clips' },
  { id: 'export', label: 'Export', section: 'clips' },
] as const
type StepId = (typeof STEPS)[number]['id']

/** Which steps a brand that has exported nothing yet has done, and which is next. */
export function stepsOf({ hasSource, hasClip, hasVoice }: Progress): {
  readonly done: ReadonlySet<StepId>
  readonly next: StepId
} {
  const facts = { footage: hasSource || hasClip, variants: hasClip, voice: hasVoice, export: false }
  const done = new Set(STEPS.map(({ id }) => id).filter((id) => facts[id]))
  return { done, next: STEPS.find(({ id }) => !done.has(id))?.id ?? 'export' }
}
