import { comboOf } from '../../../ui/key-combos.ts'
import type { Shortcut } from '../../../ui/shortcuts.tsx'
import type { Playback } from './playback.ts'
import { frameAt } from './shown.ts'
import { chooseSound } from './sound-choice.ts'

/** Into a frame, so that it is that one whatever is rounded. */
const INTO_FRAME = 0.1

/** Of the frame. */
const PICTURE_STEP = 0.04
const DIRECTIONS: Readonly<Record<string, readonly [right: number, down: number]>> = {
  'Alt+Shift+ArrowLeft': [-PICTURE_STEP, 0],
  'Alt+Shift+ArrowRight': [PICTURE_STEP, 0],
  'Alt+Shift+ArrowUp': [0, -PICTURE_STEP],
  'Alt+Shift+ArrowDown': [0, PICTURE_STEP],
}

/** Goes some frames on, or back, and stops there. */
export function step(playback: Playback, frames: number, framesPerSecond: number): void {
  playback.pause()
  const last = Math.max(0, Math.round(playback.length() * framesPerSecond) - 1)
  const frame = Math.min(frameAt(playback.time(), framesPerSecond), last) + frames
  playback.seek((Math.max(0, Math.min(frame, last)) + INTO_FRAME) / framesPerSecond)
}

interface PlayerState {
  readonly playback: Playback
  readonly framesPerSecond: number
  readonly muted: boolean
  readonly loop: boolean
  readonly onFullscreen: () => void
  /** Moves the picture of the cut that is shown by fractions of the frame, to the right and down. */
  readonly onMovePicture: (right: number, down: number) => void
}

/** The keys of a player. */
export function playerShortcuts({
  playback,
  framesPerSecond,
  muted,
  loop,
  onFullscreen,
  onMovePicture,
}: PlayerState): Shortcut[] {
  const byFrames = (frames: number) => () => step(playback, frames, framesPerSecond)
  const bySeconds = (seconds: number) => () => playback.seek(playback.time() + seconds)
  return [
    { keys: ['Space', 'k'], does: 'Play or pause', run: () => playback.toggle() },
    { keys: ['ArrowLeft'], does: 'Back by one frame', run: byFrames(-1), repeats: true },
    { keys: ['ArrowRight'], does: 'On by one frame', run: byFrames(1), repeats: true },
    { keys: ['Shift+ArrowLeft', 'j'], does: 'Back by one second', run: bySeconds(-1), repeats: true },
    { keys: ['Shift+ArrowRight', 'l'], does: 'On by one second', run: bySeconds(1), repeats: true },
    { keys: ['Home'], does: 'Go to the beginning', run: () => playback.seek(0) },
    { keys: ['End'], does: 'Go to the end', run: () => playback.seek(playback.length()) },
    { keys: ['m'], does: 'Sound on or off', run: () => chooseSound({ muted: !muted }) },
    { keys: ['r'], does: 'Repeat or stop at the end', run: () => chooseSound({ loop: !loop }) },
    { keys: ['f'], does: 'Full screen', run: onFullscreen },
    {
      keys: Object.keys(DIRECTIONS),
      shown: ['Alt+Shift+ArrowLeft', 'Alt+Shift+ArrowRight'],
      does: 'Move the picture inside of its frame',
      run: (event) => onMovePicture(...(DIRECTIONS[comboOf(event)] ?? [0, 0])),
      repeats: true,
    },
  ]
}
