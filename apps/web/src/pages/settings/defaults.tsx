import { useQuery } from '@tanstack/react-query'
import { ask } from '../../api/client.ts'
import { studioApi } from '../../app/session.ts'
import { useStudio } from '../../app/studio.tsx'
import { LOOKS, lookOf, NO_CAPTIONS, withLook } from '../../data/caption-styles.ts'
import { presetsQuery } from '../../data/presets.ts'
import { readSample, voicesQuery } from '../../data/voices.ts'
import { formatMoney } from '../../format.ts'
import { CaptionStyleFields } from '../../ui/caption-style-fields.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Field } from '../../ui/field.tsx'
import { SampleButton } from '../../ui/sample-button.tsx'
import { Select } from '../../ui/select.tsx'
import { useDraft } from '../../ui/use-draft.ts'
import { useForm } from '../../ui/use-form.ts'
import { useSample } from '../../ui/use-sample.ts'
import { readAmount, showAmount } from './amounts.ts'
import { DraftForm } from './draft-form.tsx'
import { keepProfile } from './keep-profile.ts'
import { Section } from './section.tsx'
import { UnitField } from './unit-field.tsx'

const STYLES = [
  ...LOOKS.map(({ look, name, about }) => ({ value: look, label: name, hint: about })),
  { value: NO_CAPTIONS, label: 'No captions' },
]

const [SHORTEST, LONGEST] = [1.5, 600]

/** What new projects and clips of the brand start with. */
export function DefaultsSettings() {
  const { profile, api } = useStudio()
  const voices = useQuery(voicesQuery(api))
  const presets = useQuery(presetsQuery(api))
  const { voice, captionStyle, preset, duration } = profile.defaults
  const draft = useDraft({
    voice,
    captionStyle,
    preset,
    duration: showAmount(duration, 1),
  })
  const { values } = draft
  const heard = voices.data?.find(({ id }) => id === values.voice)
  const sample = useSample()
  const seconds = readAmount(values.duration, 1, 2)
  const form = useForm(['defaults.duration', 'defaults.voice', 'defaults.preset'], {
    check: () => ({
      'defaults.duration':
        seconds !== null && seconds >= SHORTEST && seconds <= LONGEST
          ? undefined
          : `A number of seconds between ${SHORTEST} and ${LONGEST}.`,
    }),
    work: async () => {
      const defaults = {
        voice: values.voice,
        preset: values.preset,
        captionStyle: values.captionStyle,
        duration: seconds ?? duration,
      }
      const path = { id: profile.id }
      keepProfile(await ask(studioApi.PATCH('/profiles/{id}', { params: { path }, body: { defaults } })))
      draft.reset()
    },
  })
  const voiceChoices = (voices.data ?? []).map(({ id, name, micros1000 }) => ({
    value: id,
    label: name,
    ...(micros1000 > 0 && { hint: `${formatMoney(micros1000)} for 1000 characters` }),
  }))
  const presetChoices = (presets.data ?? []).map(({ id, name }) => ({ value: id, label: name }))
  return (
    <Section
      title="Defaults"
      lead="What new projects and clips start with. Those that there are already stay as they are."
    >
      <DraftForm draft={draft} form={form}>
        <div className="grid gap-5 sm:grid-cols-2">
          <Field label="Voice" error={form.wrong['defaults.voice']}>
            {(ids) => (
              <div className="flex gap-2">
                <Select
                  {...ids}
                  value={values.voice}
                  onChange={(value) => draft.set('voice', value)}
                  choices={withPresent(voiceChoices, values.voice)}
                  disabled={voices.isPending}
                />
                <SampleButton
                  look="plain"
                  sample={sample}
                  of={values.voice}
                  name={heard?.name ?? 'the voice'}
                  read={() => readSample(api, values.voice)}
                  disabled={heard === undefined || heard.micros1000 > 0}
                />
              </div>
            )}
          </Field>
          <Field label="Export preset" error={form.wrong['defaults.preset']}>
            {(ids) => (
              <Select
                {...ids}
                value={values.preset}
                onChange={(value) => draft.set('preset', value)}
                choices={withPresent(presetChoices, values.preset)}
                disabled={presets.isPending}
              />
            )}
          </Field>
          <UnitField
            label="Length of a clip"
            unit="seconds"
            value={values.duration}
            onChange={(value) => draft.set('duration', value)}
            error={form.wrong['defaults.duration']}
            hint="With a voice, the voice decides."
          />
          <Field label="Caption style">
            {(ids) => (
              <Select
                {...ids}
                value={lookOf(values.captionStyle)}
                onChange={(value) => draft.set('captionStyle', withLook(values.captionStyle, value))}
                choices={STYLES}
              />
            )}
          </Field>
        </div>
        {values.captionStyle !== null && (
          <CaptionStyleFields
            value={values.captionStyle}
            onChange={(value) => draft.set('captionStyle', value)}
            className="mt-5 grid gap-5 sm:grid-cols-2"
          />
        )}
        {(voices.error ?? presets.error) !== null && (
          <ErrorNote error={voices.error ?? presets.error} className="mt-4" />
        )}
      </DraftForm>
    </Section>
  )
}

type Choices = readonly { readonly value: string; readonly label: string }[]

/** The present value is shown while the list is on its way, or where it is none of it any more. */
const withPresent = (choices: Choices, present: string): Choices =>
  choices.some(({ value }) => value === present)
    ? choices
    : [{ value: present, label: choices.length === 0 ? '…' : present }, ...choices]
