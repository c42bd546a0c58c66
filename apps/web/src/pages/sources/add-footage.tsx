import { FileVideo, FolderOpen, Plus } from 'lucide-react'
import { useStudio } from '../../app/studio.tsx'
import { chooseFiles, chooseFolder, type Found } from '../../data/uploads-files.ts'
import { uploadsOf } from '../../data/uploads-of.ts'
import { Button } from '../../ui/button.tsx'
import { Menu, MenuItem } from '../../ui/menu.tsx'
import { toastFailed } from '../../ui/toasts.tsx'

/** Chooses files or a folder. */
export function AddFootage() {
  const { profile } = useStudio()
  const take = (choosing: Promise<Found | null>) =>
    void choosing.then((found) => found && uploadsOf(profile.id).add(found), toastFailed)
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
