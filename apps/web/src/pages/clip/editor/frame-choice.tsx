import { useQuery } from '@tanstack/react-query'
import { SquareDashed } from 'lucide-react'
import { useStudio } from '../../../app/studio.tsx'
import { presetsQuery } from '../../../data/presets.ts'
import { IconButton } from '../../../ui/button.tsx'
import { Select } from '../../../ui/select.tsx'
import { keepFocus } from '../../../ui/shortcuts.tsx'

interface FrameChoiceProps {
  readonly presetId: string
  readonly onPreset: (presetId: string) => void
  readonly isSafeShown: boolean
  readonly onSafe: (isShown: boolean) => void
}

/** The frame that the player shows, and what the platform covers of it. */
export function FrameChoice({ presetId, onPreset, isSafeShown, onSafe }: FrameChoiceProps) {
  const { api } = useStudio()
  const { data = [] } = useQuery(presetsQuery(api))
  const choices = data.map(({ id, name, frame }) => ({
    value: id,
    label: name,
    ...(frame !== 'source' && { hint: `${frame.width} × ${frame.height}` }),
  }))
  return (
    <div className="flex items-center gap-1">
      <Select
        aria-label="Frame of"
        value={presetId}
        onChange={onPreset}
        choices={choices}
        placeholder="Frame"
        className="w-40 max-md:w-25"
      />
      <IconButton
        label={isSafeShown ? 'Hide the safe area' : 'Show what the platform covers'}
        shortcut="A"
        aria-pressed={isSafeShown}
        icon={<SquareDashed className="size-4.5" />}
        onMouseDown={keepFocus}
        onClick={() => onSafe(!isSafeShown)}
        className={isSafeShown ? 'bg-accent-wash text-accent' : ''}
      />
    </div>
  )
}
