import { useNavigate, useRouterState } from '@tanstack/react-router'
import { Check, ChevronsUpDown, Plus } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import { useState } from 'react'
import { NewProfile } from '../pages/settings/new-profile.tsx'
import { Menu, MenuItem, MenuLine, menuItemClass } from '../ui/menu.tsx'
import { ProfileMark } from './profile-mark.tsx'
import { useStudio } from './studio.tsx'

/** Says whose studio this is, and leads to another brand's: to the same section of it. */
export function ProfileSwitcher({ compact = false }: { readonly compact?: boolean }) {
  const { profile, session, isOwner } = useStudio()
  const navigate = useNavigate()
  const section = useRouterState({ select: ({ location }) => location.pathname.split('/')[3] ?? 'projects' })
  const [adding, setAdding] = useState(false)
  const go = (profileId: string) => navigate({ to: `/p/${profileId}/${section}` })
  return (
    <>
      <Menu
        align="start"
        trigger={
          <button
            type="button"
            aria-label={`Brand: ${profile.name}. Change`}
            className="flex w-full items-center gap-2.5 rounded-lg p-1.5 text-left hover:bg-hover"
          >
            <ProfileMark profile={profile} />
            {!compact && (
              <>
                <span className="min-w-0 grow truncate font-semibold">{profile.name}</span>
                <ChevronsUpDown className="size-4 shrink-0 text-soft" aria-hidden />
              </>
            )}
          </button>
        }
      >
        <DropdownMenu.Label className="px-2 pt-1 pb-1.5 text-[12px] font-medium text-soft">
          Brands
        </DropdownMenu.Label>
        {session.profiles.map((other) => (
          <DropdownMenu.Item
            key={other.id}
            className={`${menuItemClass} max-w-72`}
            onSelect={() => void go(other.id)}
          >
            <ProfileMark profile={other} className="size-6 rounded-md" />
            <span className="truncate">{other.name}</span>
            {other.id === profile.id && (
              <Check className="ml-auto size-4 shrink-0 text-accent" aria-label="open now" />
            )}
          </DropdownMenu.Item>
        ))}
        {isOwner && (
          <>
            <MenuLine />
            <MenuItem icon={<Plus className="size-4" />} onSelect={() => setAdding(true)}>
              New brand…
            </MenuItem>
          </>
        )}
      </Menu>
      {/* What a new brand needs first is footage. */}
      <NewProfile
        open={adding}
        onOpenChange={setAdding}
        onMade={({ id }) => void navigate({ to: '/p/$profileId/sources', params: { profileId: id } })}
      />
    </>
  )
}
