import { EllipsisVertical, Merge, Split, Trash2 } from 'lucide-react'
import { memo, useEffect, useRef } from 'react'
import { IconButton } from '../../../ui/button.tsx'
import { cx } from '../../../ui/class-names.ts'
import { Menu, MenuItem, MenuLine } from '../../../ui/menu.tsx'
import type { Cue } from '../editor/content.ts'
import { type Playback, usePlaybackValue } from '../player/playback.ts'
import { deleteCue, joinCues, joinWords, setEdge, setWord, splitCue } from './edit-cues.ts'
import { TimeField } from './time-field.tsx'
import { WordField } from './word-field.tsx'
import { wordAt, wordsOf } from './words.ts'

export type ChangeCues = (
  change: (cues: readonly Cue[]) => readonly Cue[],
  label: string,
  merge?: string,
) => void

interface CueRowProps {
  readonly cue: Cue
  readonly at: number
  readonly isLast: boolean
  readonly isCurrent: boolean
  readonly playback: Playback
  readonly change: ChangeCues
}

/** A cue: when it is shown, and its words. */
export const CueRow = memo(function CueRow({ cue, at, isLast, isCurrent, playback, change }: CueRowProps) {
  const row = useRef<HTMLLIElement>(null)
  const words = wordsOf(cue)
  const said = usePlaybackValue(playback, (clock) => (isCurrent ? wordAt(words, clock.time()) : -1))
  useEffect(() => {
    const isEditing = row.current?.parentElement?.contains(document.activeElement) === true
    if (isCurrent && playback.isPlaying() && !isEditing) row.current?.scrollIntoView({ block: 'nearest' })
  }, [isCurrent, playback])
  const move = (edge: 'start' | 'end', seconds: number) =>
    change(
      (cues) => setEdge(cues, at, edge, seconds, playback.length()),
      'Move a caption',
      `${edge} of caption ${at}`,
    )
  const splitBefore = said > 0 ? said : Math.ceil(words.length / 2)
  const seek = (seconds: number) => {
    if (!playback.isPlaying()) playback.seek(seconds + INTO)
  }
  return (
    <li
      ref={row}
      aria-label={`Caption ${at + 1}`}
      aria-current={isCurrent || undefined}
      className={cx(
        'rounded-lg border-l-2 py-1 pr-1 pl-2 [contain-intrinsic-size:auto_64px] [content-visibility:auto]',
        isCurrent ? 'border-accent bg-sunken' : 'border-transparent',
      )}
    >
      <div className="flex items-center text-[12px] text-soft">
        <TimeField
          label={`Start of caption ${at + 1}`}
          seconds={cue.start}
          onChange={(seconds) => move('start', seconds)}
        />
        –
        <TimeField
          label={`End of caption ${at + 1}`}
          seconds={cue.end}
          onChange={(seconds) => move('end', seconds)}
        />
        <Menu
          trigger={
            <IconButton
              label={`Change caption ${at + 1}`}
              size="small"
              className="ml-auto"
              icon={<EllipsisVertical className="size-4" />}
            />
          }
        >
          <MenuItem onSelect={() => move('start', playback.time())}>Start at the playhead</MenuItem>
          <MenuItem onSelect={() => move('end', playback.time())}>End at the playhead</MenuItem>
          <MenuLine />
          <MenuItem
            icon={<Split className="size-4" />}
            disabled={words.length < 2}
            onSelect={() => change((cues) => splitCue(cues, at, splitBefore), 'Split a caption')}
          >
            {words.length < 2 ? 'Split' : `Split before “${words[splitBefore]?.text}”`}
          </MenuItem>
          <MenuItem
            icon={<Merge className="size-4" />}
            disabled={isLast}
            onSelect={() => change((cues) => joinCues(cues, at), 'Join captions')}
          >
            Join with the next
          </MenuItem>
          <MenuItem
            icon={<Trash2 className="size-4" />}
            danger
            onSelect={() => change((cues) => deleteCue(cues, at), 'Delete a caption')}
          >
            Delete
          </MenuItem>
        </Menu>
      </div>
      {/* Clicking beside the words goes to the start of the cue; the words themselves are reached by the keyboard. */}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: each word does the same */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: each word does the same */}
      <div
        data-words
        dir="auto"
        className="flex flex-wrap gap-y-0.5"
        onClick={(event) => event.target === event.currentTarget && playback.seek(cue.start + INTO)}
      >
        {words.map((word, index) => (
          <WordField
            // biome-ignore lint/suspicious/noArrayIndexKey: a word that is corrected is still that word
            key={index}
            index={index}
            text={word.text}
            isSaid={index === said}
            onFocus={() => seek(Math.max(word.start, cue.start))}
            onSet={(text) => change((cues) => setWord(cues, at, index, text), 'Correct a word')}
            onJoin={(text) =>
              change((cues) => joinWords(setWord(cues, at, index, text), at, index), 'Join words')
            }
            onSplit={() => change((cues) => splitCue(cues, at, index), 'Split a caption')}
          />
        ))}
      </div>
    </li>
  )
})

/** Into a word by so much, so that it is shown whatever is rounded. Seconds. */
const INTO = 0.04
