import { luminance } from '@cutroom/contracts/colour'
import { fileUrl } from '../api/client.ts'
import { cx } from '../ui/class-names.ts'
import { Picture } from '../ui/picture.tsx'
import type { Profile } from './studio.tsx'

/** A brand at a glance. */
export const ProfileMark = ({
  profile,
  className,
}: {
  readonly profile: Profile
  readonly className?: string
}) => <Mark name={profile.name} colour={profile.colour} logo={logoUrl(profile)} className={className} />

/** The address of a brand's logo; another picture has another. */
export const logoUrl = ({ id, logoVersion }: Profile): string | null =>
  logoVersion === null ? null : fileUrl(id, `/profiles/${id}/logo`, { v: logoVersion })

interface MarkProps {
  readonly name: string
  /** `#rrggbb` */
  readonly colour: string
  /** Its address. */
  readonly logo: string | null
  readonly className?: string | undefined
}

/** A logo, or the first letter of a name on its colour. */
export function Mark({ name, colour, logo, className }: MarkProps) {
  const box = cx('grid size-7 shrink-0 place-items-center overflow-hidden rounded-lg', className)
  if (logo !== null) return <Picture src={logo} alt="" className={cx(box, 'object-cover')} />
  return (
    <span
      aria-hidden
      className={cx(
        box,
        'text-[13px] font-bold inset-ring inset-ring-ink/10 dark:inset-ring-ink/35',
        isLight(colour) ? 'text-black' : 'text-white',
      )}
      style={{ backgroundColor: colour }}
    >
      {[...name.trim()][0]?.toUpperCase()}
    </span>
  )
}

/** Whether black is easier to read on a colour than white. */
const isLight = (colour: string): boolean => luminance(colour) > 0.179
