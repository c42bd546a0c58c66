import { AudioLines, Columns3, Ellipsis, Share, Sparkles, Trash2, X } from 'lucide-react'
import { useEffect } from 'react'
import type { Clip } from '../../data/clips.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { Menu, MenuItem, MenuLine } from '../../ui/menu.tsx'

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

/** What can be done with all picked clips, at the bottom of the screen. */
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
  const isShown = picked.length > 0
  useEffect(() => {
    if (!isShown) return
    // Messages stand above the bar.
    const { style } = document.documentElement
    style.setProperty('--bar', '4rem')
    return () => void style.removeProperty('--bar')
  }, [isShown])
  return (
    <div className="pointer-events-none fixed inset-x-3 bottom-[calc(3.5rem+env(safe-area-inset-bottom)+8px)] z-20 flex justify-center md:bottom-4 md:left-56">
      <p role="status" className="sr-only">
        {isShown ? `${picked.length} picked` : ''}
      </p>
      {isShown && (
        <section
          aria-label="Picked clips"
          className="pointer-events-auto flex max-w-full items-center gap-1.5 rounded-2xl border border-line bg-surface p-1.5 pl-2 shadow-2xl"
        >
          <IconButton label="Unpick all" size="small" icon={<X className="size-4" />} onClick={onUnpick} />
          <span className="mr-1.5 font-medium whitespace-nowrap tabular-nums" aria-hidden>
            {picked.length.toLocaleString('en')} picked
          </span>
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
          <Button
            look="quiet"
            icon={<Trash2 className="size-4" />}
            onClick={onDelete}
            className="max-sm:hidden"
          >
            Delete
          </Button>
          <span className="sm:hidden">
            <Menu trigger={<IconButton label="More" icon={<Ellipsis className="size-4.5" />} />}>
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
        </section>
      )}
    </div>
  )
}
