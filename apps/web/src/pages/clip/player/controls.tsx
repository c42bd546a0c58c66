import { Maximize, Pause, Play, Repeat, StepBack, StepForward, Volume2, VolumeX } from 'lucide-react'
import { Slider } from 'radix-ui'
import { formatExact } from '../../../format.ts'
import { IconButton } from '../../../ui/button.tsx'
import { cx } from '../../../ui/class-names.ts'
import { keepFocus } from '../../../ui/shortcuts.tsx'
import { type Playback, useIsPlaying, usePlaybackValue, useTime } from './playback.ts'
import { step } from './shortcuts.ts'
import { chooseSound, useSoundChoice } from './sound-choice.ts'

const icon = 'size-4.5'

/** What a player is worked with. */
export function Controls({
  playback,
  framesPerSecond,
  onFullscreen,
}: {
  readonly playback: Playback
  readonly framesPerSecond: number
  readonly onFullscreen: () => void
}) {
  const playing = useIsPlaying(playback)
  const { muted, volume, loop } = useSoundChoice()
  return (
    <div className="@container mt-2 shrink-0">
      <ScrubBar playback={playback} framesPerSecond={framesPerSecond} />
      <div
        role="toolbar"
        aria-label="Playing"
        onMouseDown={keepFocus}
        className="-mx-1.5 flex items-center gap-0.5"
      >
        <IconButton
          label={playing ? 'Pause' : 'Play'}
          shortcut="Space"
          icon={
            playing ? (
              <Pause className={icon} fill="currentColor" />
            ) : (
              <Play className={icon} fill="currentColor" />
            )
          }
          className="text-ink!"
          onClick={playback.toggle}
        />
        <IconButton
          label="Back by one frame"
          shortcut="←"
          icon={<StepBack className="size-4" />}
          onClick={() => step(playback, -1, framesPerSecond)}
        />
        <IconButton
          label="On by one frame"
          shortcut="→"
          icon={<StepForward className="size-4" />}
          onClick={() => step(playback, 1, framesPerSecond)}
        />
        <Clock playback={playback} />
        <div className="ml-auto flex items-center gap-0.5">
          <IconButton
            label="Repeat"
            shortcut="R"
            aria-pressed={loop}
            icon={<Repeat className="size-4" />}
            className={cx(loop && 'text-accent!')}
            onClick={() => chooseSound({ loop: !loop })}
          />
          <IconButton
            label={muted ? 'Sound on' : 'Sound off'}
            shortcut="M"
            icon={muted ? <VolumeX className={icon} /> : <Volume2 className={icon} />}
            onClick={() => chooseSound({ muted: !muted })}
          />
          <Slider.Root
            className="relative mr-2 hidden h-9 w-20 touch-none items-center @md:flex"
            max={1}
            step={0.05}
            value={[muted ? 0 : volume]}
            onValueChange={([level = 0]) => chooseSound({ volume: level, muted: level === 0 })}
          >
            <Track />
            <Slider.Thumb
              aria-label="Volume"
              className="block size-3 rounded-full bg-ink shadow focus-visible:outline-offset-2"
            />
          </Slider.Root>
          <IconButton
            label="Full screen"
            shortcut="F"
            icon={<Maximize className="size-4" />}
            onClick={onFullscreen}
          />
        </div>
      </div>
    </div>
  )
}

function ScrubBar({
  playback,
  framesPerSecond,
}: {
  readonly playback: Playback
  readonly framesPerSecond: number
}) {
  const time = useTime(playback)
  const length = usePlaybackValue(playback, (clock) => clock.length())
  return (
    <Slider.Root
      className="group relative flex h-6 w-full touch-none items-center"
      max={Math.max(length, 1 / framesPerSecond)}
      step={1 / framesPerSecond}
      value={[time]}
      onValueChange={([seconds = 0]) => playback.seek(seconds)}
    >
      <Track />
      <Slider.Thumb
        aria-label="Place in the clip"
        aria-valuetext={`${formatExact(time)} of ${formatExact(length)}`}
        className="block size-3.5 rounded-full bg-accent shadow focus-visible:outline-offset-2"
      />
    </Slider.Root>
  )
}

const Track = () => (
  <Slider.Track className="relative h-1 grow overflow-hidden rounded-full bg-edge/50">
    <Slider.Range className="absolute h-full bg-accent" />
  </Slider.Track>
)

function Clock({ playback }: { readonly playback: Playback }) {
  const time = useTime(playback)
  const length = usePlaybackValue(playback, (clock) => clock.length())
  return (
    <p className="ml-1 text-[13px] whitespace-nowrap tabular-nums">
      {formatExact(time)} <span className="text-soft">/ {formatExact(length)}</span>
    </p>
  )
}
