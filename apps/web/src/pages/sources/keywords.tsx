import { Plus, X } from 'lucide-react'
import { type KeyboardEvent, useState } from 'react'

interface KeywordsProps {
  /** What they belong to, for screen readers. */
  readonly of: string
  readonly keywords: readonly string[]
  readonly onChange: (keywords: string[]) => void
}

/** Keywords as chips; comma or Enter adds one. */
export function Keywords({ of, keywords, onChange }: KeywordsProps) {
  const [text, setText] = useState<string | null>(null)
  const add = (written: string) => {
    const added = written
      .split(',')
      .map((word) => word.trim().slice(0, 60))
      .filter((word) => word !== '' && !keywords.includes(word))
    if (added.length > 0) onChange([...keywords, ...new Set(added)])
  }
  const press = (event: KeyboardEvent) => {
    if (event.key === 'Enter' || event.key === ',') {
      event.preventDefault()
      add(text ?? '')
      setText('')
    }
    if (event.key === 'Escape') setText(null)
    if (event.key === 'Backspace' && text === '') onChange(keywords.slice(0, -1))
  }
  const leave = () => {
    add(text ?? '')
    setText(null)
  }
  return (
    <ul aria-label={`Keywords of ${of}`} className="mt-1 flex flex-wrap items-center gap-1">
      {keywords.map((word) => (
        <li
          key={word}
          className="flex h-5 max-w-full items-center rounded-md bg-sunken pl-1.5 text-[12px] font-medium text-soft"
        >
          <span className="truncate">{word}</span>
          <button
            type="button"
            aria-label={`Take the keyword ${word} away`}
            className="grid size-5 shrink-0 place-items-center rounded-md hover:text-ink"
            onClick={() => onChange(keywords.filter((other) => other !== word))}
          >
            <X className="size-3" aria-hidden />
          </button>
        </li>
      ))}
      <li>
        {text === null ? (
          <button
            type="button"
            aria-label={`Add a keyword to ${of}`}
            className="flex h-5 items-center gap-0.5 rounded-md px-1 text-[12px] font-medium text-soft hover:bg-hover hover:text-ink"
            onClick={() => setText('')}
          >
            <Plus className="size-3" aria-hidden />
            {keywords.length === 0 && 'Keyword'}
          </button>
        ) : (
          <input
            aria-label={`Keyword of ${of}`}
            // biome-ignore lint/a11y/noAutofocus: it stands in place of the button that was pressed.
            autoFocus
            value={text}
            onChange={(event) => setText(event.target.value)}
            onKeyDown={press}
            onBlur={leave}
            className="h-5 w-24 rounded-md border border-edge/60 bg-surface px-1 text-[12px]"
          />
        )}
      </li>
    </ul>
  )
}
