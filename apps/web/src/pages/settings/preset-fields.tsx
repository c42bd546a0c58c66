import type { ReactNode } from 'react'
import { Switch } from '../../ui/check.tsx'
import { cx } from '../../ui/class-names.ts'
import { Field, TextField } from '../../ui/field.tsx'
import type { Wrong } from '../../ui/form-errors.ts'
import { Select } from '../../ui/select.tsx'
import { readAmount } from './amounts.ts'
import type { PresetDraft, PresetField } from './preset-draft.ts'
import { PresetFrame } from './preset-frame.tsx'
import { UnitField } from './unit-field.tsx'

const RATES = [
  { value: '24', label: '24 fps' },
  { value: '25', label: '25 fps' },
  { value: '30', label: '30 fps' },
  { value: '50', label: '50 fps' },
  { value: '60', label: '60 fps' },
  { value: 'source', label: 'Like the source' },
] as const

interface PresetFieldsProps {
  readonly draft: PresetDraft
  readonly set: <K extends PresetField>(name: K, value: PresetDraft[K]) => void
  readonly wrong: Wrong<PresetField>
}

/** Everything of a preset that people set, beside its frame as it will be. */
export function PresetFields({ draft, set, wrong }: PresetFieldsProps) {
  const field = (name: Exclude<PresetField, 'keepsFrame' | 'name'>) => ({
    value: draft[name],
    onChange: (value: string) => set(name, value),
    error: wrong[name],
  })
  const rates = RATES.some(({ value }) => value === draft.frameRate)
    ? RATES
    : [{ value: draft.frameRate, label: `${draft.frameRate} fps` }, ...RATES]
  return (
    <div className="grid gap-6 md:grid-cols-[1fr_11rem]">
      <div className="min-w-0 space-y-6">
        <Group>
          <TextField
            label="Name"
            maxLength={200}
            autoFocus
            className="col-span-2"
            value={draft.name}
            onChange={({ target }) => set('name', target.value)}
            error={wrong.name}
          />
        </Group>
        <Group title="Picture">
          <div className="col-span-2">
            <Switch checked={draft.keepsFrame} onChange={(keeps) => set('keepsFrame', keeps)}>
              Keep the size of the source
            </Switch>
          </div>
          {!draft.keepsFrame && (
            <>
              <UnitField label="Width" unit="pixels" {...field('width')} />
              <UnitField label="Height" unit="pixels" {...field('height')} />
            </>
          )}
          <Field label="Frame rate">
            {(ids) => (
              <Select
                {...ids}
                value={draft.frameRate}
                onChange={(value) => set('frameRate', value)}
                choices={rates}
              />
            )}
          </Field>
          <UnitField label="Highest bit rate" unit="Mbit/s" {...field('maxRateMbps')} />
          <UnitField
            label="Quality"
            unit="CRF"
            className="col-span-2"
            hint="Lower is sharper and larger: 18 can hardly be told from the source, 23 is small."
            {...field('crf')}
          />
        </Group>
        <Group title="Sound" columns="sm:grid-cols-3">
          <UnitField label="Bit rate" unit="kbit/s" {...field('audioKbps')} />
          <UnitField label="Loudness" unit="LUFS" {...field('loudnessLufs')} />
          <UnitField label="Highest peak" unit="dBTP" {...field('truePeakDbtp')} />
        </Group>
        <Group title="Covered by the platform" columns="sm:grid-cols-4">
          <UnitField label="Top" unit="%" {...field('top')} />
          <UnitField label="Bottom" unit="%" {...field('bottom')} />
          <UnitField label="Left" unit="%" {...field('left')} />
          <UnitField label="Right" unit="%" {...field('right')} />
        </Group>
      </div>
      <Preview draft={draft} />
    </div>
  )
}

interface GroupProps {
  readonly title?: string
  /** Short fields beside each other, where there is room. */
  readonly columns?: 'sm:grid-cols-3' | 'sm:grid-cols-4'
  readonly children: ReactNode
}

function Group({ title, columns, children }: GroupProps) {
  return (
    <fieldset>
      {title !== undefined && <legend className="mb-2 font-semibold">{title}</legend>}
      <div className={cx('grid grid-cols-2 gap-x-3 gap-y-4', columns)}>{children}</div>
    </fieldset>
  )
}

/** While numbers are being typed, the drawing keeps to what can be drawn. */
function Preview({ draft }: { readonly draft: PresetDraft }) {
  const side = (text: string) => Math.min(4096, Math.max(64, readAmount(text, 1) || 64))
  const edge = (text: string) => Math.min(0.5, Math.max(0, (readAmount(text, 1, 1) || 0) / 100))
  return (
    <figure className="order-first self-start md:sticky md:top-0 md:order-none">
      <PresetFrame
        frame={draft.keepsFrame ? 'source' : { width: side(draft.width), height: side(draft.height) }}
        safeArea={{
          top: edge(draft.top),
          right: edge(draft.right),
          bottom: edge(draft.bottom),
          left: edge(draft.left),
        }}
        className="mx-auto size-36 md:size-44"
      />
      <figcaption className="mt-2 text-center text-[13px] text-soft">
        Captions stay in the framed part.
      </figcaption>
    </figure>
  )
}
