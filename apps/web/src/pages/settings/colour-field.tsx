import { Check, Pipette } from 'lucide-react'
import { useId } from 'react'
import { cx } from '../../ui/class-names.ts'

/** Colours that stand apart from each other, in both themes. */
const COLOURS = [
  { value: '#2b55e0', name: 'Blue' },
  { value: '#0e7490', name: 'Teal' },
  { value: '#15803d', name: 'Green' },
  { value: '#ca8a04', name: 'Yellow' },
  { value: '#c2410c', name: 'Orange' },
  { value: '#dc2626', name: 'Red' },
  { value: '#7e22ce', name: 'Purple' },
  { value: '#1c1917', name: 'Black' },
] as const

/** A colour for one more brand: the first that no other has. */
export const freeColour = (brands: readonly { readonly colour: string }[]): string =>
  (COLOURS.find(({ value }) => brands.every(({ colour }) => colour.toLowerCase() !== value)) ?? COLOURS[0])
    .value

const swatch =
  'relative grid aspect-square place-items-center rounded-lg shadow-[inset_0_0_0_1px_rgb(128_128_128/.6)] has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent'

interface ColourFieldProps {
  /** `#rrggbb` */
  readonly value: string
  readonly onChange: (value: string) => void
  readonly disabled?: boolean
}

/** One of a few good colours, or any other. */
export function ColourField({ value, onChange, disabled = false }: ColourFieldProps) {
  const group = useId()
  const own = !COLOURS.some((colour) => colour.value === value.toLowerCase())
  return (
    <fieldset disabled={disabled} className="disabled:opacity-60">
      <legend className="mb-2 text-[13px] font-medium">Colour</legend>
      <div className="grid max-w-88 grid-cols-9 gap-1.5 sm:gap-2">
        {COLOURS.map((colour) => (
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
              checked={colour.value === value.toLowerCase()}
              onChange={() => onChange(colour.value)}
            />
            <span className="sr-only">{colour.name}</span>
            {colour.value === value.toLowerCase() && (
              <Check
                className="size-4 text-white drop-shadow-[0_0_2px_rgb(0_0_0/.8)]"
                strokeWidth={3}
                aria-hidden
              />
            )}
          </label>
        ))}
        <label
          className={cx(swatch, 'bg-surface')}
          style={own ? { backgroundColor: value } : undefined}
          title="Another colour"
        >
          <input
            type="color"
            aria-label="Another colour"
            className="absolute inset-0 size-full cursor-pointer opacity-0"
            value={value}
            onChange={({ target }) => onChange(target.value)}
          />
          {own ? (
            <Check
              className="size-4 text-white drop-shadow-[0_0_2px_rgb(0_0_0/.8)]"
              strokeWidth={3}
              aria-hidden
            />
          ) : (
            <Pipette className="size-4 text-soft" aria-hidden />
          )}
        </label>
      </div>
    </fieldset>
  )
}
