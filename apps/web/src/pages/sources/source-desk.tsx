import { useEffect, useMemo, useRef, useState } from 'react'
import { useStudio } from '../../app/studio.tsx'
import { useAddress } from '../../app/use-address.ts'
import type { Segment } from '../../data/segments.ts'
import type { Source } from '../../data/sources.ts'
import { Confirm } from '../../ui/confirm.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { ShortcutsHelp, useShortcuts } from '../../ui/shortcuts.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { chooseSound, useSoundChoice } from '../clip/player/sound-choice.ts'
import { deskShortcuts } from './desk-shortcuts.ts'
import { frameEnd, frameRateOf, type Marks, neighbour, SHORTEST_SEGMENT, withMark } from './frames.ts'
import { SourcePlayer } from './player.ts'
import { SegmentList } from './segment-list.tsx'
import { segmentLabel } from './segment-words.ts'
import { Timeline } from './timeline/timeline.tsx'
import { Transport } from './transport.tsx'
import { UseInProject } from './use-in-project.tsx'
import { useSegments } from './use-segments.ts'

const NO_MARKS: Marks = { start: null, end: null }

interface SourceDeskProps {
  readonly source: Source
  readonly video: NonNullable<NonNullable<Source['probe']>['video']>
}

/** Where a source is looked through: player, timeline and segments, all by the keyboard too. */
export function SourceDesk({ source, video }: SourceDeskProps) {
  const { file } = useStudio()
  const duration = source.summary?.durationSeconds ?? 0
  const frameRate = frameRateOf(video)
  const { muted, volume } = useSoundChoice()
  const player = useMemo(() => new SourcePlayer(frameRate, duration), [frameRate, duration])
  const { list, segments, add, change, remove } = useSegments(source.id)
  const [favourites, setFavourites] = useAddress('favourites')
  const [keyword, setKeyword] = useAddress('keyword')
  const [order, setOrder] = useAddress('order')
  const [selectedId, setSelectedId] = useAddress('segment')
  const [marks, setMarks] = useState(NO_MARKS)
  const [deleting, setDeleting] = useState<Segment | null>(null)
  const [using, setUsing] = useState<Segment | null>(null)
  const isAdding = useRef(false)
  const timelineKeys = useRef<{ zoom: (factor: number) => void; fit: () => void } | null>(null)

  const shown = useMemo(
    () =>
      segments?.filter(
        (segment) =>
          (favourites === '' || segment.favourite) && (keyword === '' || segment.keywords.includes(keyword)),
      ),
    [segments, favourites, keyword],
  )
  const selected = segments?.find(({ id }) => id === selectedId)

  const mark = (which: 'start' | 'end') => {
    const { seconds } = player.view()
    // The frame that is seen where it ends is a part of it.
    const at = which === 'start' ? seconds : frameEnd(seconds, frameRate, duration)
    setMarks((before) => withMark(before, which, at))
  }
  const addMarked = async () => {
    const { start, end } = marks
    // Whoever presses twice means one segment.
    if (start === null || end === null || isAdding.current) return
    isAdding.current = true
    const added = await add(start, Math.min(duration, Math.max(end, start + SHORTEST_SEGMENT)))
    isAdding.current = false
    if (added === null) return
    setMarks(NO_MARKS)
    setSelectedId(added.id)
  }
  const play = (segment: Segment) => {
    setSelectedId(segment.id)
    player.playRange(segment.start, segment.end)
  }
  const goToCut = (direction: 1 | -1) => {
    const to = neighbour(source.summary?.cuts ?? [], player.view().seconds, direction)
    player.pause()
    player.seek(to ?? (direction === 1 ? duration : 0))
  }
  const shortcuts = deskShortcuts({
    player,
    frameRate,
    mark,
    goToCut,
    confirm: () => {
      if (marks.start !== null && marks.end !== null) void addMarked()
      else if (selected) play(selected)
    },
    cancel: () => {
      if (marks === NO_MARKS) setSelectedId('')
      else setMarks(NO_MARKS)
    },
    selected,
    change: (segment, to) => void change(segment, to),
    remove: setDeleting,
    zoom: (factor) => timelineKeys.current?.zoom(factor),
    fit: () => timelineKeys.current?.fit(),
    mute: () => chooseSound({ muted: !muted }),
  })
  useShortcuts(shortcuts)
  // Another recording begins anew.
  useEffect(() => () => player.pause(), [player])

  return (
    <div className="grid gap-4 lg:grid-cols-[minmax(0,1fr)_360px]">
      <div className="min-w-0 space-y-3">
        <div className="grid place-items-center overflow-hidden rounded-xl bg-black">
          <video
            ref={player.attach}
            muted={muted}
            onLoadedMetadata={({ currentTarget }) => {
              currentTarget.volume = volume
            }}
            src={file(`/sources/${source.id}/proxy`)}
            preload="auto"
            playsInline
            onClick={() => player.toggle()}
            className="h-[min(44vh,420px)] w-full object-contain max-md:h-auto max-md:max-h-[50vh]"
            style={{ aspectRatio: `${video.displayWidth} / ${video.displayHeight}` }}
          />
        </div>
        <div className="flex items-start gap-1">
          <div className="grow">
            <Transport
              player={player}
              duration={duration}
              hasSound={source.probe?.audio != null}
              marks={marks}
              onMark={mark}
              onAdd={() => void addMarked()}
              onCut={goToCut}
            />
          </div>
          <ShortcutsHelp shortcuts={shortcuts} />
        </div>
      </div>
      <div className="relative min-w-0 max-lg:order-last">
        {segments && shown ? (
          <SegmentList
            source={source}
            all={segments}
            shown={shown}
            selectedId={selectedId}
            onlyFavourites={favourites !== ''}
            onOnlyFavourites={(only) => setFavourites(only ? 'only' : '')}
            keyword={keyword}
            onKeyword={setKeyword}
            isBestFirst={order === 'best'}
            onBestFirst={(best) => setOrder(best ? 'best' : '')}
            onSelect={(id) => {
              setSelectedId(id)
              const segment = segments.find((one) => one.id === id)
              if (segment) player.seek(segment.start)
            }}
            onPlay={play}
            onChange={(segment, to) => void change(segment, to)}
            onDelete={setDeleting}
            onUse={setUsing}
          />
        ) : list.error ? (
          <ErrorNote error={list.error} />
        ) : (
          <Skeleton className="h-full min-h-60 rounded-xl" />
        )}
      </div>
      <div className="min-w-0 lg:col-span-2">
        <Timeline
          source={source}
          duration={duration}
          frameRate={frameRate}
          player={player}
          segments={shown ?? []}
          selectedId={selectedId}
          onSelect={setSelectedId}
          onChange={(segment, times) => void change(segment, times)}
          marks={marks}
          onMarks={setMarks}
          keys={timelineKeys}
        />
      </div>
      {using && <UseInProject sources={[source]} segments={[using]} onClose={() => setUsing(null)} />}
      {deleting && (
        <Confirm
          open
          onOpenChange={() => setDeleting(null)}
          title="Delete this segment?"
          action="Delete"
          onConfirm={() => remove(deleting)}
        >
          <p className="wrap-anywhere">
            <strong className="text-ink">{segmentLabel(deleting)}</strong> goes. Clips that show it keep it.
          </p>
        </Confirm>
      )}
    </div>
  )
}
