import { wordsOf } from '@cutroom/contracts/words'
import { Merge, Split, Trash2 } from 'lucide-react'
import { memo, useEffect, useRef, useState } from 'react'
import { cx } from '../../../ui/class-names.ts'
import { Menu, MenuItem, MenuLine } from '../../../ui/menu.tsx'
import { MoreButton } from '../../../ui/more-button.tsx'
import type { Cue } from '../editor/content.ts'
import { type Playback, usePlaybackValue } from '../player/playback.ts'
import {
  deleteCue,
  joinCues,
  joinWords,
  setEdge,
  setWord,
  setWordEdge,
  shiftCue,
  splitCue,
} from './edit-cues.ts'
import { INTO_SAID, wordAt } from './said.ts'
import { TimeField } from './time-field.tsx'
import { WordField } from './word-field.tsx'

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
  const times = useRef<HTMLSpanElement>(null)
  /** Index of the word whose times are shown: the one that was gone to last, while the focus is in the row. */
  const [focused, setFocused] = useState<number | null>(null)
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
  const shift = (start: number) =>
    change((cues) => shiftCue(cues, at, start, playback.length()), 'Move a caption', `all of caption ${at}`)
  const shiftBy = (by: number) => shift(cue.start + by)
  const timeWord = (index: number, edge: 'start' | 'end', seconds: number) =>
    change(
      (cues) => setWordEdge(cues, at, index, edge, seconds),
      'Time a word',
      `${edge} of word ${index} of caption ${at}`,
    )
  const word = focused === null ? undefined : words[focused]
  const splitBefore = said > 0 ? said : Math.ceil(words.length / 2)
  const seek = (seconds: number) => {
    if (!playback.isPlaying()) playback.seek(seconds + INTO_SAID)
  }
  return (
    <li
      ref={row}
      aria-label={`Caption ${at + 1}`}
      aria-current={isCurrent || undefined}
      onBlur={({ currentTarget, relatedTarget }) => {
        if (!currentTarget.contains(relatedTarget)) setFocused(null)
      }}
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
          onShift={shiftBy}
        />
        –
        <TimeField
          label={`End of caption ${at + 1}`}
          seconds={cue.end}
          onChange={(seconds) => move('end', seconds)}
          onShift={shiftBy}
        />
        {focused !== null && word !== undefined && (
          <span ref={times} className="ml-2 flex min-w-0 items-center border-l border-line pl-2">
            <span className="truncate" aria-hidden>
              {word.text}
            </span>
            {(['start', 'end'] as const).map((edge) => (
              <TimeField
                key={edge}
                label={`${edge === 'start' ? 'Start' : 'End'} of word ${focused + 1}`}
                seconds={word[edge]}
                onChange={(seconds) => timeWord(focused, edge, seconds)}
              />
            ))}
          </span>
        )}
        <Menu trigger={<MoreButton label={`Change caption ${at + 1}`} size="small" className="ml-auto" />}>
          <MenuItem onSelect={() => move('start', playback.time())}>Start at the playhead</MenuItem>
          <MenuItem onSelect={() => move('end', playback.time())}>End at the playhead</MenuItem>
          <MenuItem onSelect={() => shift(playback.time())}>Move to the playhead</MenuItem>
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
        onClick={(event) => event.target === event.currentTarget && playback.seek(cue.start + INTO_SAID)}
      >
        {words.map((word, index) => (
          <WordField
            // biome-ignore lint/suspicious/noArrayIndexKey: a word that is corrected is still that word
            key={index}
            index={index}
            text={word.text}
            isSaid={index === said}
            onFocus={() => {
              setFocused(index)
              seek(Math.max(word.start, cue.start))
            }}
            onTimes={() => times.current?.querySelector('input')?.focus()}
            onSet={(text) => change((cues) => setWord(cues, at, index, text), 'Correct a word')}
            onJoin={(text) =>
              change((cues) => joinWords(setWord(cues, at, index, text), at, index), 'Join words')
            }
            onSplit={(text) =>
              change((cues) => splitCue(setWord(cues, at, index, text), at, index), 'Split a caption')
            }
          />
        ))}
      </div>
    </li>
  )
})
