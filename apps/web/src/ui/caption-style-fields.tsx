import { CAPTION_PLACES, readCaptionStyle, spellCaptionStyle } from '@cutroom/contracts/caption-style'
import { useStudio } from '../app/studio.tsx'
import { LOOKS } from '../data/caption-styles.ts'
import { ColourField } from './colour-field.tsx'
import { Field } from './field.tsx'
import { Select } from './select.tsx'

/** Colours that are read from afar; those of the looks are among them. */
const COLOURS = [
  { value: '#ffd60a', name: 'Yellow' },
  { value: '#ffffff', name: 'White' },
  { value: '#101014', name: 'Black' },
  { value: '#22d3ee', name: 'Cyan' },
  { value: '#4ade80', name: 'Green' },
  { value: '#fb7185', name: 'Pink' },
  { value: '#fb923c', name: 'Orange' },
]
const PAINTED = {
  highlight: 'Colour of the spoken word',
  plain: 'Colour of the text',
  boxed: 'Colour of the box',
}
const PLACES = { bottom: 'Bottom', middle: 'Middle', top: 'Top' }

interface CaptionStyleFieldsProps {
  /** As it is spelled. */
  readonly value: string
  readonly onChange: (value: string) => void
  readonly className?: string
}

/** What can be chosen of any look of captions: a colour and a place. */
export function CaptionStyleFields({ value, onChange, className }: CaptionStyleFieldsProps) {
  const { profile } = useStudio()
  const style = readCaptionStyle(value)
  if (style === null) return null
  const own = LOOKS.find(({ look }) => look === style.look)?.colour ?? null
  const brand = profile.colour.toLowerCase()
  const colours = COLOURS.filter((colour) => colour.value !== brand)
  return (
    <div className={className}>
      <ColourField
        label={PAINTED[style.look]}
        colours={[{ value: brand, name: 'Colour of the brand' }, ...colours]}
        value={style.colour ?? own ?? brand}
        onChange={(colour) =>
          onChange(spellCaptionStyle({ ...style, colour: colour === own ? null : colour }))
        }
      />
      <Field label="Place of the captions">
        {(ids) => (
          <Select
            {...ids}
            value={style.place}
            onChange={(chosen) => {
              const place = CAPTION_PLACES.find((place) => place === chosen)
              if (place !== undefined) onChange(spellCaptionStyle({ ...style, place }))
            }}
            choices={CAPTION_PLACES.map((place) => ({ value: place, label: PLACES[place] }))}
          />
        )}
      </Field>
    </div>
  )
}
