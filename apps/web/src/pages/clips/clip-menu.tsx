import { useNavigate } from '@tanstack/react-router'
import { Check, CircleHelp, CopyPlus, Share, Sparkles, SquarePen, Trash2 } from 'lucide-react'
import { useStudio } from '../../app/studio.tsx'
import type { Clip } from '../../data/clips.ts'
import { Menu, MenuItem, MenuLine } from '../../ui/menu.tsx'
import { MoreButton } from '../../ui/more-button.tsx'

export interface ClipMenuActions {
  readonly onPick: (clip: Clip) => void
  readonly onWhy: (clip: Clip) => void
  readonly onMoreLike: (clip: Clip) => void
  readonly onDuplicate: (clip: Clip) => void
  readonly onExport: (clip: Clip) => void
  readonly onDelete: (clip: Clip) => void
}

interface ClipMenuProps extends ClipMenuActions {
  readonly clip: Clip
  readonly title: string
  readonly isCurrent: boolean
}

export function ClipMenu({ clip, title, isCurrent, ...actions }: ClipMenuProps) {
  const { profile } = useStudio()
  const navigate = useNavigate()
  const icon = 'size-4 shrink-0 text-soft'
  return (
    <Menu trigger={<MoreButton label={`More for ${title}`} size="small" tabIndex={isCurrent ? 0 : -1} />}>
      <MenuItem
        icon={<SquarePen className={icon} />}
        onSelect={() =>
          navigate({
            to: '/p/$profileId/clips/$clipId',
            params: { profileId: profile.id, clipId: clip.id },
          })
        }
      >
        Open in the editor
      </MenuItem>
      <MenuItem icon={<Check className={icon} />} onSelect={() => actions.onPick(clip)}>
        {clip.selected ? 'Unpick' : 'Pick'}
      </MenuItem>
      <MenuItem icon={<CircleHelp className={icon} />} onSelect={() => actions.onWhy(clip)}>
        Why these cuts
      </MenuItem>
      <MenuItem icon={<Sparkles className={icon} />} onSelect={() => actions.onMoreLike(clip)}>
        More like this
      </MenuItem>
      <MenuItem icon={<CopyPlus className={icon} />} onSelect={() => actions.onDuplicate(clip)}>
        Duplicate
      </MenuItem>
      <MenuItem icon={<Share className={icon} />} onSelect={() => actions.onExport(clip)}>
        Export…
      </MenuItem>
      <MenuLine />
      <MenuItem danger icon={<Trash2 className="size-4 shrink-0" />} onSelect={() => actions.onDelete(clip)}>
        Delete
      </MenuItem>
    </Menu>
  )
}
