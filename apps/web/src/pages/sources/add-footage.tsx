import { FileVideo, FolderOpen, Plus } from 'lucide-react'
import { type Brought, chooseFiles, chooseFolder } from '../../data/uploads-files.ts'
import { Button } from '../../ui/button.tsx'
import { Menu, MenuItem } from '../../ui/menu.tsx'
import { toastFailed } from '../../ui/toasts.tsx'

interface AddFootageProps {
  readonly onFiles: (brought: readonly Brought[]) => void
}

/** Chooses files or a folder. */
export function AddFootage({ onFiles }: AddFootageProps) {
  const take = (choosing: Promise<Brought[]>) => void choosing.then(onFiles, toastFailed)
  return (
    <Menu
      trigger={
        <Button look="primary" icon={<Plus className="size-4" />}>
          Add footage
        </Button>
      }
    >
      <MenuItem
        icon={<FileVideo className="size-4" />}
        onSelect={() => take(chooseFiles({ multiple: true }))}
      >
        Files…
      </MenuItem>
      <MenuItem icon={<FolderOpen className="size-4" />} onSelect={() => take(chooseFolder())}>
        A folder…
      </MenuItem>
    </Menu>
  )
}
