import { ArrowDown, ArrowUp, GripVertical, X } from 'lucide-react'
import { type ReactNode, useRef, useState } from 'react'
import { IconButton } from '../../ui/button.tsx'
import { cx } from '../../ui/class-names.ts'
import { movedInList } from './move.ts'

interface OrderedListProps {
  readonly label: string
  readonly items: readonly { readonly id: string; readonly name: string; readonly content: ReactNode }[]
  readonly onChange: (ids: readonly string[]) => void
}

/** Things in an order that a person gives them: dragged, or moved with buttons and the arrow keys beside Alt. */
export function OrderedList({ label, items, onChange }: OrderedListProps) {
  const [dragged, setDragged] = useState<number | null>(null)
  const list = useRef<HTMLOListElement>(null)
  const ids = items.map(({ id }) => id)
  const move = (from: number, to: number) => onChange(movedInList(ids, from, to))
  return (
    <ol ref={list} aria-label={label} className="space-y-1.5">
      {items.map(({ id, name, content }, index) => (
        <li
          key={id}
          draggable
          onDragStart={({ dataTransfer }) => {
            dataTransfer.effectAllowed = 'move'
            setDragged(index)
          }}
          onDragEnter={() => {
            if (dragged === null || dragged === index) return
            move(dragged, index)
            setDragged(index)
          }}
          onDragOver={(event) => event.preventDefault()}
          onDragEnd={() => setDragged(null)}
          onKeyDown={(event) => {
            if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return
            event.preventDefault()
            move(index, index + (event.key === 'ArrowUp' ? -1 : 1))
          }}
          className={cx(
            'flex items-center gap-2 rounded-xl border border-line bg-surface py-1 pr-1 pl-1.5',
            dragged === index && 'opacity-50',
          )}
        >
          <GripVertical className="size-4 shrink-0 cursor-grab text-soft" aria-hidden />
          <span className="w-4 shrink-0 text-center text-[12px] text-soft tabular-nums">{index + 1}</span>
          <div className="min-w-0 grow">{content}</div>
          <IconButton
            label={`Move ${name} up`}
            size="small"
            className="shrink-0"
            disabled={index === 0}
            icon={<ArrowUp className="size-4" />}
            onClick={() => move(index, index - 1)}
          />
          <IconButton
            label={`Move ${name} down`}
            size="small"
            className="shrink-0"
            disabled={index === items.length - 1}
            icon={<ArrowDown className="size-4" />}
            onClick={() => move(index, index + 1)}
          />
          <IconButton
            label={`Take ${name} out`}
            size="small"
            className="shrink-0"
            icon={<X className="size-4" />}
            onClick={() => onChange(ids.filter((other) => other !== id))}
          />
        </li>
      ))}
    </ol>
  )
}
