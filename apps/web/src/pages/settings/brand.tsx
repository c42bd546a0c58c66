import { useState } from 'react'
import { ask } from '../../api/client.ts'
import { logoUrl, Mark } from '../../app/profile-mark.tsx'
import { studioApi } from '../../app/session.ts'
import { useStudio } from '../../app/studio.tsx'
import { ColourField } from '../../ui/colour-field.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { TextArea, TextField } from '../../ui/field.tsx'
import { toastDone } from '../../ui/toasts.tsx'
import { useDraft } from '../../ui/use-draft.ts'
import { useForm } from '../../ui/use-form.ts'
import { useWork } from '../../ui/use-work.ts'
import { BRAND_COLOURS } from './brand-colours.ts'
import { brandNameFault, rewordBrand } from './brand-draft.ts'
import { BrandEnd } from './brand-end.tsx'
import { DraftForm } from './draft-form.tsx'
import { keepProfile } from './keep-profile.ts'
import { logoFault, uploadLogo } from './logo.ts'
import { LogoField } from './logo-field.tsx'
import { Section } from './section.tsx'

/** Name and looks of the brand, and its end. */
export function BrandSettings() {
  const { profile, isOwner } = useStudio()
  const { id, name, description, colour } = profile
  const draft = useDraft({ name, description, colour })
  const { values, changes } = draft
  const form = useForm(['name', 'description'], {
    check: () => ({ name: brandNameFault(values.name) }),
    work: async () => {
      const path = { id }
      keepProfile(await ask(studioApi.PATCH('/profiles/{id}', { params: { path }, body: changes })))
      draft.reset()
    },
    reword: rewordBrand,
  })
  return (
    <>
      <Section title="Name and looks" lead="How this brand is shown in the studio.">
        <DraftForm draft={draft} form={form}>
          <div className="space-y-5">
            <TextField
              label="Name"
              maxLength={64}
              value={values.name}
              onChange={({ target }) => draft.set('name', target.value)}
              error={form.wrong.name}
            />
            <TextArea
              label="Description"
              hint="What it sells, to whom, in which tone: for the people who make its videos."
              maxLength={2000}
              value={values.description}
              onChange={({ target }) => draft.set('description', target.value)}
              error={form.wrong.description}
            />
            <ColourField
              label="Colour"
              colours={BRAND_COLOURS}
              value={values.colour}
              onChange={(value) => draft.set('colour', value)}
            />
            <Logo name={values.name} colour={values.colour} />
          </div>
        </DraftForm>
      </Section>
      {isOwner && <BrandEnd />}
    </>
  )
}

/** A picture takes effect when it is chosen. */
function Logo({ name, colour }: { readonly name: string; readonly colour: string }) {
  const { profile } = useStudio()
  const [fault, setFault] = useState<string>()
  const { busy, error, run } = useWork()
  const change = async (work: () => Promise<Parameters<typeof keepProfile>[0]>, done: string) => {
    setFault(undefined)
    await run(async () => {
      keepProfile(await work())
      toastDone(done)
    })
  }
  const path = { id: profile.id }
  return (
    <>
      <LogoField
        mark={
          <Mark
            name={name}
            colour={colour}
            logo={logoUrl(profile)}
            className="size-12 rounded-xl text-[20px]"
          />
        }
        hasLogo={profile.logoVersion !== null}
        busy={busy}
        error={fault}
        onChoose={(picture) => {
          const wrong = logoFault(picture)
          if (wrong !== undefined) return setFault(wrong)
          void change(() => uploadLogo(profile.id, picture), 'The logo is changed.')
        }}
        onRemove={() =>
          void change(
            () => ask(studioApi.DELETE('/profiles/{id}/logo', { params: { path } })),
            'The logo is removed.',
          )
        }
      />
      {error !== null && <ErrorNote error={error} />}
    </>
  )
}
