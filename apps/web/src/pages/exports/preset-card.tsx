import { Check } from 'lucide-react'
import { useState } from 'react'
import type { Preset } from '../../data/presets.ts'
import { cx } from '../../ui/class-names.ts'
import { Picture } from '../../ui/picture.tsx'
import { frameWords } from './preset-words.ts'
import { SafeArea } from './safe-area.tsx'

interface PresetCardProps {
  readonly preset: Preset
  readonly chosen: boolean
  readonly onChange: (chosen: boolean) => void
  /** The address of a picture of the clip, where there is one. */
  readonly picture: string | null
  /** Whether what the platform covers is shown. */
  readonly showSafeArea: boolean
  /** What is made of the chosen clips for it, if anything. */
  readonly made: string
}

/** A preset as the frame that it makes of the clip. */
export function PresetCard({ preset, chosen, onChange, picture, showSafeArea, made }: PresetCardProps) {
  return (
    <label
      className={cx(
        'relative flex flex-col overflow-hidden rounded-xl border transition-colors has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent',
        chosen ? 'border-accent ring-1 ring-accent' : 'border-line hover:border-edge',
      )}
    >
      <input
        type="checkbox"
        className="absolute inset-0 z-10 size-full cursor-pointer opacity-0"
        checked={chosen}
        onChange={({ currentTarget }) => onChange(currentTarget.checked)}
      />
      <span className="grid h-36 w-full place-items-center bg-sunken p-3">
        <Frame preset={preset} picture={picture} showSafeArea={showSafeArea} />
      </span>
      <span
        className={cx(
          'absolute top-2 right-2 grid size-5 place-items-center rounded-full border',
          chosen ? 'border-accent bg-accent text-on-accent' : 'border-edge bg-surface text-transparent',
        )}
      >
        <Check className="size-3.5" strokeWidth={3} aria-hidden />
      </span>
      <span className="block w-full min-w-0 px-3 py-2">
        <span className="block truncate font-medium" title={preset.name}>
          {preset.name}
        </span>
        <span className="block truncate text-[12px] text-soft">{frameWords(preset)}</span>
        <span className="block truncate text-[12px] text-soft">{made}</span>
      </span>
    </label>
  )
}

/** Pixels of the largest side that fits its place. */
const HEIGHT = 120
const WIDTH = 150

function Frame({
  preset,
  picture,
  showSafeArea,
}: Pick<PresetCardProps, 'preset' | 'picture' | 'showSafeArea'>) {
  const [natural, setNatural] = useState(16 / 9)
  const { frame } = preset
  const aspect = frame === 'source' ? natural : frame.width / frame.height
  const height = Math.min(HEIGHT, WIDTH / aspect)
  return (
    <span
      className="relative block overflow-hidden rounded-[3px] bg-edge/40 shadow-sm"
      style={{ height, width: height * aspect }}
    >
      {picture !== null && (
        <Picture
          src={picture}
          alt=""
          className="size-full object-cover"
          onLoad={({ currentTarget: { naturalWidth, naturalHeight } }) =>
            setNatural(naturalWidth / Math.max(1, naturalHeight))
          }
        />
      )}
      {showSafeArea && <SafeArea area={preset.safeArea} />}
    </span>
  )
}
