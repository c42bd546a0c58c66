import { type Cuts, type Edge, secondsOf, startsOf } from './edit.ts'

/** What attracts the edge of a cut, as seconds to move it by: the playhead, shots of its source, and other cuts of the same source. */
export function snapPlaces(
  cuts: Cuts,
  index: number,
  edge: Edge,
  { playhead, shots }: { readonly playhead: number; readonly shots: readonly number[] },
): number[] {
  const cut = cuts[index]
  if (cut === undefined) return []
  const at = startsOf(cuts)[index] ?? 0
  const others = cuts.filter(({ sourceId }, other) => other !== index && sourceId === cut.sourceId)
  const neighbours = others.map(({ start, end }) => (edge === 'start' ? end : start))
  return [
    playhead - (edge === 'start' ? at : at + secondsOf(cut)),
    ...[...shots, ...neighbours].map((seconds) => seconds - cut[edge]),
  ]
}
