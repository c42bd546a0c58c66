import { Check, Pipette } from 'lucide-react'
import { useEffect, useId, useRef, useState } from 'react'
import { cx } from './class-names.ts'

const swatch =
  'relative grid aspect-square place-items-center rounded-lg shadow-[inset_0_0_0_1px_rgb(128_128_128/.6)] has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent'

/** A colour that is dragged about counts once it stands still for a moment. */
const STILL_MS = 150

interface ColourFieldProps {
  readonly label: string
  /** Lower case. */
  readonly colours: readonly { readonly value: string; readonly name: string }[]
  /** `#rrggbb` */
  readonly value: string
  readonly onChange: (value: string) => void
  readonly disabled?: boolean
}

/** One of a few good colours, or any other. */
export function ColourField({ label, colours, value, onChange, disabled = false }: ColourFieldProps) {
  const group = useId()
  const [dragged, setDragged] = useState<string | null>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  const drag = (colour: string) => {
    setDragged(colour)
    clearTimeout(timer.current)
    timer.current = setTimeout(() => {
      setDragged(null)
      onChange(colour)
    }, STILL_MS)
  }
  const shown = dragged ?? value.toLowerCase()
  const isOther = colours.every((colour) => colour.value !== shown)
  return (
    <fieldset disabled={disabled} className="disabled:opacity-60">
      <legend className="mb-2 text-[13px] font-medium">{label}</legend>
      <div className="grid max-w-88 grid-cols-9 gap-1.5 sm:gap-2">
        {colours.map((colour) => (
          <label
            key={colour.value}
            className={swatch}
            style={{ backgroundColor: colour.value }}
            title={colour.name}
          >
            <input
              type="radio"
              name={group}
              className="absolute inset-0 cursor-pointer opacity-0"
              checked={colour.value === shown}
              onChange={() => onChange(colour.value)}
            />
            <span className="sr-only">{colour.name}</span>
            {colour.value === shown && <Chosen />}
          </label>
        ))}
        <label
          className={cx(swatch, 'bg-surface')}
          style={isOther ? { backgroundColor: shown } : undefined}
          title="Another colour"
        >
          <input
            type="color"
            aria-label="Another colour"
            className="absolute inset-0 size-full cursor-pointer opacity-0"
            value={shown}
            onChange={({ target }) => drag(target.value)}
          />
          {isOther ? <Chosen /> : <Pipette className="size-4 text-soft" aria-hidden />}
        </label>
      </div>
    </fieldset>
  )
}

const Chosen = () => (
  <Check className="size-4 text-white drop-shadow-[0_0_2px_rgb(0_0_0/.8)]" strokeWidth={3} aria-hidden />
)
