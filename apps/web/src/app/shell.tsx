import { useSuspenseQuery } from '@tanstack/react-query'
import { CatchBoundary, Link, Navigate, Outlet, useParams, useRouterState } from '@tanstack/react-router'
import {
  Clapperboard,
  Film,
  FolderKanban,
  ListChecks,
  type LucideIcon,
  Settings,
  Share,
  WifiOff,
} from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useConnection } from '../data/event-stream.ts'
import { DropArea } from '../pages/sources/drop-area.tsx'
import { UploadTray } from '../pages/sources/upload-tray.tsx'
import { AccountMenu } from './account-menu.tsx'
import { JobsBadge } from './jobs-badge.tsx'
import { ProfileSwitcher } from './profile-switcher.tsx'
import { rememberProfile } from './remembered.ts'
import { sessionQuery } from './session.ts'
import { Crash, NotFoundPage } from './stray.tsx'
import { StudioOf, useStudio } from './studio.tsx'

const SECTIONS = [
  { to: '/p/$profileId/projects', label: 'Projects', icon: FolderKanban },
  { to: '/p/$profileId/clips', label: 'Clips', icon: Clapperboard },
  { to: '/p/$profileId/sources', label: 'Sources', icon: Film },
  { to: '/p/$profileId/exports', label: 'Exports', icon: Share },
  { to: '/p/$profileId/jobs', label: 'Jobs', icon: ListChecks },
  { to: '/p/$profileId/settings/{-$tab}', label: 'Settings', icon: Settings },
] as const satisfies readonly { to: string; label: string; icon: LucideIcon }[]

/** On a phone, a page that says so needs all of the screen: it brings a header of its own, with the brand and a way back. */
const OWN_FRAME = 'in-[[data-own-frame]]:hidden'

/** The frame around every page of a profile. */
export function Shell() {
  const { profileId } = useParams({ from: '/p/$profileId' })
  const { data: session } = useSuspenseQuery(sessionQuery)
  const profile = session?.profiles.find(({ id }) => id === profileId)
  useEffect(() => {
    if (profile) rememberProfile(profile.id)
  }, [profile])
  if (session === null) return <ToDoor />
  if (profile === undefined) return <NotFoundPage />
  return (
    // Another profile is another studio: nothing of this one is kept, in memory or on the page.
    <StudioOf key={profile.id} profile={profile} session={session}>
      <Frame />
    </StudioOf>
  )
}

/** Where the session has ended: in front of the door, and back from there. */
function ToDoor() {
  const [next] = useState(() => location.pathname + location.search)
  // A page that asks before one leaves it is gone already: its draft is kept.
  return <Navigate to="/sign-in" search={{ next }} replace ignoreBlocker />
}

function Frame() {
  const { profile } = useStudio()
  const main = useRef<HTMLElement>(null)
  const path = useRouterState({ select: ({ location }) => location.pathname })
  const before = useRef(path)
  // Screen readers and the keyboard begin at the new page, not at the link that led to it.
  useEffect(() => {
    if (before.current === path) return
    before.current = path
    main.current?.focus({ preventScroll: true })
  }, [path])
  return (
    <div style={{ '--brand': profile.colour } as React.CSSProperties} className="min-h-dvh md:pl-56">
      <a
        href="#main"
        className="sr-only z-50 rounded-lg bg-accent px-3 py-2 text-on-accent focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
      >
        To the content
      </a>
      <aside className="fixed inset-y-0 left-0 z-30 hidden w-56 flex-col border-r border-line bg-surface md:flex">
        <div className="h-1 shrink-0 bg-brand" />
        <div className="p-3">
          <ProfileSwitcher />
        </div>
        <nav aria-label="Studio" className="grow space-y-0.5 px-3">
          {SECTIONS.map(({ to, label, icon: Icon }) => (
            <Link
              key={to}
              to={to}
              params={{ profileId: profile.id }}
              className="flex h-9 items-center gap-2.5 rounded-lg px-2.5 font-medium text-soft hover:bg-hover hover:text-ink data-[status=active]:bg-accent-wash data-[status=active]:text-accent"
            >
              <Icon className="size-4.5 shrink-0" aria-hidden />
              {label}
              {label === 'Jobs' && <JobsBadge />}
            </Link>
          ))}
        </nav>
        <div className="border-t border-line p-3">
          <AccountMenu />
        </div>
      </aside>
      <header className={`sticky top-0 z-30 border-b border-line bg-surface md:hidden ${OWN_FRAME}`}>
        <div className="h-1 bg-brand" />
        <div className="flex items-center gap-2 px-3 py-2">
          <div className="min-w-0 grow">
            <ProfileSwitcher />
          </div>
          <AccountMenu compact />
        </div>
      </header>
      <ConnectionNote />
      <main id="main" ref={main} tabIndex={-1} className="outline-none">
        <CatchBoundary getResetKey={() => path} errorComponent={Crash}>
          <Outlet />
        </CatchBoundary>
      </main>
      <UploadTray />
      <DropArea />
      <nav
        aria-label="Studio"
        className={`fixed inset-x-0 bottom-0 z-30 grid grid-cols-6 border-t border-line bg-surface pb-[env(safe-area-inset-bottom)] md:hidden ${OWN_FRAME}`}
      >
        {SECTIONS.map(({ to, label, icon: Icon }) => (
          <Link
            key={to}
            to={to}
            params={{ profileId: profile.id }}
            className="relative flex h-14 flex-col items-center justify-center gap-0.5 text-[11px] font-medium text-soft -outline-offset-2 data-[status=active]:text-accent"
          >
            <Icon className="size-5" aria-hidden />
            {label}
            {label === 'Jobs' && <JobsBadge corner />}
          </Link>
        ))}
      </nav>
    </div>
  )
}

/** A connection that is lost is shown, and mends itself. */
function ConnectionNote() {
  const connection = useConnection()
  return (
    <div role="status">
      {connection === 'lost' && (
        <p className="flex items-center justify-center gap-2 bg-warn-wash px-4 py-1.5 text-center text-[13px] font-medium text-warn">
          <WifiOff className="size-4 shrink-0" aria-hidden />
          The connection to Cutroom is lost. What you see may be old; trying again.
        </p>
      )}
    </div>
  )
}
