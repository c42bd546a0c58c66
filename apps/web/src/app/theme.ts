import { dropKept, keepText } from '../data/keepsakes.ts'
import { createStore } from '../store.ts'

export type Theme = 'light' | 'dark' | 'system'

const KEY = 'cutroom:theme'

/** `public/theme.js` has read the choice before the first paint. */
const shown = createStore<Theme>(shownFirst())
export const useTheme = shown.use

function shownFirst(): Theme {
  const { theme } = document.documentElement.dataset
  return theme === 'light' || theme === 'dark' ? theme : 'system'
}

/** Shows a theme and keeps the choice. */
export function setTheme(theme: Theme): void {
  const { dataset } = document.documentElement
  if (theme === 'system') {
    delete dataset.theme
    dropKept(KEY)
  } else {
    dataset.theme = theme
    keepText(KEY, theme)
  }
  shown.set(theme)
}
