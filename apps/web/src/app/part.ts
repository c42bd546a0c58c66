import { type AnyRouter, lazyRouteComponent } from '@tanstack/react-router'
import { ApiError } from '../api/problem.ts'

/** Read ahead once so long after the first view, so that it never waits for it. */
const AHEAD_MS = 3000

/**
 * A page that comes with its first visit. Where it cannot be had, that is an error like any other: by itself, the router would load the whole
 * page anew, and leave the browser with nothing where the server is away.
 */
export const part: typeof lazyRouteComponent = (load, name) =>
  lazyRouteComponent(
    () =>
      load().catch((cause: unknown) => {
        throw ApiError.unloaded(cause)
      }),
    name,
  )

interface Loadable {
  /** Not there once it is loaded. */
  readonly preload?: () => Promise<unknown>
}

const preload = async (component: Loadable | undefined): Promise<unknown> => component?.preload?.()

/** Loads all other pages once the browser has nothing else to do: they open at once then, and while the server is away. */
export function readAhead({ routesById }: AnyRouter): void {
  // Safari does not tell when it is idle.
  const idle = (work: () => void) =>
    'requestIdleCallback' in window ? requestIdleCallback(work) : setTimeout(work)
  const rest = Object.values(routesById).values()
  const next = (): void => {
    const { done, value } = rest.next()
    if (done) return
    const { component } = value.options
    // Where one does not come, the others would not either, and browsers do not ask for them again.
    void preload(component).then(() => component?.preload === undefined && idle(next))
  }
  setTimeout(() => idle(next), AHEAD_MS)
}
