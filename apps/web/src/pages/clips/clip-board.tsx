import { useNavigate, useSearch } from '@tanstack/react-router'
import { type ReactNode, type Ref, useImperativeHandle, useMemo, useState } from 'react'
import { useStudio } from '../../app/studio.tsx'
import type { Clip } from '../../data/clips.ts'
import type { Job } from '../../data/jobs.ts'
import { count } from '../../format.ts'
import { cx } from '../../ui/class-names.ts'
import { ShortcutsHelp, useShortcuts } from '../../ui/shortcuts.tsx'
import { toastDone } from '../../ui/toasts.tsx'
import { ExportDialog } from '../exports/export-dialog.tsx'
import { boardShortcuts } from './board-shortcuts.ts'
import { BulkBar, MOST_COMPARED } from './bulk-bar.tsx'
import { ClipGrid } from './clip-grid.tsx'
import { ClipMenu, type ClipMenuActions } from './clip-menu.tsx'
import { CompareDialog } from './compare-dialog.tsx'
import { useTriage } from './triage.ts'
import { useClipOrders, useOrderedPreview } from './use-clip-orders.ts'
import { useWalk } from './use-walk.ts'
import { VoiceDialog } from './voice-dialog.tsx'
import { WhyPanel } from './why-panel.tsx'

export interface BoardHandle {
  /** Brings a clip into view and makes it the current one. */
  show(clipId: string): void
}

interface ClipBoardProps {
  readonly ref?: Ref<BoardHandle>
  readonly label: string
  readonly clips: readonly Clip[]
  /** All picked clips that the board is about, shown or not; `null` until they are known. */
  readonly picked: readonly Clip[] | null
  readonly titleOf: (clip: Clip) => string
  readonly noteOf?: (clip: Clip) => string | undefined
  /** Clips that are being made. */
  readonly pending?: number
  /** Whether there are clips that were not read yet. */
  readonly hasMore: boolean
  readonly onNearEnd?: () => void
  /** A job was started with clips of the board. */
  readonly onStarted: (job: Job, clipCount: number) => void
  /** Beside the button for help, above the cards. */
  readonly toolbar: ReactNode
  /** Instead of cards, where there are none. */
  readonly empty: ReactNode
}

type Open = 'export' | 'voice' | 'compare' | null

