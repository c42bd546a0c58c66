import { Copy, Pencil, Star, Trash2 } from 'lucide-react'
import type { Preset } from '../../data/presets.ts'
import { Badge } from '../../ui/badge.tsx'
import { Menu, MenuItem, MenuLine } from '../../ui/menu.tsx'
import { MoreButton } from '../../ui/more-button.tsx'
import { PresetFrame } from './preset-frame.tsx'

interface PresetCardProps {
  readonly preset: Preset
  readonly isDefault: boolean
  readonly onDefault: () => void
  readonly onCopy: () => void
  readonly onEdit: () => void
  readonly onDelete: () => void
}

export function PresetCard({ preset, isDefault, onDefault, onCopy, onEdit, onDelete }: PresetCardProps) {
  const { name, frame, frameRate, video, loudness, safeArea, builtIn } = preset
  return (
    <li className="flex gap-3 rounded-xl border border-line p-3">
      <PresetFrame frame={frame} safeArea={safeArea} className="size-20 shrink-0" />
      <div className="min-w-0 grow">
        <div className="flex min-h-7 items-center gap-1.5">
          <h3 className="min-w-0 grow font-medium wrap-anywhere">{name}</h3>
          {isDefault && <Badge tone="accent">Default</Badge>}
          <Menu trigger={<MoreButton label={`What to do with ${name}`} size="small" />}>
            <MenuItem icon={<Star className="size-4" />} onSelect={onDefault} disabled={isDefault}>
              Use for new exports
            </MenuItem>
            <MenuItem icon={<Copy className="size-4" />} onSelect={onCopy}>
              Make a copy…
            </MenuItem>
            {!builtIn && (
              <>
                <MenuItem icon={<Pencil className="size-4" />} onSelect={onEdit}>
                  Edit…
                </MenuItem>
                <MenuLine />
                <MenuItem
                  icon={<Trash2 className="size-4" />}
                  onSelect={onDelete}
                  danger
                  disabled={isDefault}
                >
                  {isDefault ? 'Delete: choose another default first' : 'Delete…'}
                </MenuItem>
              </>
            )}
          </Menu>
        </div>
        <p className="text-[13px] text-soft">
          {frame === 'source' ? 'Size of the source' : `${frame.width} × ${frame.height}`},{' '}
          {frameRate === 'source' ? 'its frame rate' : `${frameRate} fps`}
        </p>
        <p className="text-[13px] text-soft">
          Up to {video.maxRateKbps / 1000} Mbit/s, {String(loudness.integratedLufs).replace('-', '−')} LUFS
        </p>
      </div>
    </li>
  )
}
