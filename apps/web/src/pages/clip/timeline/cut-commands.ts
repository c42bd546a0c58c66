import { useState } from 'react'
import type { Cut } from '../editor/content.ts'
import type { ClipEdits } from '../editor/edits.ts'
import type { Playback } from '../player/playback.ts'
import type { Focus } from '../player/shown.ts'
import {
  type Cuts,
  duplicate,
  type Edge,
  type Edited,
  type Grid,
  indexAt,
  insert,
  move,
  reframe,
  remove,
  replace,
  roll,
  secondsOf,
  split,
  startsOf,
  trim,
} from './edit.ts'

/** What can be done to the cuts of a clip; each is one step that can be undone. */
export interface CutCommands {
  /** Index of the cut that they are about: the selected one, else the one that is shown. */
  readonly target: () => number
  readonly split: () => void
  readonly remove: () => void
  readonly duplicate: () => void
  /** By so many places. */
  readonly moveBy: (places: number) => void
  readonly moveTo: (from: number, to: number) => void
  readonly nudge: (edge: Edge, frames: number, isRoll?: boolean) => void
  /** A trim by hand, which was shown while it was under way. */
  readonly trimmed: (cuts: Cuts, isRoll: boolean) => void
  /** Shows another moment in the place of the target, or after it. */
  readonly replaceBy: (cut: Cut) => void
  readonly insertAfter: (cut: Cut) => void
  /** Puts another point of its picture into the middle of the frame. */
  readonly reframe: (index: number, focus: Focus) => void
  /** Leaves it to the studio again what of the picture is shown. */
  readonly frameAlone: (index: number) => void
  /** What came of the last one, for people; a new object each time. */
  readonly said: { readonly text: string; readonly isRefusal: boolean } | null
}

interface CommandsOf {
  readonly edits: ClipEdits
  readonly playback: Playback
  readonly grid: Grid
  readonly selected: number | null
  readonly select: (index: number | null) => void
}

export function useCutCommands({ edits, playback, grid, selected, select }: CommandsOf): CutCommands {
  const [said, setSaid] = useState<CutCommands['said']>(null)
  const cuts = edits.content.timeline
  const target = () => Math.min(selected ?? indexAt(cuts, playback.time()), cuts.length - 1)
  const say = (text: string) => setSaid({ text, isRefusal: false })
  const refuse = (text: string) => setSaid({ text, isRefusal: true })

  function apply(edited: Edited, label: string, told: string, then: number | null): void {
    if (edited.refusal !== undefined) refuse(edited.refusal)
    else {
      edits.setTimeline(edited.cuts, label)
      select(then)
      say(told)
    }
  }
  /** The player goes to where something new begins. */
  const seekTo = (made: Edited, index: number) => {
    if (made.cuts !== undefined) playback.seek(startsOf(made.cuts)[index] ?? 0)
  }
  function moveTo(from: number, to: number): void {
    const moved = move(cuts, from, to)
    if (moved === cuts) return
    apply({ cuts: moved }, 'Move a cut', `Cut ${from + 1} is now cut ${to + 1}.`, to)
  }

  return {
    target,
    split() {
      const index = indexAt(cuts, playback.time())
      apply(split(cuts, playback.time(), grid), 'Split a cut', `Cut ${index + 1} was split.`, index + 1)
    },
    remove() {
      const index = target()
      const next = selected === null ? null : Math.min(index, cuts.length - 2)
      apply(remove(cuts, index), 'Delete a cut', `Cut ${index + 1} was deleted.`, next)
    },
    duplicate() {
      const index = target()
      apply(duplicate(cuts, index), 'Duplicate a cut', `Cut ${index + 1} was duplicated.`, index + 1)
    },
    moveBy(places) {
      const from = target()
      const to = from + places
      if (to >= 0 && to < cuts.length) moveTo(from, to)
    },
    moveTo,
    nudge(edge, frames, isRoll = false) {
      const index = target()
      const by = frames / grid.framesPerSecond
      const pair = edge === 'end' ? index : index - 1
      const changed = isRoll ? roll(cuts, pair, by, grid) : trim(cuts, index, edge, by, grid)
      select(index)
      if (changed === cuts) return refuse('It cannot go further.')
      edits.setTimeline(
        changed,
        isRoll ? 'Move a boundary' : 'Trim a cut',
        `nudge ${index} ${edge} ${isRoll}`,
      )
      const cut = changed[index]
      if (cut !== undefined) say(`Cut ${index + 1} lasts ${secondsOf(cut).toFixed(2)} s.`)
    },
    trimmed(changed, isRoll) {
      if (changed === cuts) return
      edits.setTimeline(changed, isRoll ? 'Move a boundary' : 'Trim a cut')
    },
    replaceBy(cut) {
      const index = target()
      const made = replace(cuts, index, cut)
      apply(made, 'Replace a cut', `Cut ${index + 1} was replaced.`, index)
      seekTo(made, index)
    },
    insertAfter(cut) {
      const index = target() + 1
      const made = insert(cuts, index, cut)
      apply(made, 'Insert a cut', `A cut was inserted as cut ${index + 1}.`, index)
      seekTo(made, index)
    },
    reframe(index, focus) {
      edits.setTimeline(reframe(cuts, index, focus), 'Move a picture', `picture ${index}`)
      select(index)
      say(`The picture of cut ${index + 1} was moved.`)
    },
    frameAlone(index) {
      const cut = cuts[index]
      if (cut === undefined) return
      const { focus: _, ...rest } = cut
      edits.setTimeline(cuts.with(index, rest), 'Frame a cut automatically')
      say(`Cut ${index + 1} is framed automatically.`)
    },
    said,
  }
}
