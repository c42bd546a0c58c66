import { Link, Navigate, useParams } from '@tanstack/react-router'
import { type ReactNode, useEffect, useRef } from 'react'
import type { SettingsTab } from '../../app/searches.ts'
import { NotFound } from '../../app/stray.tsx'
import { type Studio, useStudio } from '../../app/studio.tsx'
import { cx } from '../../ui/class-names.ts'
import { Page } from '../../ui/page.tsx'
import { AccountSettings } from './account.tsx'
import { BrandSettings } from './brand.tsx'
import { DefaultsSettings } from './defaults.tsx'
import { DiskSettings } from './disk.tsx'
import { KeysSettings } from './keys.tsx'
import { PeopleSettings } from './people.tsx'
import { PresetsSettings } from './presets.tsx'

interface Tab {
  readonly id: SettingsTab
  readonly label: string
  readonly content: ReactNode
  readonly shown?: (studio: Studio) => boolean
}

const OF_BRAND: readonly Tab[] = [
  { id: 'brand', label: 'Brand', content: <BrandSettings /> },
  { id: 'defaults', label: 'Defaults', content: <DefaultsSettings /> },
  { id: 'disk', label: 'Limits and disk', content: <DiskSettings /> },
  { id: 'presets', label: 'Presets', content: <PresetsSettings /> },
]
const OF_STUDIO: readonly Tab[] = [
  { id: 'keys', label: 'API keys', content: <KeysSettings />, shown: ({ isOwner }) => isOwner },
  {
    id: 'people',
    label: 'People',
    content: <PeopleSettings />,
    shown: ({ isOwner, session }) => isOwner && session.kind === 'person',
  },
  {
    id: 'account',
    label: 'Your account',
    content: <AccountSettings />,
    shown: ({ session }) => session.kind === 'person',
  },
]

/** What can be set, in parts: those of the brand, and those of the studio that all brands share. */
export function Settings() {
  const studio = useStudio()
  const { tab, profileId } = useParams({ from: '/p/$profileId/settings/{-$tab}' })
  const nav = useRef<HTMLElement>(null)
  // On a phone, the names of the parts are wider than the page.
  useEffect(() => {
    if (tab !== undefined)
      nav.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' })
  }, [tab])
  if (tab === undefined)
    return <Navigate to="/p/$profileId/settings/{-$tab}" params={{ profileId, tab: 'brand' }} replace />
  const shown = ({ shown }: Tab) => shown?.(studio) !== false
  const groups = [
    { name: 'This brand', tabs: OF_BRAND.filter(shown) },
    { name: 'Studio', tabs: OF_STUDIO.filter(shown) },
  ].filter(({ tabs }) => tabs.length > 0)
  const open = groups.flatMap(({ tabs }) => tabs).find(({ id }) => id === tab)
  if (open === undefined) return <NotFound />
  return (
    <Page title="Settings">
      <div className="flex flex-col gap-5 lg:flex-row lg:gap-8">
        <nav
          ref={nav}
          aria-label="Settings"
          className="-mx-4 flex shrink-0 gap-1 overflow-x-auto border-b border-line px-4 sm:-mx-6 sm:px-6 lg:mx-0 lg:w-44 lg:flex-col lg:gap-6 lg:border-0 lg:px-0"
        >
          {groups.map(({ name, tabs }) => (
            <div key={name} className="contents lg:block">
              <p className="mb-1 hidden px-2.5 text-[12px] font-medium text-soft lg:block">{name}</p>
              {tabs.map(({ id, label }) => (
                <Link
                  key={id}
                  to="/p/$profileId/settings/{-$tab}"
                  params={{ profileId, tab: id }}
                  className={cx(
                    'flex h-9 items-center border-b-2 border-transparent px-2.5 font-medium whitespace-nowrap text-soft -outline-offset-2 hover:text-ink',
                    'data-[status=active]:border-accent data-[status=active]:text-ink',
                    'lg:rounded-lg lg:border-0 lg:hover:bg-hover lg:data-[status=active]:bg-hover',
                  )}
                >
                  {label}
                </Link>
              ))}
            </div>
          ))}
        </nav>
        <div className="min-w-0 grow space-y-5 lg:max-w-3xl">{open.content}</div>
      </div>
    </Page>
  )
}
