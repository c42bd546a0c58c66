import { useState } from 'react'
import { cx } from '../../../ui/class-names.ts'

interface WordFieldProps {
  /** Of the cue, from 0. */
  readonly index: number
  readonly text: string
  readonly isSaid: boolean
  readonly onSet: (text: string) => void
  /** Makes one word of this one, as it is typed by now, and the one before it. */
  readonly onJoin: (text: string) => void
  /** Parts the cue before this word, as it is typed by now. */
  readonly onSplit: (text: string) => void
  readonly onFocus: () => void
  /** Goes to the times of the word. */
  readonly onTimes: () => void
}

/** A word that is corrected where it stands. */
export function WordField({ index, text, isSaid, onSet, onJoin, onSplit, onFocus, onTimes }: WordFieldProps) {
  const [typed, setTyped] = useState<string | null>(null)
  const shown = typed ?? text
  const commit = () => {
    setTyped(null)
    if (shown.trim() !== text) onSet(shown)
  }
  return (
    <input
      aria-label={`Word ${index + 1}`}
      aria-current={isSaid || undefined}
      spellCheck
      size={Math.max(1, shown.length)}
      className={cx(
        'h-7 field-sizing-content min-w-4 rounded-md px-1 text-[14px] focus:bg-surface focus-visible:outline-offset-0',
        isSaid ? 'bg-accent text-on-accent focus:text-ink' : 'bg-transparent hover:bg-line/60',
      )}
      value={shown}
      onChange={(event) => setTyped(event.target.value)}
      onFocus={onFocus}
      onBlur={commit}
      onKeyDown={(event) => {
        const { key, currentTarget: field } = event
        const place = field.selectionStart === field.selectionEnd ? field.selectionStart : -1
        if (key === 'Enter' && (event.ctrlKey || event.metaKey)) {
          setTyped(null)
          onSplit(shown)
        } else if (key === 'Enter') commit()
        else if (key === 'ArrowUp') onTimes()
        else if (key === 'Escape') setTyped(null)
        else if (key === 'Backspace' && place === 0 && index > 0) {
          setTyped(null)
          onJoin(shown)
          neighbour(field, -1)?.focus()
        } else if (key === 'ArrowLeft' && place === 0) focusEnd(neighbour(field, -1))
        else if (key === 'ArrowRight' && place === shown.length) neighbour(field, 1)?.focus()
        else return
        event.preventDefault()
      }}
    />
  )
}

/** The field of another word of the same list of cues. */
function neighbour(field: HTMLInputElement, by: number): HTMLInputElement | undefined {
  const fields = Array.from(
    field.closest('[data-cues]')?.querySelectorAll<HTMLInputElement>('[data-words] input') ?? [],
  )
  return fields[fields.indexOf(field) + by]
}

function focusEnd(field: HTMLInputElement | undefined): void {
  field?.focus()
  field?.setSelectionRange(field.value.length, field.value.length)
}
