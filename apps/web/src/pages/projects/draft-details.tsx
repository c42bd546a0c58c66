import { useQuery } from '@tanstack/react-query'
import { useStudio } from '../../app/studio.tsx'
import { LOOKS, lookOf, NO_CAPTIONS, withLook } from '../../data/caption-styles.ts'
import { voicesQuery } from '../../data/voices.ts'
import { Switch } from '../../ui/check.tsx'
import { Field, TextArea } from '../../ui/field.tsx'
import { Select } from '../../ui/select.tsx'
import type { Draft } from './use-draft.ts'

const BRAND = 'brand'

interface DraftDetailsProps {
  readonly draft: Draft
  readonly change: (changes: Partial<Draft>) => void
}

/** What most variants leave to the brand. */
export function DraftDetails({ draft, change }: DraftDetailsProps) {
  const { api, profile } = useStudio()
  const { data: voices = [] } = useQuery(voicesQuery(api))
  const nameOf = (id: string) => voices.find((voice) => voice.id === id)?.name ?? id
  const { captionStyle } = profile.defaults
  const looks = LOOKS.map(({ look, name }) => ({ value: look, label: name }))
  const brandLook = LOOKS.find(({ look }) => look === lookOf(captionStyle))?.name ?? 'None'
  return (
    <div className="grid gap-4 md:grid-cols-[1fr_16rem]">
      <TextArea
        label="Script"
        rows={5}
        maxLength={20_000}
        value={draft.script}
        onChange={({ target }) => change({ script: target.value })}
        placeholder="The words that a voice will say. You can write them later, for each clip."
        hint="Nothing is spoken or bought until you ask for the voice."
      />
      <div className="space-y-4">
        <Field label="Voice">
          {(ids) => (
            <Select
              {...ids}
              value={draft.voice ?? BRAND}
              onChange={(value) => change({ voice: value === BRAND ? null : value })}
              choices={[
                { value: BRAND, label: `${nameOf(profile.defaults.voice)} (brand)` },
                ...voices.map(({ id, name }) => ({ value: id, label: name })),
              ]}
            />
          )}
        </Field>
        <Field label="Captions">
          {(ids) => (
            <Select
              {...ids}
              value={draft.captionStyle === BRAND ? BRAND : lookOf(draft.captionStyle)}
              onChange={(value) =>
                change({ captionStyle: value === BRAND ? BRAND : withLook(captionStyle, value) })
              }
              choices={[
                { value: BRAND, label: `${brandLook} (brand)` },
                ...looks,
                { value: NO_CAPTIONS, label: 'None' },
              ]}
            />
          )}
        </Field>
        <Switch
          checked={draft.bestEffort}
          onChange={(bestEffort) => change({ bestEffort })}
          hint="Where the footage does not last."
        >
          Allow shorter clips
        </Switch>
      </div>
    </div>
  )
}
