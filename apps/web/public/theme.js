// The chosen theme, or the system's where none is chosen; src/app/theme.ts writes it.
try {
  const theme = localStorage.getItem('cutroom:theme')
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme
} catch {
  // A browser that keeps nothing for us shows the system's theme.
}
