import { LoaderCircle, Play, Square } from 'lucide-react'
import { type ButtonLook, IconButton } from './button.tsx'
import type { Sample } from './use-sample.ts'

interface SampleButtonProps {
  readonly sample: Sample
  /** What is heard: an id. */
  readonly of: string
  readonly name: string
  readonly read: () => Promise<string>
  readonly look?: ButtonLook
  readonly disabled?: boolean
}

export function SampleButton({
  sample,
  of,
  name,
  read,
  look = 'quiet',
  disabled = false,
}: SampleButtonProps) {
  const isHeard = sample.of === of
  const icon = !isHeard ? (
    <Play className="size-4" fill="currentColor" />
  ) : sample.loading ? (
    <LoaderCircle className="size-4 animate-spin" />
  ) : (
    <Square className="size-3.5" fill="currentColor" />
  )
  return (
    <IconButton
      look={look}
      className="shrink-0"
      label={isHeard ? 'Stop' : `Listen to ${name}`}
      icon={icon}
      disabled={disabled}
      onClick={() => sample.toggle(of, read)}
    />
  )
}
