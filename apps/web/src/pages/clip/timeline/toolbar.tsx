import { Copy, Maximize2, Plus, Replace, Scissors, Trash2, ZoomIn, ZoomOut } from 'lucide-react'
import type { ReactNode } from 'react'
import { IconButton } from '../../../ui/button.tsx'
import { keepFocus } from '../../../ui/shortcuts.tsx'
import type { CutCommands } from './cut-commands.ts'

interface ToolbarProps {
  readonly commands: CutCommands
  readonly onReplace: () => void
  readonly onInsert: () => void
  readonly onZoom: (steps: number) => void
  readonly onFit: () => void
  /** What is said of the selected cut. */
  readonly children: ReactNode
}

const ICON = 'size-4'

/** What can be done to cuts, by buttons. */
export function Toolbar({ commands, onReplace, onInsert, onZoom, onFit, children }: ToolbarProps) {
  const { said } = commands
  return (
    <div className="flex h-10 items-center gap-0.5 border-b border-line px-2">
      <div role="toolbar" aria-label="Cuts" onMouseDown={keepFocus} className="flex items-center gap-0.5">
        <IconButton
          size="small"
          label="Split at the playhead"
          shortcut="S"
          icon={<Scissors className={ICON} />}
          onClick={commands.split}
        />
        <IconButton
          size="small"
          label="Replace by another moment"
          shortcut="C"
          icon={<Replace className={ICON} />}
          onClick={onReplace}
        />
        <IconButton
          size="small"
          label="Insert a moment"
          shortcut="I"
          icon={<Plus className={ICON} />}
          onClick={onInsert}
        />
        <IconButton
          size="small"
          label="Duplicate the cut"
          shortcut="D"
          icon={<Copy className={ICON} />}
          onClick={commands.duplicate}
        />
        <IconButton
          size="small"
          label="Delete the cut"
          shortcut="Del"
          icon={<Trash2 className={ICON} />}
          onClick={commands.remove}
        />
      </div>
      <div className="mx-2 h-4 w-px shrink-0 bg-line" />
      <div className="min-w-0 grow">{children}</div>
      <p
        role="status"
        className={said?.isRefusal ? 'truncate text-[13px] text-warn max-md:hidden' : 'sr-only'}
      >
        {said?.text}
      </p>
      <div role="toolbar" aria-label="Zoom" onMouseDown={keepFocus} className="flex items-center gap-0.5">
        <IconButton
          size="small"
          label="Zoom out"
          shortcut="−"
          icon={<ZoomOut className={ICON} />}
          onClick={() => onZoom(-1)}
        />
        <IconButton
          size="small"
          label="Zoom in"
          shortcut="+"
          icon={<ZoomIn className={ICON} />}
          onClick={() => onZoom(1)}
        />
        <IconButton
          size="small"
          label="Fit the whole clip"
          shortcut="0"
          icon={<Maximize2 className={ICON} />}
          onClick={onFit}
        />
      </div>
    </div>
  )
}
