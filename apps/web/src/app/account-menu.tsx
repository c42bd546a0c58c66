import { CircleUserRound, LogOut, Monitor, Moon, Sun } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import { IconButton } from '../ui/button.tsx'
import { Menu, MenuItem, MenuLine, menuItemClass } from '../ui/menu.tsx'
import { toastFailed } from '../ui/toasts.tsx'
import { signOut } from './session.ts'
import { useStudio } from './studio.tsx'
import { setTheme, type Theme, useTheme } from './theme.ts'

const THEMES = [
  { value: 'light', label: 'Light', icon: Sun },
  { value: 'dark', label: 'Dark', icon: Moon },
  { value: 'system', label: 'Like the system', icon: Monitor },
] as const

/** Who is signed in, the theme, and the way out. */
export function AccountMenu({ compact = false }: { readonly compact?: boolean }) {
  const { session } = useStudio()
  const theme = useTheme()
  const name = session.person?.name || session.person?.email || 'This machine'
  return (
    <Menu
      align={compact ? 'end' : 'start'}
      trigger={
        compact ? (
          <IconButton label="Account and theme" icon={<CircleUserRound className="size-5" />} />
        ) : (
          <button
            type="button"
            className="flex w-full items-center gap-2.5 rounded-lg px-2.5 py-2 text-left hover:bg-hover"
          >
            <CircleUserRound className="size-4.5 shrink-0 text-soft" aria-hidden />
            <span className="truncate font-medium">{name}</span>
            <span className="sr-only">: account and theme</span>
          </button>
        )
      }
    >
      {compact && (
        <DropdownMenu.Label className="truncate px-2 pt-1 pb-1.5 text-[12px] font-medium text-soft">
          {name}
        </DropdownMenu.Label>
      )}
      <DropdownMenu.RadioGroup value={theme} onValueChange={(value) => setTheme(value as Theme)}>
        {THEMES.map(({ value, label, icon: Icon }) => (
          <DropdownMenu.RadioItem
            key={value}
            value={value}
            className={`${menuItemClass} data-[state=checked]:text-accent`}
          >
            <Icon className="size-4" aria-hidden />
            {label}
          </DropdownMenu.RadioItem>
        ))}
      </DropdownMenu.RadioGroup>
      {session.kind === 'person' && (
        <>
          <MenuLine />
          <MenuItem icon={<LogOut className="size-4" />} onSelect={() => void signOut().catch(toastFailed)}>
            Sign out
          </MenuItem>
        </>
      )}
    </Menu>
  )
}
