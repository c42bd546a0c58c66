import { useNavigate } from '@tanstack/react-router'
import { ChevronsUpDown, Clapperboard, Film, FolderKanban } from 'lucide-react'
import { Mark } from '../../app/profile-mark.tsx'
import type { Profile } from '../../app/studio.tsx'
import { Button } from '../../ui/button.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { useForm } from '../../ui/use-form.ts'
import {
  type BrandDraft,
  brandNameFault,
  rewordBrand,
  saveBrand,
  useBrandDraft,
} from '../settings/brand-draft.ts'
import { BrandFields } from '../settings/brand-fields.tsx'
import { Door } from './door.tsx'

/** Names the brand that the studio starts with. `saved` is the one that there is already. */
export function FirstBrand({ saved }: { readonly saved: Profile | null }) {
  const navigate = useNavigate()
  const draft = useBrandDraft(saved)
  const form = useForm(['name'], {
    check: () => ({ name: brandNameFault(draft.name) }),
    work: async () => {
      await saveBrand(draft, saved)
      await navigate({ to: '/welcome', search: { step: 'footage' } })
    },
    reword: rewordBrand,
  })
  return (
    <Door
      wide
      title="Your first brand"
      lead="A brand has its own footage, clips, voices and limits. You can add more at any time."
    >
      <form ref={form.ref} onSubmit={form.onSubmit} noValidate>
        <div className="grid gap-6 sm:grid-cols-[1fr_13rem] sm:gap-8">
          <BrandFields draft={draft} nameError={form.wrong.name} />
          <Preview draft={draft} />
        </div>
        {form.error !== null && <ErrorNote error={form.error} className="mt-5" />}
        <div className="mt-6 flex justify-end border-t border-line pt-5">
          <Button look="primary" type="submit" busy={form.busy} className="w-full sm:w-auto sm:min-w-28">
            Continue
          </Button>
        </div>
      </form>
    </Door>
  )
}

/** The corner of the studio in which the brand is always seen. */
function Preview({ draft: { name, colour, logo } }: { readonly draft: BrandDraft }) {
  return (
    <div
      aria-hidden
      className="hidden h-fit overflow-hidden rounded-xl border border-line bg-ground sm:block"
    >
      <div className="h-1 transition-colors" style={{ backgroundColor: colour }} />
      <div className="bg-surface p-3">
        <div className="flex items-center gap-2.5 p-1.5">
          <Mark name={name || '?'} colour={colour} logo={logo} />
          <span className={`min-w-0 grow truncate font-semibold ${name === '' ? 'text-soft' : ''}`}>
            {name || 'Your brand'}
          </span>
          <ChevronsUpDown className="size-4 shrink-0 text-soft" />
        </div>
        {[FolderKanban, Clapperboard, Film].map((Icon, index) => (
          <div key={Icon.displayName} className="flex h-8 items-center gap-2.5 px-1.5">
            <Icon className="size-4.5 text-edge/60" />
            <span className="h-2 rounded-full bg-line" style={{ width: `${[64, 40, 56][index]}px` }} />
          </div>
        ))}
      </div>
    </div>
  )
}
