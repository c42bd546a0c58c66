import type { Clip } from '../../data/clips.ts'
import type { Shortcut } from '../../ui/shortcuts.tsx'
import type { Move } from './board.ts'

/** What the keys of a board do. Those that take a clip take the current one. */
export interface BoardActions {
  readonly current: () => Clip | undefined
  readonly go: (move: Move, options: { readonly extend: boolean }) => void
  readonly pick: (clip: Clip) => void
  readonly pickDigit: (digit: number) => void
  readonly pickAll: () => void
  readonly open: (clip: Clip) => void
  readonly playOrPause: (clip: Clip) => void
  readonly why: () => void
  readonly closeWhy: () => boolean
  readonly moreLike: (clip: Clip) => void
  readonly remove: (clip: Clip) => void
  readonly undo: () => boolean
  /** With all picked clips. `false` where there are none. */
  readonly compare: () => boolean
  readonly exportPicked: () => boolean
  readonly voicePicked: () => boolean
}

const ARROWS = { ArrowLeft: 'left', ArrowRight: 'right', ArrowUp: 'up', ArrowDown: 'down' } as const
const PAGES = { PageUp: 'page-up', PageDown: 'page-down', Home: 'first', End: 'last' } as const
const DIGITS = ['1', '2', '3', '4', '5', '6', '7', '8', '9']

/** The shortcuts of a board, in the order in which they are listed. */
export function boardShortcuts(actions: BoardActions): Shortcut[] {
  const withCurrent = (run: (clip: Clip) => unknown) => () => {
    const clip = actions.current()
    return clip === undefined ? false : run(clip)
  }
  const arrow = (event: KeyboardEvent) =>
    actions.go(ARROWS[event.key as keyof typeof ARROWS], { extend: event.shiftKey })
  const arrows = Object.keys(ARROWS)
  return [
    { keys: arrows, does: 'Walk from clip to clip; the current one plays', run: arrow, repeats: true },
    { keys: ['x', 'Space'], does: 'Pick or unpick the current clip', run: withCurrent(actions.pick) },
    {
      keys: DIGITS,
      shown: ['1', '…', '9'],
      does: 'Pick or unpick the clip that shows this number key',
      run: ({ key }) => actions.pickDigit(Number(key)),
    },
    {
      keys: arrows.map((key) => `Shift+${key}`),
      shown: ['Shift+ArrowLeft', 'Shift+ArrowRight'],
      does: 'Pick a range',
      run: arrow,
      repeats: true,
    },
    { keys: ['Mod+a'], does: 'Pick all', run: actions.pickAll },
    { keys: ['Enter'], does: 'Open the current clip in the editor', run: withCurrent(actions.open) },
    { keys: ['p'], does: 'Play or pause', run: withCurrent(actions.playOrPause) },
    { keys: ['w'], does: 'Why these cuts', run: actions.why },
    { keys: ['m'], does: 'More like the current clip', run: withCurrent(actions.moreLike) },
    { keys: ['Delete', 'Backspace'], does: 'Delete the current clip', run: withCurrent(actions.remove) },
    { keys: ['Mod+z', 'z'], does: 'Take the last deletion back', run: actions.undo },
    { keys: ['c'], does: 'Compare the picked clips side by side', run: actions.compare },
    { keys: ['v'], does: 'Give the picked clips a voice', run: actions.voicePicked },
    { keys: ['e'], does: 'Export the picked clips', run: actions.exportPicked },
    {
      keys: Object.keys(PAGES),
      does: 'A screen up or down; first or last clip',
      run: (event) =>
        actions.current() === undefined
          ? false
          : actions.go(PAGES[event.key as keyof typeof PAGES], { extend: false }),
      repeats: true,
    },
    { keys: ['Escape'], does: 'Close the panel', run: actions.closeWhy },
  ]
}
