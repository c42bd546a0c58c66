import type { ClipCut } from '@cutroom/contracts'

/** What of a clip's cut decides its pictures. `focus` is where a person put it. */
export type ShownCut = Pick<ClipCut, 'sourceId' | 'start' | 'end' | 'focus'>

export const shownCut = ({ sourceId, start, end, focus }: ShownCut): ShownCut => ({
  ...{ sourceId, start, end },
  ...(focus && { focus }),
})