/** Clips to look through, pick, and do something with: by pointer, touch or keyboard. */
export function ClipBoard({ ref, titleOf, onStarted, ...props }: ClipBoardProps) {
  const { profile } = useStudio()
  const navigate = useNavigate()
  const triage = useTriage()
  const clips = useMemo(() => triage.shown(props.clips), [triage, props.clips])
  // What was picked just now is on the board before it is on the list of what is picked.
  const picked = useMemo(() => {
    if (props.picked === null) return []
    const known = new Map([...props.picked, ...props.clips].map((clip) => [clip.id, clip]))
    return triage.shown([...known.values()]).filter(({ selected }) => selected)
  }, [triage, props.picked, props.clips])
  const walk = useWalk(clips, triage)
  const orders = useClipOrders(titleOf, onStarted)
  useOrderedPreview(clips.find(({ id }) => id === walk.playingId))
  useImperativeHandle(ref, () => ({ show: walk.show }))

  const { why: showsWhy = false } = useSearch({ strict: false })
  const showWhy = (why: boolean) =>
    navigate({
      ...{ to: '.', replace: true, resetScroll: false },
      search: ({ why: _, ...search }) => (why ? { ...search, why } : search),
    })

  const [open, setOpen] = useState<Open>(null)
  const [chosen, setChosen] = useState<readonly Clip[]>([])
  const openDialog = (which: Open, about: readonly Clip[]): boolean => {
    if (about.length === 0) return false
    walk.play(null)
    setChosen(about)
    setOpen(which)
    return true
  }
  const remove = (gone: readonly Clip[]) => {
    const [only] = gone
    walk.remove(gone, gone.length === 1 && only ? `“${titleOf(only)}”` : count(gone.length, 'clip'))
  }
  const compare = () => picked.length >= 2 && picked.length <= MOST_COMPARED && openDialog('compare', picked)

  const shortcuts = boardShortcuts({
    current: () => walk.current,
    go: walk.go,
    pick: walk.pick,
    pickDigit: walk.pickDigit,
    pickAll() {
      walk.pickAll()
      if (props.hasMore)
        toastDone(`Picked ${count(clips.length, 'clip')}, all that are read so far. There are more.`)
    },
    open: ({ id }) =>
      navigate({ to: '/p/$profileId/clips/$clipId', params: { profileId: profile.id, clipId: id } }),
    playOrPause: ({ id }) => walk.play(walk.playingId === id ? null : id),
    why: () => showWhy(!showsWhy),
    closeWhy() {
      if (showsWhy) showWhy(false)
      return showsWhy
    },
    moreLike: orders.moreLike,
    remove: (clip) => remove([clip]),
    undo: () => triage.undo(),
    compare,
    exportPicked: () => openDialog('export', picked),
    voicePicked: () => openDialog('voice', picked),
  })
  useShortcuts(shortcuts)

  const menu: ClipMenuActions = {
    onPick: walk.pick,
    onWhy(clip) {
      walk.stand(clip.id)
      showWhy(true)
    },
    onMoreLike: orders.moreLike,
    onDuplicate: orders.duplicate,
    onExport: (clip) => openDialog('export', [clip]),
    onDelete: (clip) => remove([clip]),
  }
  const told = walk.current ?? clips[0]
  return (
    <div
      className={cx('pb-16', showsWhy && told && 'max-md:pb-[55dvh]')}
      onPointerDown={() => walk.hideDigits()}
    >
      <div className="mb-3 flex items-center gap-2">
        <div className="flex min-w-0 grow flex-wrap items-center gap-x-3 gap-y-2">{props.toolbar}</div>
        <ShortcutsHelp shortcuts={shortcuts} />
      </div>
      {clips.length === 0 && !props.pending ? (
        props.empty
      ) : (
        <div className="items-start gap-5 md:flex">
          <ClipGrid
            ref={walk.grid}
            label={props.label}
            clips={clips}
            titleOf={titleOf}
            noteOf={props.noteOf}
            pending={props.pending ?? 0}
            currentId={walk.current?.id ?? null}
            playingId={walk.playingId}
            showDigits={walk.showsDigits}
            onFocus={walk.arrive}
            onHover={walk.hover}
            onPlay={({ id }) => walk.play(id)}
            onPick={walk.pickAt}
            menuOf={(clip, isCurrent) => (
              <ClipMenu clip={clip} title={titleOf(clip)} isCurrent={isCurrent} {...menu} />
            )}
            onNearEnd={props.onNearEnd}
          />
          {showsWhy && told && <WhyPanel clip={told} title={titleOf(told)} onClose={() => showWhy(false)} />}
        </div>
      )}
      <BulkBar
        picked={picked}
        onExport={() => openDialog('export', picked)}
        onVoice={() => openDialog('voice', picked)}
        onCompare={compare}
        onMoreLike={orders.moreLike}
        onDelete={() => remove(picked)}
        onUnpick={() =>
          triage.pick(
            picked.map(({ id }) => id),
            false,
          )
        }
      />
      <ExportDialog
        open={open === 'export'}
        onOpenChange={() => setOpen(null)}
        clipIds={chosen.map(({ id }) => id)}
      />
      {open === 'voice' && (
        <VoiceDialog
          onOpenChange={() => setOpen(null)}
          clips={chosen}
          onStarted={(job) => onStarted(job, 0)}
        />
      )}
      <CompareDialog
        open={open === 'compare'}
        onOpenChange={() => setOpen(null)}
        clips={triage.shown(
          chosen.map((clip) => [...clips, ...picked].find(({ id }) => id === clip.id) ?? clip),
        )}
        titleOf={titleOf}
        onPick={walk.pick}
      />
    </div>
  )
}
