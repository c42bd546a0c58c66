import type { Clip } from '../../data/clips.ts'

/** `made`: there is an export of the clip as it is; `stale`: there is one, and the clip or its words have changed since. */
export type PairState = 'new' | 'stale' | 'made'

/** A file that is wanted. */
export interface Wish {
  readonly clipId: string
  readonly presetId: string
}

/** A clip for a preset: one file. */
export interface Pair extends Wish {
  readonly lengthSeconds: number
  readonly state: PairState
  /** The newest export of it. */
  readonly exportId: string | null
}

export type PlannedClip = Pick<Clip, 'id' | 'name' | 'lengthSeconds' | 'exports'>

/** Whether a clip has words to say that no voice says as they are now: it cannot be exported. */
export const isUnspoken = ({ script, voiceover }: Pick<Clip, 'script' | 'voiceover'>): boolean =>
  voiceover === null ? script.trim() !== '' : voiceover.stale

/** Every clip for every preset, clip by clip. */
export const pairsOf = (clips: readonly PlannedClip[], presetIds: readonly string[]): Pair[] =>
  clips.flatMap((clip) =>
    presetIds.map((presetId) => {
      const newest = clip.exports.find((made) => made.presetId === presetId)
      const state = newest === undefined ? 'new' : newest.stale ? 'stale' : 'made'
      return {
        clipId: clip.id,
        lengthSeconds: clip.lengthSeconds,
        presetId,
        state,
        exportId: newest?.id ?? null,
      }
    }),
  )

/** The server takes so many clips times presets with one request. */
const MOST_ORDERED = 200

interface Request {
  readonly clipIds: string[]
  readonly presetIds: string[]
}

/** The requests that order exactly these files: clips that want the same presets together. */
export function requestsFor(wishes: readonly Wish[]): Request[] {
  const presetsOf = new Map<string, string[]>()
  for (const { clipId, presetId } of wishes) {
    const wanted = presetsOf.get(clipId)
    if (wanted) wanted.push(presetId)
    else presetsOf.set(clipId, [presetId])
  }
  const groups = new Map<string, Request>()
  for (const [clipId, presetIds] of presetsOf) {
    const key = presetIds.join()
    const group = groups.get(key)
    if (group) group.clipIds.push(clipId)
    else groups.set(key, { clipIds: [clipId], presetIds })
  }
  return [...groups.values()].flatMap(({ clipIds, presetIds }) => {
    const most = Math.max(1, Math.floor(MOST_ORDERED / presetIds.length))
    const parts: Request[] = []
    for (let from = 0; from < clipIds.length; from += most)
      parts.push({ clipIds: clipIds.slice(from, from + most), presetIds })
    return parts
  })
}
