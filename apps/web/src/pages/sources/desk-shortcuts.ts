import type { Schemas } from '../../api/client.ts'
import type { Segment } from '../../data/segments.ts'
import type { Shortcut } from '../../ui/shortcuts.tsx'
import type { SourcePlayer } from './player.ts'

interface Desk {
  readonly player: SourcePlayer
  readonly frameRate: number
  readonly mark: (which: 'start' | 'end') => void
  readonly goToCut: (direction: 1 | -1) => void
  readonly confirm: () => void
  readonly cancel: () => void
  readonly selected: Segment | undefined
  readonly change: (segment: Segment, change: Schemas['SegmentChange']) => void
  readonly remove: (segment: Segment) => void
  readonly zoom: (factor: number) => void
  readonly fit: () => void
  readonly mute: () => void
}

const ZOOM = 1.6

/** The keys of the page of a source. */
export const deskShortcuts = (desk: Desk): readonly Shortcut[] => {
  const { player, frameRate, selected } = desk
  const second = Math.round(frameRate)
  return [
    { keys: ['Space'], does: 'Play or pause', run: () => player.toggle() },
    { keys: ['k'], does: 'Pause', run: player.pause },
    { keys: ['l'], does: 'Play; again for faster', run: () => player.shuttle(1) },
    { keys: ['j'], does: 'Play backwards; again for faster', run: () => player.shuttle(-1) },
    { keys: [',', 'ArrowLeft'], does: 'One frame back', run: () => player.step(-1), repeats: true },
    { keys: ['.', 'ArrowRight'], does: 'One frame on', run: () => player.step(1), repeats: true },
    { keys: ['Shift+ArrowLeft'], does: 'One second back', run: () => player.step(-second), repeats: true },
    { keys: ['Shift+ArrowRight'], does: 'One second on', run: () => player.step(second), repeats: true },
    { keys: ['ArrowUp'], does: 'To the cut before', run: () => desk.goToCut(-1), repeats: true },
    { keys: ['ArrowDown'], does: 'To the next cut', run: () => desk.goToCut(1), repeats: true },
    { keys: ['m'], does: 'Sound on or off', run: desk.mute },
    { keys: ['i'], does: 'A segment begins here', run: () => desk.mark('start') },
    { keys: ['o'], does: 'It ends here', run: () => desk.mark('end') },
    { keys: ['Enter'], does: 'Add the segment, or play the selected one', run: desk.confirm },
    { keys: ['Escape'], does: 'Forget the marks, then the selection', run: desk.cancel },
    {
      keys: ['f'],
      does: 'Make the selected segment a favourite',
      run: () => selected && desk.change(selected, { favourite: !selected.favourite }),
    },
    {
      keys: ['Delete', 'Backspace'],
      shown: ['Delete'],
      does: 'Delete the selected segment',
      run: () => (selected ? desk.remove(selected) : false),
    },
    { keys: ['+', '='], shown: ['+'], does: 'Zoom in', run: () => desk.zoom(ZOOM), repeats: true },
    { keys: ['-'], does: 'Zoom out', run: () => desk.zoom(1 / ZOOM), repeats: true },
    { keys: ['0'], does: 'Show the whole source', run: desk.fit },
  ]
}
