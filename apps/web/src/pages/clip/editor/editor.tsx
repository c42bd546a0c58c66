import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { lazy, Suspense, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { useStudio } from '../../../app/studio.tsx'
import type { Clip } from '../../../data/clips.ts'
import { projectQuery } from '../../../data/projects.ts'
import { cx } from '../../../ui/class-names.ts'
import { useShortcuts } from '../../../ui/shortcuts.tsx'
import { toastFailed } from '../../../ui/toasts.tsx'
import { INTO_SAID } from '../captions/said.ts'
import { createPlayback } from '../player/playback.ts'
import { Player } from '../player/player.tsx'
import { playbackQuery } from '../player/queries.ts'
import { playerShortcuts } from '../player/shortcuts.ts'
import { useCutCommands } from '../timeline/cut-commands.ts'
import { type Cuts, type Grid, lengthOf, reframe } from '../timeline/edit.ts'
import { MomentsDialog } from '../timeline/moments/moments-dialog.tsx'
import { Timeline } from '../timeline/timeline.tsx'
import { useScale } from '../timeline/use-scale.ts'
import type { Captions } from './content.ts'
import { EditorHeader } from './editor-header.tsx'
import { editorShortcuts } from './editor-shortcuts.ts'
import { useClipEdits } from './edits.ts'
import { ExportsUnderWay } from './exports-under-way.tsx'
import { FrameChoice } from './frame-choice.tsx'
import { useNeighbours } from './neighbours.ts'
import { Panels } from './panels.tsx'
import { SaveTrouble } from './save-trouble.tsx'
import { useSources } from './use-sources.ts'
import { useView } from './view.ts'

const ExportDialog = lazy(() =>
  import('../../exports/export-dialog.tsx').then(({ ExportDialog }) => ({ default: ExportDialog })),
)

/** On a phone, and on a screen that is wide and not too high; one thing under the other. */
const BESIDE =
  'max-md:absolute max-md:*:flex-col max-md:*:items-start [@media(min-width:80rem)_and_(max-height:60rem)]:absolute [@media(min-width:80rem)_and_(max-height:60rem)]:*:flex-col [@media(min-width:80rem)_and_(max-height:60rem)]:*:items-start'

interface EditorProps {
  readonly clip: Clip
  /** As the server had them when the page was opened. */
  readonly captions: Captions | null
}

/** The player, the timeline and the panels of a clip, around its edits. */
export function Editor({ clip, captions }: EditorProps) {
  const { api, profile } = useStudio()
  const navigate = useNavigate()
  const { search, change } = useView()
  const edits = useClipEdits(clip, captions)
  const { content } = edits
  const [playback] = useState(createPlayback)
  const [preview, setPreview] = useState<Cuts | null>(null)
  const [selected, setSelected] = useState<number | null>(null)
  const [dialog, setDialog] = useState<'replace' | 'insert' | 'export' | null>(null)
  const presetId = search.preset ?? profile.defaults.preset
  const { data: plan } = useQuery(playbackQuery(api, clip, presetId))
  const { data: project } = useQuery(projectQuery(api, clip.projectId))
  const neighbours = useNeighbours(clip)

  const shownIds = useMemo(
    () => [...new Set(content.timeline.map(({ sourceId }) => sourceId))],
    [content.timeline],
  )
  const sources = useSources(shownIds)
  const nameOf = useCallback(
    (id: string) =>
      sources.get(id)?.name ?? clip.sources.find((source) => source.id === id)?.name ?? 'a source',
    [sources, clip.sources],
  )
  const isPortrait = plan === undefined || plan.frame.width / plan.frame.height < 0.6
  const framesPerSecond = plan ? plan.frameRate.num / plan.frameRate.den : 30
  const grid = useMemo<Grid>(
    () => ({
      framesPerSecond,
      durationOf: (id) =>
        sources.get(id)?.summary?.durationSeconds ??
        clip.sources.find((source) => source.id === id)?.durationSeconds ??
        Number.POSITIVE_INFINITY,
    }),
    [framesPerSecond, sources, clip.sources],
  )
  const chosen = selected !== null && selected < content.timeline.length ? selected : null
  const commands = useCutCommands({ edits, playback, grid, selected: chosen, select: setSelected })
  const scroller = useRef<HTMLDivElement>(null)
  const { scale, zoom, fit } = useScale(scroller, lengthOf(content.timeline), playback)

  const go = (to: Clip | undefined) => {
    if (to === undefined) return
    void navigate({
      to: '/p/$profileId/clips/$clipId',
      params: { profileId: profile.id, clipId: to.id },
      search,
    })
  }
  const open = (what: typeof dialog) => () => {
    playback.pause()
    setDialog(what)
  }
  /** What one sees is what is exported: it is saved first. */
  const openExport = () => {
    playback.pause()
    edits.save().then(() => setDialog('export'), toastFailed)
  }
  const toggleSafe = () => {
    const { safe, ...rest } = search
    change(safe ? rest : { ...rest, safe: true })
  }
  const shortcuts = editorShortcuts({
    ...{ edits, commands, playback },
    onReplace: open('replace'),
    onInsert: open('insert'),
    onExport: openExport,
    onSafe: toggleSafe,
    onDeselect: () => setSelected(null),
    onZoom: zoom,
    onFit: fit,
    onPrevious: () => go(neighbours.previous),
    onNext: () => go(neighbours.next),
  })
  useShortcuts(shortcuts)
  // Said of the root, since asking for it from there costs each page time whenever anything on it changes.
  useLayoutEffect(() => {
    document.documentElement.toggleAttribute('data-own-frame', true)
    return () => void document.documentElement.toggleAttribute('data-own-frame', false)
  }, [])
  useEffect(() => {
    document.title = `${clip.name} – Cutroom`
  }, [clip.name])

  const ofPlayer = playerShortcuts({
    ...{ playback, framesPerSecond, muted: false, loop: false },
    onFullscreen: () => undefined,
    onMovePicture: () => undefined,
  })
  return (
    <div className="flex flex-col md:h-dvh">
      <EditorHeader
        clip={clip}
        projectName={project?.name}
        edits={edits}
        neighbours={neighbours}
        shortcuts={[...ofPlayer, ...shortcuts]}
        onGo={go}
        onExport={openExport}
      />
      <SaveTrouble edits={edits} />
      <ExportsUnderWay clipId={clip.id} />
      <div className="min-h-0 grow md:grid md:grid-cols-[minmax(0,1fr)_22rem] md:grid-rows-[minmax(0,1fr)_auto] xl:grid-cols-[minmax(0,1fr)_25rem]">
        <section
          aria-label="Player"
          className="relative flex min-h-0 flex-col bg-ground p-3 max-md:sticky max-md:top-13 max-md:z-20 max-md:h-[40dvh] max-md:py-2"
        >
          <div
            className={cx(
              'z-10 mb-2 flex justify-center',
              // A portrait frame leaves room beside it.
              isPortrait && BESIDE,
            )}
          >
            <FrameChoice
              presetId={presetId}
              onPreset={(preset) => change({ ...search, preset })}
              isSafeShown={search.safe === true}
              onSafe={toggleSafe}
            />
          </div>
          <div className="min-h-0 grow">
            <Player
              clip={clip}
              cuts={preview ?? content.timeline}
              playback={playback}
              presetId={presetId}
              captionStyle={content.captionStyle}
              showSafeArea={search.safe === true}
              onReframe={(index, focus, isDone) => {
                setPreview(focus && !isDone ? reframe(content.timeline, index, focus) : null)
                if (focus && isDone) commands.reframe(index, focus)
              }}
            />
          </div>
        </section>
        <div className="min-w-0 md:col-span-2 md:row-start-2">
          <Timeline
            {...{ clip, edits, sources, nameOf, grid, playback, commands, scroller, scale }}
            voiceAt={plan?.voiceAt ?? 0}
            selected={chosen}
            select={setSelected}
            onPreview={setPreview}
            onReplace={open('replace')}
            onInsert={open('insert')}
            onZoom={zoom}
            onFit={fit}
            onCue={(cue) => {
              playback.seek(cue.start + INTO_SAID)
              change({ ...search, tab: 'captions' })
            }}
          />
        </div>
        <Panels
          {...{ clip, edits, playback, nameOf }}
          tab={search.tab ?? 'script'}
          onTab={(tab) => change({ ...search, tab })}
          selected={chosen}
          select={(index) => {
            setSelected(index)
            playback.seek(boundaryOf(content.timeline, index))
          }}
          onReplace={open('replace')}
        />
      </div>
      <MomentsDialog
        key={dialog === 'replace' ? `replace ${commands.target()}` : 'insert'}
        open={dialog === 'replace' || dialog === 'insert'}
        onOpenChange={() => setDialog(null)}
        projectId={clip.projectId}
        grid={grid}
        replaced={dialog === 'replace' ? (content.timeline[commands.target()] ?? null) : null}
        onChoose={dialog === 'replace' ? commands.replaceBy : commands.insertAfter}
      />
      {dialog === 'export' && (
        <Suspense>
          <ExportDialog open onOpenChange={() => setDialog(null)} clipIds={[clip.id]} />
        </Suspense>
      )}
    </div>
  )
}

const boundaryOf = (cuts: Cuts, index: number): number => lengthOf(cuts.slice(0, index))
