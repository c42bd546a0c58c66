import { useId } from 'react'
import { ProfileMark } from '../../app/profile-mark.tsx'
import { useStudio } from '../../app/studio.tsx'
import { CheckBox } from '../../ui/check.tsx'

interface BrandChoiceProps {
  readonly label: string
  /** Ids of brands. */
  readonly value: readonly string[]
  readonly onChange: (value: readonly string[]) => void
  readonly error?: string | undefined
}

/** Some of the brands of the studio. */
export function BrandChoice({ label, value, onChange, error }: BrandChoiceProps) {
  const { session } = useStudio()
  const id = useId()
  return (
    <fieldset className="min-w-0" aria-describedby={error === undefined ? undefined : id}>
      <legend className="mb-1 text-[13px] font-medium">{label}</legend>
      <ul className="max-h-56 divide-y divide-line overflow-y-auto rounded-lg border border-line">
        {session.profiles.map((profile) => (
          <li key={profile.id} className="flex items-center gap-2.5 px-3 py-2">
            <CheckBox
              label={profile.name}
              checked={value.includes(profile.id)}
              onChange={(on) =>
                onChange(on ? [...value, profile.id] : value.filter((chosen) => chosen !== profile.id))
              }
            />
            <ProfileMark profile={profile} className="size-6 rounded-md" />
            <span className="min-w-0 truncate" title={profile.name}>
              {profile.name}
            </span>
          </li>
        ))}
      </ul>
      {error !== undefined && (
        <p id={id} role="alert" className="mt-1 text-[13px] text-bad">
          {error}
        </p>
      )}
    </fieldset>
  )
}
