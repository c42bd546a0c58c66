import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router'
import { rememberedProfile } from './remembered.ts'
import { type Session, sessionQuery, studioQueries } from './session.ts'
import { Crash, NotFound } from './stray.tsx'

const root = createRootRoute({ component: Outlet, notFoundComponent: NotFound, errorComponent: Crash })

/** Who is signed in; everybody else is sent to the door, and comes back to where they wanted to go. */
async function requireSession(href: string): Promise<Session> {
  const session = await studioQueries.ensureQueryData(sessionQuery)
  if (session === null) throw redirect({ to: '/sign-in', search: { next: href } })
  return session
}

const enter = () => import('../pages/enter/enter.tsx')

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: ({ next }: Record<string, unknown>): { next?: string } =>
    typeof next === 'string' && /^\/(?![/\\])/.test(next) ? { next } : {},
  component: lazyRouteComponent(enter, 'SignIn'),
})
const setup = createRoute({
  getParentRoute: () => root,
  path: '/setup',
  component: lazyRouteComponent(enter, 'SetUp'),
})
const invitation = createRoute({
  getParentRoute: () => root,
  path: '/invitation',
  component: lazyRouteComponent(enter, 'Invitation'),
})
const reset = createRoute({
  getParentRoute: () => root,
  path: '/reset',
  component: lazyRouteComponent(enter, 'Reset'),
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
  beforeLoad: ({ location }) => requireSession(location.href),
  component: lazyRouteComponent(() => import('../pages/enter/welcome.tsx'), 'Welcome'),
})

const profile = createRoute({
  getParentRoute: () => root,
  path: '/p/$profileId',
  beforeLoad: async ({ location }) => {
    await requireSession(location.href)
  },
  component: lazyRouteComponent(() => import('./shell.tsx'), 'Shell'),
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
  component: lazyRouteComponent(() => import('../pages/projects/projects.tsx'), 'Projects'),
})
const project = createRoute({
  getParentRoute: () => profile,
  path: '/projects/$projectId',
  component: lazyRouteComponent(() => import('../pages/projects/project.tsx'), 'Project'),
})
const clips = createRoute({
  getParentRoute: () => profile,
  path: '/clips',
  component: lazyRouteComponent(() => import('../pages/clips/clips.tsx'), 'Clips'),
})
const clip = createRoute({
  getParentRoute: () => profile,
  path: '/clips/$clipId',
  component: lazyRouteComponent(() => import('../pages/clip/clip.tsx'), 'ClipPage'),
})
const sources = createRoute({
  getParentRoute: () => profile,
  path: '/sources',
  component: lazyRouteComponent(() => import('../pages/sources/sources.tsx'), 'Sources'),
})
const source = createRoute({
  getParentRoute: () => profile,
  path: '/sources/$sourceId',
  component: lazyRouteComponent(() => import('../pages/sources/source.tsx'), 'SourcePage'),
})
const exports = createRoute({
  getParentRoute: () => profile,
  path: '/exports',
  component: lazyRouteComponent(() => import('../pages/exports/exports.tsx'), 'Exports'),
})
const jobs = createRoute({
  getParentRoute: () => profile,
  path: '/jobs',
  component: lazyRouteComponent(() => import('../pages/jobs/jobs.tsx'), 'Jobs'),
})
const settings = createRoute({
  getParentRoute: () => profile,
  path: '/settings/{-$tab}',
  component: lazyRouteComponent(() => import('../pages/settings/settings.tsx'), 'Settings'),
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
