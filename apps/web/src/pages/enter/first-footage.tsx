import { Link, useNavigate } from '@tanstack/react-router'
import { Sparkles, Upload } from 'lucide-react'
import type { ReactNode } from 'react'
import { ask, createApi } from '../../api/client.ts'
import type { Profile } from '../../app/studio.tsx'
import { chooseFiles } from '../../data/uploads-files.ts'
import { uploadsOf } from '../../data/uploads-of.ts'
import { ErrorNote } from '../../ui/error-note.tsx'
import { toastFailed } from '../../ui/toasts.tsx'
import { useWork } from '../../ui/use-work.ts'
import { Door } from './door.tsx'

/** What a new brand can start with. */
export function FirstFootage({ brand }: { readonly brand: Profile }) {
  const navigate = useNavigate()
  const { busy, error, run } = useWork()
  const toSources = () => navigate({ to: '/p/$profileId/sources', params: { profileId: brand.id } })
  const add = () =>
    void chooseFiles({ multiple: true }).then((found) => {
      if (found === null) return
      uploadsOf(brand.id).add(found)
      void toSources()
    }, toastFailed)
  const makeDemo = async () =>
    run(async () => {
      await ask(createApi(brand.id).POST('/sources/demo'))
      await toSources()
    })
  return (
    <Door wide title={`Footage for ${brand.name}`} lead="Cutroom makes short clips out of longer recordings.">
      <div className="grid gap-3 sm:grid-cols-2">
        <Offer icon={<Upload />} title="Add your footage" onClick={add} disabled={busy}>
          Your own recordings, as many files as you like. They stay on this server.
        </Offer>
        <Offer icon={<Sparkles />} title="Make demo footage" onClick={makeDemo} disabled={busy}>
          A few short scenes, drawn here in about a minute, to try everything with.
        </Offer>
      </div>
      {error !== null && <ErrorNote error={error} className="mt-4" />}
      <p className="mt-6 text-center text-[13px]">
        <Link
          to="/p/$profileId/projects"
          params={{ profileId: brand.id }}
          className="rounded font-medium text-soft hover:text-ink"
        >
          Look around first
        </Link>
      </p>
    </Door>
  )
}

function Offer({
  icon,
  title,
  onClick,
  disabled,
  children,
}: {
  readonly icon: ReactNode
  readonly title: string
  readonly onClick: () => void
  readonly disabled: boolean
  readonly children: ReactNode
}) {
  return (
    <button
      type="button"
      onClick={onClick}
      disabled={disabled}
      className="flex items-start gap-4 rounded-xl border border-line bg-surface p-4 text-left transition-colors hover:border-accent hover:bg-accent-wash/50 disabled:opacity-60 sm:flex-col sm:p-5"
    >
      <span className="grid size-10 shrink-0 place-items-center rounded-xl bg-accent-wash text-accent [&_svg]:size-5">
        {icon}
      </span>
      <span>
        <span className="block font-semibold">{title}</span>
        <span className="mt-0.5 block text-soft">{children}</span>
      </span>
    </button>
  )
}
