import { type RefObject, useState } from 'react'
import type { Clip } from '../../../data/clips.ts'
import type { Source } from '../../../data/sources.ts'
import type { Cue } from '../editor/content.ts'
import type { ClipEdits } from '../editor/edits.ts'
import type { Playback } from '../player/playback.ts'
import type { CutCommands } from './cut-commands.ts'
import { CutLane } from './cut-lane.tsx'
import { CutSummary } from './cut-summary.tsx'
import { type Cuts, type Grid, lengthOf } from './edit.ts'
import { CaptionsLane, VoiceLane } from './lanes.tsx'
import { Playhead } from './playhead.tsx'
import { Ruler } from './ruler.tsx'
import { widthOf } from './scale.ts'
import { Toolbar } from './toolbar.tsx'
import { VoiceCutOff } from './voice-cut-off.tsx'

interface TimelineProps {
  readonly clip: Clip
  readonly edits: ClipEdits
  readonly sources: ReadonlyMap<string, Source>
  readonly nameOf: (sourceId: string) => string
  readonly grid: Grid
  /** Seconds of the clip at which the voice begins. */
  readonly voiceAt: number
  readonly playback: Playback
  readonly commands: CutCommands
  readonly selected: number | null
  readonly select: (index: number | null) => void
  readonly onPreview: (cuts: Cuts | null) => void
  readonly onReplace: () => void
  readonly onInsert: () => void
  readonly onCue: (cue: Cue) => void
  readonly scroller: RefObject<HTMLDivElement | null>
  /** Pixels of a second. */
  readonly scale: number
  readonly onZoom: (steps: number) => void
  readonly onFit: () => void
}

/** The clip from left to right: its cuts, its voice and its captions. */
export function Timeline(props: TimelineProps) {
  const { clip, edits, sources, nameOf, grid, playback, commands, selected, select, scroller, scale } = props
  const { content } = edits
  const cuts = content.timeline
  const length = lengthOf(cuts)
  const [shift, setShift] = useState(0)
  const width = widthOf(scale, length)
  return (
    <section aria-label="Timeline" className="border-y border-line bg-surface md:border-b-0">
      <Toolbar
        commands={commands}
        onReplace={props.onReplace}
        onInsert={props.onInsert}
        onZoom={props.onZoom}
        onFit={props.onFit}
      >
        <CutSummary {...{ cuts, selected, nameOf }} onFrameAlone={commands.frameAlone} />
      </Toolbar>
      <VoiceCutOff clip={clip} edits={edits} />
      <div
        ref={scroller}
        className="relative isolate overflow-x-auto overflow-y-hidden overscroll-x-contain px-3 pb-3"
      >
        <div className="relative" style={{ width }}>
          <Ruler playback={playback} scale={scale} seconds={length} framesPerSecond={grid.framesPerSecond} />
          <CutLane
            cuts={cuts}
            sources={sources}
            nameOf={nameOf}
            scale={scale}
            grid={grid}
            playback={playback}
            commands={commands}
            selected={selected}
            select={select}
            scroller={scroller}
            onPreview={props.onPreview}
            onShift={setShift}
          />
          <VoiceLane clip={clip} voiceAt={props.voiceAt} scale={scale} length={length} />
          <CaptionsLane captions={content.captions} scale={scale} length={length} onOpen={props.onCue} />
          <Playhead
            shift={shift}
            playback={playback}
            scale={scale}
            scroller={scroller}
            frame={1 / grid.framesPerSecond}
          />
        </div>
      </div>
    </section>
  )
}
