import { LoaderCircle, Play, Square } from 'lucide-react'
import { IconButton } from '../../../ui/button.tsx'
import type { Sample } from './use-sample.ts'

interface SampleButtonProps {
  readonly sample: Sample
  /** What is heard: an id. */
  readonly of: string
  readonly name: string
  readonly read: () => Promise<string>
  readonly disabled?: boolean
}

export function SampleButton({ sample, of, name, read, disabled = false }: SampleButtonProps) {
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
      label={isHeard ? 'Stop' : `Listen to ${name}`}
      icon={icon}
      disabled={disabled}
      onClick={() => sample.toggle(of, read)}
    />
  )
}
