/** What is read of a press of a key. */
type Press = Pick<KeyboardEvent, 'key' | 'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey'>

/**
 * The name of what was pressed: `x`, `Shift+ArrowLeft`, `Mod+a` (Ctrl or Cmd), `Alt+s`, `Space`. Letters are lower case. `Shift` is named only
 * where it makes no other character: `?`, but `Shift+x`.
 */
export function comboOf({ key, shiftKey, ctrlKey, metaKey, altKey }: Press): string {
  const name = key === ' ' ? 'Space' : key.length === 1 ? key.toLowerCase() : key
  const isSign = key.length === 1 && key !== ' ' && key.toLowerCase() === key.toUpperCase()
  return [
    ...(ctrlKey || metaKey ? ['Mod'] : []),
    ...(altKey ? ['Alt'] : []),
    ...(shiftKey && !isSign ? ['Shift'] : []),
    name,
  ].join('+')
}

const NAMES: Readonly<Record<string, string>> = {
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Escape: 'Esc',
  Delete: 'Del',
  Shift: '⇧',
  Mod: 'Ctrl',
}

/** Combos as people read them: `⇧ →`, `Ctrl A`. */
export const shownKeys = (combos: readonly string[]): string[] =>
  combos.map((combo) =>
    combo
      // Not at the end: `+` is a key, too.
      .split(/\+(?=.)/)
      .map((part) => NAMES[part] ?? (part.length === 1 ? part.toUpperCase() : part))
      .join(' '),
  )
