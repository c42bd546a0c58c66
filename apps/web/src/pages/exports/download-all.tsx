import { Download } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import { useStudio } from '../../app/studio.tsx'
import { Button, buttonClass } from '../../ui/button.tsx'
import { Menu, menuItemClass } from '../../ui/menu.tsx'
import { archiveUrl, exportFileUrl, partsOf } from './downloads.ts'

/** Downloads finished files: one as it is, several as a zip, and many as several zips. Not there for none. */
export function DownloadAll({
  ids,
  zip,
}: {
  readonly ids: readonly string[]
  /** What the button for a zip says. */
  readonly zip: string
}) {
  const { file } = useStudio()
  const [only] = ids
  if (only === undefined) return null
  const parts = partsOf(ids)
  const icon = <Download className="size-4" aria-hidden />
  if (parts.length > 1)
    return (
      <Menu
        trigger={
          <Button look="primary" icon={icon}>
            {zip}…
          </Button>
        }
      >
        {parts.map((part, index) => (
          <DropdownMenu.Item asChild key={part[0]}>
            <a href={archiveUrl(file, part)} download className={menuItemClass}>
              {icon}
              Zip {index + 1} of {parts.length}: {part.length} files
            </a>
          </DropdownMenu.Item>
        ))}
      </Menu>
    )
  return (
    <a
      className={buttonClass('primary')}
      href={ids.length === 1 ? exportFileUrl(file, only) : archiveUrl(file, ids)}
      download
    >
      {icon}
      {ids.length === 1 ? 'Download' : zip}
    </a>
  )
}
