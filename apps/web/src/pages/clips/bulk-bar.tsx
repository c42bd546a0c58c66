import { AudioLines, Columns3, Share, Sparkles, Trash2 } from 'lucide-react'
import type { Clip } from '../../data/clips.ts'
import { ActionBar } from '../../ui/action-bar.tsx'
import { Button } from '../../ui/button.tsx'
import { Menu, MenuItem, MenuLine } from '../../ui/menu.tsx'
import { MoreButton } from '../../ui/more-button.tsx'

/** Clips that are compared at most. */
export const MOST_COMPARED = 6

interface BulkBarProps {
  readonly picked: readonly Clip[]
  readonly onExport: () => void
  readonly onVoice: () => void
  readonly onCompare: () => void
  readonly onMoreLike: (clip: Clip) => void
  readonly onDelete: () => void
  readonly onUnpick: () => void
}

/** What can be done with all picked clips. */
export function BulkBar({
  picked,
  onExport,
  onVoice,
  onCompare,
  onMoreLike,
  onDelete,
  onUnpick,
}: BulkBarProps) {
  const [only] = picked.length === 1 ? picked : []
  const canCompare = picked.length >= 2 && picked.length <= MOST_COMPARED
  return (
    <ActionBar
      label="Picked clips"
      count={picked.length}
      state="picked"
      clear={{ label: 'Unpick all', onClick: onUnpick }}
    >
      {canCompare && (
        <Button
          look="quiet"
          icon={<Columns3 className="size-4" />}
          onClick={onCompare}
          className="max-sm:hidden"
        >
          Compare
        </Button>
      )}
      {only && (
        <Button
          look="quiet"
          icon={<Sparkles className="size-4" />}
          onClick={() => onMoreLike(only)}
          className="max-sm:hidden"
        >
          More like this
        </Button>
      )}
      <Button
        look="quiet"
        icon={<AudioLines className="size-4" />}
        onClick={onVoice}
        className="max-sm:hidden"
      >
        Voice…
      </Button>
      <Button look="quiet" icon={<Trash2 className="size-4" />} onClick={onDelete} className="max-sm:hidden">
        Delete
      </Button>
      <span className="sm:hidden">
        <Menu trigger={<MoreButton label="More" />}>
          <MenuItem icon={<AudioLines className="size-4" />} onSelect={onVoice}>
            Voice…
          </MenuItem>
          {canCompare && (
            <MenuItem icon={<Columns3 className="size-4" />} onSelect={onCompare}>
              Compare
            </MenuItem>
          )}
          {only && (
            <MenuItem icon={<Sparkles className="size-4" />} onSelect={() => onMoreLike(only)}>
              More like this
            </MenuItem>
          )}
          <MenuLine />
          <MenuItem danger icon={<Trash2 className="size-4" />} onSelect={onDelete}>
            Delete
          </MenuItem>
        </Menu>
      </span>
      <Button look="primary" icon={<Share className="size-4" />} onClick={onExport}>
        Export…
      </Button>
    </ActionBar>
  )
}
