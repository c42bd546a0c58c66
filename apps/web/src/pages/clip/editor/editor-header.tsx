import { Link } from '@tanstack/react-router'
import { ChevronDown, ChevronLeft, ChevronUp, Redo2, Share, Undo2 } from 'lucide-react'
import { ProfileSwitcher } from '../../../app/profile-switcher.tsx'
import { useStudio } from '../../../app/studio.tsx'
import type { Clip } from '../../../data/clips.ts'
import { Button, IconButton } from '../../../ui/button.tsx'
import { keepFocus, type Shortcut, ShortcutsHelp } from '../../../ui/shortcuts.tsx'
import { ClipMenu } from './clip-menu.tsx'
import { ClipName } from './clip-name.tsx'
import type { ClipEdits } from './edits.ts'
import type { useNeighbours } from './neighbours.ts'
import { SaveState } from './save-state.tsx'

interface EditorHeaderProps {
  readonly clip: Clip
  readonly projectName: string | undefined
  readonly edits: ClipEdits
  readonly neighbours: ReturnType<typeof useNeighbours>
  readonly shortcuts: readonly Shortcut[]
  readonly onGo: (clip: Clip | undefined) => void
  readonly onExport: () => void
}

/** Where one is, whether it is saved, and what can be done with the clip as a whole. */
export function EditorHeader(props: EditorHeaderProps) {
  const { clip, projectName, edits, neighbours, onGo } = props
  const { profile } = useStudio()
  const { clips, index, previous, next } = neighbours
  const undo = edits.undoLabel === undefined ? 'Undo' : `Undo: ${edits.undoLabel}`
  const redo = edits.redoLabel === undefined ? 'Redo' : `Redo: ${edits.redoLabel}`
  return (
    <header className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line bg-surface px-2 py-2 max-md:sticky max-md:top-0 max-md:z-30 max-md:h-13 max-md:flex-nowrap max-md:gap-x-1 max-md:border-t-4 max-md:border-t-brand max-md:py-0 sm:px-3">
      <div className="flex min-w-0 grow basis-56 items-center gap-1 max-md:basis-0">
        <Link
          to="/p/$profileId/projects/$projectId"
          params={{ profileId: profile.id, projectId: clip.projectId }}
          aria-label={`Back to the project ${projectName ?? ''}`}
          className="flex h-9 shrink-0 items-center gap-1 rounded-lg pr-2 pl-1 max-md:pr-1 text-soft hover:bg-hover hover:text-ink"
        >
          <ChevronLeft className="size-4.5" aria-hidden />
          <span className="max-w-40 truncate max-xl:hidden">{projectName}</span>
        </Link>
        <span className="text-line max-xl:hidden" aria-hidden>
          /
        </span>
        <div className="shrink-0 md:hidden">
          <ProfileSwitcher compact />
        </div>
        <ClipName key={clip.id} clip={clip} projectName={projectName ?? ''} />
        <IconButton
          size="small"
          label="Previous clip of the project"
          shortcut="P"
          icon={<ChevronUp className="size-4" />}
          disabled={previous === undefined}
          onMouseDown={keepFocus}
          onClick={() => onGo(previous)}
          className="max-sm:hidden"
        />
        <IconButton
          size="small"
          label="Next clip of the project"
          shortcut="N"
          icon={<ChevronDown className="size-4" />}
          disabled={next === undefined}
          onMouseDown={keepFocus}
          onClick={() => onGo(next)}
          className="max-sm:hidden"
        />
        {index >= 0 && (
          <span className="shrink-0 text-[13px] text-soft tabular-nums max-lg:hidden">
            {index + 1} of {clips.length}
          </span>
        )}
      </div>
      <div className="flex items-center gap-1 max-sm:gap-0">
        <SaveState edits={edits} />
        <IconButton
          label={undo}
          shortcut="Ctrl Z"
          icon={<Undo2 className="size-4.5" />}
          disabled={!edits.canUndo}
          onMouseDown={keepFocus}
          onClick={edits.undo}
          className="ml-1"
        />
        <IconButton
          label={redo}
          shortcut="Ctrl ⇧ Z"
          icon={<Redo2 className="size-4.5" />}
          disabled={!edits.canRedo}
          onMouseDown={keepFocus}
          onClick={edits.redo}
        />
        <ShortcutsHelp shortcuts={props.shortcuts} />
        <ClipMenu clip={clip} edits={edits} neighbours={neighbours} onGo={onGo} />
        <Button
          look="primary"
          icon={<Share className="size-4" aria-hidden />}
          disabled={edits.conflict !== null}
          {...(edits.conflict !== null && { title: 'Choose which version to go on with first.' })}
          onClick={props.onExport}
          className="ml-1"
        >
          <span className="max-sm:sr-only">Export…</span>
        </Button>
      </div>
    </header>
  )
}
