import { Link } from '@tanstack/react-router'
import { Clapperboard, Download, RotateCw, Trash2 } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import { useStudio } from '../../app/studio.tsx'
import type { Export } from '../../data/exports.ts'
import type { Preset } from '../../data/presets.ts'
import { formatAgo, formatBytes, formatClock } from '../../format.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button, buttonClass } from '../../ui/button.tsx'
import { CheckBox } from '../../ui/check.tsx'
import { ClipTitle } from '../../ui/clip-title.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Menu, MenuItem, MenuLine, menuItemClass } from '../../ui/menu.tsx'
import { MoreButton } from '../../ui/more-button.tsx'
import { useClipName } from '../../ui/use-clip-name.ts'
import { canExportAgain, changedWords } from './changed-words.ts'
import { exportFileUrl } from './downloads.ts'
import { ExportPicture } from './export-picture.tsx'
import { clipNameOf, presetName } from './preset-words.ts'
import { useExportAgain } from './use-export-again.ts'

interface ExportRowProps {
  readonly made: Export
  readonly presets: readonly Preset[] | undefined
  /** Whether a newer file of the same clip and preset exists. */
  readonly isReplaced: boolean
  readonly isChosen: boolean
  readonly onChoose: (isChosen: boolean) => void
  readonly onPlay: () => void
  readonly onDelete: () => void
}

/** A finished file, with what can be done with it. */
export function ExportRow({
  made,
  presets,
  isReplaced,
  isChosen,
  onChoose,
  onPlay,
  onDelete,
}: ExportRowProps) {
  const { file } = useStudio()
  const again = useExportAgain(made)
  const preset = presetName(presets, made.presetId)
  const clipName = clipNameOf(made)
  const { short } = useClipName(clipName, made.projectId)
  const about = `${short}, ${preset}`
  const changed = changedWords(made, presets)
  const offersAgain = made.stale && !isReplaced && canExportAgain(made, presets)
  return (
    <div className="border-b border-line py-2.5">
      <div className="flex items-center gap-3">
        <CheckBox checked={isChosen} onChange={onChoose} label={`Choose ${about}`} />
        <button type="button" aria-label={`Play ${about}`} onClick={onPlay} className="shrink-0 rounded-md">
          <ExportPicture made={made} />
        </button>
        <div className="min-w-0 grow">
          <p className="flex items-center gap-2">
            <button type="button" onClick={onPlay} className="min-w-0 rounded text-left hover:underline">
              <ClipTitle name={clipName} projectId={made.projectId} />
            </button>
            {isReplaced ? <Badge>Older version</Badge> : made.stale && <Badge tone="warn">Outdated</Badge>}
          </p>
          <p className="truncate text-[13px] text-soft tabular-nums">
            {[
              preset,
              formatClock(made.durationSeconds),
              formatBytes(made.sizeBytes),
              formatAgo(made.createdAt),
            ].join(' · ')}
          </p>
          {made.stale && !isReplaced && changed !== '' && <p className="text-[13px] text-warn">{changed}</p>}
        </div>
        <div className="flex shrink-0 items-center gap-1">
          {offersAgain && (
            <Button
              size="small"
              icon={<RotateCw className="size-4" aria-hidden />}
              busy={again.isPending}
              onClick={() => again.mutate()}
              className="max-sm:hidden"
            >
              Export again
            </Button>
          )}
          <a
            href={exportFileUrl(file, made.id)}
            download
            className={`${buttonClass('plain', 'small')} max-sm:hidden`}
          >
            <Download className="size-4" aria-hidden />
            Download<span className="sr-only"> {about}</span>
          </a>
          <ExportMenu
            made={made}
            about={about}
            onAgain={offersAgain ? () => again.mutate() : null}
            onDelete={onDelete}
          />
        </div>
      </div>
      {again.error !== null && <ErrorNote error={again.error} className="mt-2" />}
    </div>
  )
}

interface ExportMenuProps {
  readonly made: Export
  readonly about: string
  readonly onAgain: (() => void) | null
  readonly onDelete: () => void
}

function ExportMenu({ made, about, onAgain, onDelete }: ExportMenuProps) {
  const { file, profile } = useStudio()
  return (
    <Menu trigger={<MoreButton label={`More for ${about}`} size="small" />}>
      <DropdownMenu.Item asChild>
        <a href={exportFileUrl(file, made.id)} download className={menuItemClass}>
          <Download className="size-4" aria-hidden />
          Download
        </a>
      </DropdownMenu.Item>
      {onAgain !== null && (
        <MenuItem icon={<RotateCw className="size-4" />} onSelect={onAgain}>
          Export again
        </MenuItem>
      )}
      {!made.changed.includes('clip') && (
        <DropdownMenu.Item asChild>
          <Link
            to="/p/$profileId/clips/$clipId"
            params={{ profileId: profile.id, clipId: made.clipId }}
            className={menuItemClass}
          >
            <Clapperboard className="size-4" aria-hidden />
            Open the clip
          </Link>
        </DropdownMenu.Item>
      )}
      <MenuLine />
      <MenuItem danger icon={<Trash2 className="size-4" />} onSelect={onDelete}>
        Delete…
      </MenuItem>
    </Menu>
  )
}
