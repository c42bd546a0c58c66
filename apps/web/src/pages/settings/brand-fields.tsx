import { Mark } from '../../app/profile-mark.tsx'
import { ColourField } from '../../ui/colour-field.tsx'
import { TextField } from '../../ui/field.tsx'
import { BRAND_COLOURS } from './brand-colours.ts'
import type { BrandDraft } from './brand-draft.ts'
import { LogoField } from './logo-field.tsx'

/** Name, colour and logo of a brand that is being made. */
export function BrandFields({
  draft,
  nameError,
}: {
  readonly draft: BrandDraft
  readonly nameError?: string | undefined
}) {
  return (
    <div className="space-y-5">
      <TextField
        label="Name"
        autoFocus
        maxLength={64}
        autoComplete="organization"
        value={draft.name}
        onChange={({ target }) => draft.setName(target.value)}
        error={nameError}
      />
      <ColourField label="Colour" colours={BRAND_COLOURS} value={draft.colour} onChange={draft.setColour} />
      <LogoField
        mark={<Mark name={draft.name || '?'} colour={draft.colour} logo={draft.logo} className="size-9" />}
        hasLogo={draft.picture !== null}
        onChoose={draft.choose}
        onRemove={draft.forgetPicture}
        error={draft.logoError}
      />
    </div>
  )
}
