import { createRootRoute, createRoute, createRouter, Outlet, redirect } from '@tanstack/react-router'
import { readEditorSearch } from '../pages/clip/editor/view.ts'
import { part } from './part.ts'
import { rememberedProfile } from './remembered.ts'
import {
  boardSearch,
  clipsSearch,
  exportsSearch,
  jobsSearch,
  projectsSearch,
  settingsTab,
  sourceSearch,
  sourcesSearch,
} from './searches.ts'
import { type Session, sessionQuery, studioQueries } from './session.ts'
import { CrashPage, NotFoundPage } from './stray.tsx'

const root = createRootRoute({
  component: Outlet,
  notFoundComponent: NotFoundPage,
  errorComponent: CrashPage,
})

/** Who is signed in; everybody else is sent to the door, and comes back to where they wanted to go. */
async function requireSession(href: string): Promise<Session> {
  const session = await studioQueries.ensureQueryData(sessionQuery)
  if (session === null) throw redirect({ to: '/sign-in', search: { next: href } })
  return session
}

/** The door is for those who are outside. */
async function passBy(href: string): Promise<void> {
  if ((await studioQueries.ensureQueryData(sessionQuery)) !== null) throw redirect({ href, replace: true })
}
/** Where nobody is asked who they are, there is no door. */
async function passByLocally(): Promise<void> {
  if ((await studioQueries.ensureQueryData(sessionQuery))?.kind === 'local') throw redirect({ to: '/' })
}

const enter = () => import('../pages/enter/enter.tsx')

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: ({ next }: Record<string, unknown>): { next?: string } =>
    typeof next === 'string' && /^\/(?![/\\])/.test(next) ? { next } : {},
  beforeLoad: ({ search }) => passBy(search.next ?? '/'),
  component: part(enter, 'SignIn'),
})
const setup = createRoute({
  getParentRoute: () => root,
  path: '/setup',
  beforeLoad: () => passBy('/'),
  component: part(enter, 'SetUp'),
})
const invitation = createRoute({
  getParentRoute: () => root,
  path: '/invitation',
  beforeLoad: passByLocally,
  component: part(enter, 'Invitation'),
})
const reset = createRoute({
  getParentRoute: () => root,
  path: '/reset',
  beforeLoad: passByLocally,
  component: part(enter, 'Reset'),
})

/** `/` leads to the profile that was open last, or to the first. */
const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: async ({ location }) => {
    const { profiles, defaultProfileId } = await requireSession(location.href)
    const reached = [rememberedProfile(), defaultProfileId, profiles[0]?.id]
    const profileId = reached.find((id) => profiles.some((profile) => profile.id === id))
    if (profileId) throw redirect({ to: '/p/$profileId/projects', params: { profileId } })
    throw redirect({ to: '/welcome' })
  },
})
const welcome = createRoute({
  getParentRoute: () => root,
  path: '/welcome',
  validateSearch: ({ step }: Record<string, unknown>): { step?: 'footage' } =>
    step === 'footage' ? { step } : {},
  beforeLoad: ({ location }) => requireSession(location.href),
  component: part(() => import('../pages/enter/welcome.tsx'), 'Welcome'),
})

const profile = createRoute({
  getParentRoute: () => root,
  path: '/p/$profileId',
  beforeLoad: async ({ location }) => {
    await requireSession(location.href)
  },
  component: part(() => import('./shell.tsx'), 'Shell'),
})
const profileHome = createRoute({
  getParentRoute: () => profile,
  path: '/',
  beforeLoad: ({ params }) => {
    throw redirect({ to: '/p/$profileId/projects', params })
  },
})
const projects = createRoute({
  getParentRoute: () => profile,
  path: '/projects',
  validateSearch: projectsSearch,
  component: part(() => import('../pages/projects/projects.tsx'), 'Projects'),
})
const project = createRoute({
  getParentRoute: () => profile,
  path: '/projects/$projectId',
  validateSearch: boardSearch,
  component: part(() => import('../pages/projects/project.tsx'), 'Project'),
})
const clips = createRoute({
  getParentRoute: () => profile,
  path: '/clips',
  validateSearch: clipsSearch,
  component: part(() => import('../pages/clips/clips.tsx'), 'Clips'),
})
const clip = createRoute({
  getParentRoute: () => profile,
  path: '/clips/$clipId',
  validateSearch: readEditorSearch,
  component: part(() => import('../pages/clip/clip.tsx'), 'ClipPage'),
})
const sources = createRoute({
  getParentRoute: () => profile,
  path: '/sources',
  validateSearch: sourcesSearch,
  component: part(() => import('../pages/sources/sources.tsx'), 'Sources'),
})
const source = createRoute({
  getParentRoute: () => profile,
  path: '/sources/$sourceId',
  validateSearch: sourceSearch,
  component: part(() => import('../pages/sources/source.tsx'), 'SourcePage'),
})
const exports = createRoute({
  getParentRoute: () => profile,
  path: '/exports',
  validateSearch: exportsSearch,
  component: part(() => import('../pages/exports/exports.tsx'), 'Exports'),
})
const jobs = createRoute({
  getParentRoute: () => profile,
  path: '/jobs',
  validateSearch: jobsSearch,
  component: part(() => import('../pages/jobs/jobs.tsx'), 'Jobs'),
})
const settings = createRoute({
  getParentRoute: () => profile,
  path: '/settings/{-$tab}',
  params: { parse: settingsTab, stringify: ({ tab }) => ({ tab }) },
  component: part(() => import('../pages/settings/settings.tsx'), 'Settings'),
})

export const router = createRouter({
  routeTree: root.addChildren([
    home,
    signIn,
    setup,
    invitation,
    reset,
    welcome,
    profile.addChildren([
      profileHome,
      projects,
      project,
      clips,
      clip,
      sources,
      source,
      exports,
      jobs,
      settings,
    ]),
  ]),
  scrollRestoration: true,
  // What is read ahead of a click belongs to pages, which read it themselves.
  defaultPreload: false,
  defaultPendingMs: 300,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
