import { fileUrl } from '../api/client.ts'
import { cx } from '../ui/class-names.ts'
import type { Profile } from './studio.tsx'

/** A brand at a glance: its logo, or its first letter on its colour. */
export function ProfileMark({
  profile,
  className,
}: {
  readonly profile: Profile
  readonly className?: string
}) {
  const box = cx('grid size-7 shrink-0 place-items-center overflow-hidden rounded-lg', className)
  if (profile.hasLogo)
    return (
      <img
        src={fileUrl(profile.id, `/profiles/${profile.id}/logo`)}
        alt=""
        className={cx(box, 'object-cover')}
      />
    )
  return (
    <span
      aria-hidden
      className={cx(box, 'text-[13px] font-bold', isLight(profile.colour) ? 'text-black' : 'text-white')}
      style={{ backgroundColor: profile.colour }}
    >
      {[...profile.name][0]?.toUpperCase()}
    </span>
  )
}

/** Whether black is easier to read on a colour than white: relative luminance, WCAG 2.2. */
function isLight(colour: string): boolean {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.179
}
