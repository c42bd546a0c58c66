import { useSyncExternalStore } from 'react'

/** A value of this page, whatever is shown on it. */
interface Store<T> {
  get(): T
  set(value: T): void
  /** For the parts of the page that show it. */
  use(): T
}

export function createStore<T>(initial: T): Store<T> {
  let value = initial
  const listeners = new Set<() => void>()
  const get = () => value
  const subscribe = (listener: () => void) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  }
  return {
    get,
    set(changed) {
      if (Object.is(changed, value)) return
      value = changed
      for (const listener of listeners) listener()
    },
    use: () => useSyncExternalStore(subscribe, get),
  }
}
