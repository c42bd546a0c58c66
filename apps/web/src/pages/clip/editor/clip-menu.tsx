import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { ChevronDown, ChevronUp, ClipboardPaste, CopyPlus, Expand, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { ask } from '../../../api/client.ts'
import { useStudio } from '../../../app/studio.tsx'
import { nameInProject } from '../../../data/clip-names.ts'
import type { Clip } from '../../../data/clips.ts'
import { Confirm } from '../../../ui/confirm.tsx'
import { Menu, MenuItem, MenuLine } from '../../../ui/menu.tsx'
import { MoreButton } from '../../../ui/more-button.tsx'
import { toastDone, toastFailed } from '../../../ui/toasts.tsx'
import { useClipName } from '../../../ui/use-clip-name.ts'
import { CopyDialog } from './copy-dialog.tsx'
import type { ClipEdits } from './edits.ts'
import { ExtendDialog } from './extend-dialog.tsx'
import type { useNeighbours } from './neighbours.ts'

interface ClipMenuProps {
  readonly clip: Clip
  readonly edits: ClipEdits
  readonly neighbours: ReturnType<typeof useNeighbours>
  readonly onGo: (clip: Clip | undefined) => void
}

/** What is done with a clip as a whole. */
export function ClipMenu({ clip, edits, neighbours: { clips, previous, next }, onGo }: ClipMenuProps) {
  const { api, profile } = useStudio()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const { short, project } = useClipName(clip.name, clip.projectId)
  const [asked, setAsked] = useState<'extend' | 'copy' | 'delete' | null>(null)
  const path = { id: clip.id }
  const toggle = (what: 'extend' | 'copy' | 'delete') => (open: boolean) => setAsked(open ? what : null)

  async function duplicate(): Promise<void> {
    try {
      // All that is edited comes along.
      await edits.run('Duplicate', async () => {
        const copy = await ask(api.POST('/clips/{id}/duplicate', { params: { path } }))
        queries.setQueryData(['clip', copy.id], copy)
        void queries.invalidateQueries({ queryKey: ['clips'] })
        await navigate({
          to: '/p/$profileId/clips/$clipId',
          params: { profileId: profile.id, clipId: copy.id },
          search: true,
        })
        toastDone(`This is the copy, ${nameInProject(copy.name, project)}.`)
      })
    } catch (error) {
      toastFailed(error)
    }
  }
  async function remove(): Promise<void> {
    await ask(api.DELETE('/clips/{id}', { params: { path } }))
    void queries.invalidateQueries({ queryKey: ['clips'] })
    await navigate({
      to: '/p/$profileId/projects/$projectId',
      params: { profileId: profile.id, projectId: clip.projectId },
      ignoreBlocker: true,
    })
    toastDone(`${short} was deleted.`)
  }
  const icon = 'size-4 shrink-0 text-soft'
  return (
    <>
      <Menu trigger={<MoreButton label="More" />}>
        {/* A phone has no room for their buttons. */}
        <div className="sm:hidden">
          <MenuItem
            icon={<ChevronUp className={icon} />}
            disabled={previous === undefined}
            onSelect={() => onGo(previous)}
          >
            Previous clip
          </MenuItem>
          <MenuItem
            icon={<ChevronDown className={icon} />}
            disabled={next === undefined}
            onSelect={() => onGo(next)}
          >
            Next clip
          </MenuItem>
          <MenuLine />
        </div>
        <MenuItem icon={<Expand className={icon} />} onSelect={() => setAsked('extend')}>
          Make it longer…
        </MenuItem>
        <MenuItem
          icon={<ClipboardPaste className={icon} />}
          disabled={clips.length < 2}
          onSelect={() => setAsked('copy')}
        >
          Copy from another clip…
        </MenuItem>
        <MenuItem icon={<CopyPlus className={icon} />} onSelect={() => void duplicate()}>
          Duplicate
        </MenuItem>
        <MenuLine />
        <MenuItem danger icon={<Trash2 className="size-4 shrink-0" />} onSelect={() => setAsked('delete')}>
          Delete
        </MenuItem>
      </Menu>
      <ExtendDialog clip={clip} edits={edits} open={asked === 'extend'} onOpenChange={toggle('extend')} />
      <CopyDialog
        clip={clip}
        edits={edits}
        clips={clips.filter(({ id }) => id !== clip.id)}
        open={asked === 'copy'}
        onOpenChange={toggle('copy')}
      />
      <Confirm
        open={asked === 'delete'}
        onOpenChange={toggle('delete')}
        title="Delete this clip?"
        action="Delete"
        onConfirm={remove}
      >
        {short} goes, with its edits. Exports that were made of it stay.
      </Confirm>
    </>
  )
}
