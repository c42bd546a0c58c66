import { ChevronFirst, ChevronLast, Pause, Play, StepBack, StepForward, Volume2, VolumeX } from 'lucide-react'
import { useSyncExternalStore } from 'react'
import { formatExact } from '../../format.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { Key } from '../../ui/key.tsx'
import { keepFocus } from '../../ui/shortcuts.tsx'
import { chooseSound, useSoundChoice } from '../clip/player/sound-choice.ts'
import type { Marks } from './frames.ts'
import type { SourcePlayer } from './player.ts'

interface TransportProps {
  readonly player: SourcePlayer
  readonly duration: number
  readonly hasSound: boolean
  readonly marks: Marks
  readonly onMark: (which: 'start' | 'end') => void
  readonly onAdd: () => void
  /** To the next hard cut, or to the one before. */
  readonly onCut: (direction: 1 | -1) => void
}

/** What moves the player, and what marks a segment. */
export function Transport({ player, duration, hasSound, marks, onMark, onAdd, onCut }: TransportProps) {
  const { seconds, speed } = useSyncExternalStore(player.subscribe, player.view)
  const { muted } = useSoundChoice()
  const { start, end } = marks
  const length = start !== null && end !== null ? end - start : null
  return (
    <section
      onMouseDown={keepFocus}
      aria-label="Player"
      className="flex flex-wrap items-center gap-x-4 gap-y-2"
    >
      <div className="flex items-center gap-0.5">
        <IconButton
          label="Cut before"
          shortcut="↑"
          icon={<ChevronFirst className="size-4.5" />}
          onClick={() => onCut(-1)}
        />
        <IconButton
          label="One frame back"
          shortcut=","
          icon={<StepBack className="size-4.5" />}
          onClick={() => player.step(-1)}
        />
        <IconButton
          label={speed === 0 ? 'Play' : 'Pause'}
          shortcut="Space"
          look="plain"
          icon={speed === 0 ? <Play className="size-4.5" /> : <Pause className="size-4.5" />}
          onClick={() => player.toggle()}
        />
        <IconButton
          label="One frame on"
          shortcut="."
          icon={<StepForward className="size-4.5" />}
          onClick={() => player.step(1)}
        />
        <IconButton
          label="Next cut"
          shortcut="↓"
          icon={<ChevronLast className="size-4.5" />}
          onClick={() => onCut(1)}
        />
        {hasSound && (
          <IconButton
            label={muted ? 'Sound on' : 'Sound off'}
            shortcut="M"
            icon={muted ? <VolumeX className="size-4.5" /> : <Volume2 className="size-4.5" />}
            onClick={() => chooseSound({ muted: !muted })}
          />
        )}
      </div>
      <p className="font-medium tabular-nums">
        {formatExact(seconds)} <span className="font-normal text-soft">/ {formatExact(duration)}</span>
        {speed !== 0 && speed !== 1 && (
          <span className="ml-2 text-accent">{speed < 0 ? `−${-speed}` : speed}×</span>
        )}
      </p>
      <div className="flex flex-wrap items-center gap-2 sm:ml-auto">
        <Button size="small" onClick={() => onMark('start')}>
          In <Mark at={start} shortcut="I" />
        </Button>
        <Button size="small" onClick={() => onMark('end')}>
          Out <Mark at={end} shortcut="O" />
        </Button>
        <Button size="small" look="primary" disabled={length === null} onClick={onAdd}>
          Add segment{length !== null && `, ${length.toFixed(1)} s`}
        </Button>
      </div>
    </section>
  )
}

const Mark = ({ at, shortcut }: { readonly at: number | null; readonly shortcut: string }) =>
  at === null ? (
    <span className="text-soft">
      <Key>{shortcut}</Key>
    </span>
  ) : (
    <span className="text-good tabular-nums">{formatExact(at)}</span>
  )
