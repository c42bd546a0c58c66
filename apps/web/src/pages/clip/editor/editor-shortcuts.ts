import type { Shortcut } from '../../../ui/shortcuts.tsx'
import type { Playback } from '../player/playback.ts'
import type { CutCommands } from '../timeline/cut-commands.ts'
import { type Cuts, lengthOf, startsOf } from '../timeline/edit.ts'
import { LARGE_STEP } from '../timeline/trim-handle.tsx'
import type { ClipEdits } from './edits.ts'

interface EditorKeys {
  readonly edits: ClipEdits
  readonly commands: CutCommands
  readonly playback: Playback
  readonly onReplace: () => void
  readonly onInsert: () => void
  readonly onExport: () => void
  readonly onSafe: () => void
  readonly onDeselect: () => void
  readonly onZoom: (steps: number) => void
  readonly onFit: () => void
  readonly onPrevious: () => void
  readonly onNext: () => void
}

/** The keys of the editor, beside those of its player. */
export function editorShortcuts(keys: EditorKeys): Shortcut[] {
  const { edits, commands, playback } = keys
  return [
    { keys: ['Mod+z'], does: 'Undo', run: edits.undo, repeats: true },
    { keys: ['Mod+Shift+z', 'Mod+y'], does: 'Do again', run: edits.redo, repeats: true },
    { keys: ['s'], does: 'Split at the playhead', run: commands.split },
    { keys: ['c'], does: 'Replace the cut by another moment', run: keys.onReplace },
    { keys: ['i'], does: 'Insert a moment', run: keys.onInsert },
    { keys: ['d'], does: 'Duplicate the cut', run: commands.duplicate },
    { keys: ['Delete', 'Backspace'], shown: ['Delete'], does: 'Delete the cut', run: commands.remove },
    {
      keys: ['Alt+ArrowLeft'],
      does: 'Move the cut to the left',
      run: () => commands.moveBy(-1),
      repeats: true,
    },
    {
      keys: ['Alt+ArrowRight'],
      does: 'Move the cut to the right',
      run: () => commands.moveBy(1),
      repeats: true,
    },
    { keys: ['['], does: 'Cut shorter by a frame', run: () => commands.nudge('end', -1), repeats: true },
    { keys: [']'], does: 'Cut longer by a frame', run: () => commands.nudge('end', 1), repeats: true },
    {
      keys: ['{'],
      shown: ['Shift+['],
      does: 'Cut shorter by ten frames',
      run: () => commands.nudge('end', -LARGE_STEP),
      repeats: true,
    },
    {
      keys: ['}'],
      shown: ['Shift+]'],
      does: 'Cut longer by ten frames',
      run: () => commands.nudge('end', LARGE_STEP),
      repeats: true,
    },
    {
      keys: [','],
      does: 'Start of the cut earlier by a frame',
      run: () => commands.nudge('start', -1),
      repeats: true,
    },
    {
      keys: ['.'],
      does: 'Start of the cut later by a frame',
      run: () => commands.nudge('start', 1),
      repeats: true,
    },
    {
      keys: ['ArrowUp'],
      does: 'To the cut before',
      run: () => playback.seek(boundary(edits.content.timeline, playback.time(), -1)),
      repeats: true,
    },
    {
      keys: ['ArrowDown'],
      does: 'To the next cut',
      run: () => playback.seek(boundary(edits.content.timeline, playback.time(), 1)),
      repeats: true,
    },
    { keys: ['Escape'], does: 'Select nothing', run: keys.onDeselect },
    { keys: ['a'], does: 'Safe area on or off', run: keys.onSafe },
    { keys: ['+', '='], shown: ['+'], does: 'Zoom in', run: () => keys.onZoom(1), repeats: true },
    { keys: ['-'], does: 'Zoom out', run: () => keys.onZoom(-1), repeats: true },
    { keys: ['0'], does: 'Fit the whole clip', run: keys.onFit },
    { keys: ['p'], does: 'Previous clip of the project', run: keys.onPrevious },
    { keys: ['n'], does: 'Next clip of the project', run: keys.onNext },
    { keys: ['e'], does: 'Export', run: keys.onExport },
  ]
}

/** What lies a little beside a boundary is on it: a player stands inside of a frame. */
const NEAR = 0.02

/** The next place, or the one before, at which a cut begins. */
export function boundary(cuts: Cuts, seconds: number, direction: 1 | -1): number {
  const starts = startsOf(cuts)
  if (direction === 1) return starts.find((start) => start > seconds + NEAR) ?? lengthOf(cuts)
  return starts.findLast((start) => start < seconds - NEAR) ?? 0
}
