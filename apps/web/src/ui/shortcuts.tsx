import { Keyboard } from 'lucide-react'
import { Fragment, type MouseEvent, useEffect, useRef, useState } from 'react'
import { IconButton } from './button.tsx'
import { Dialog } from './dialog.tsx'
import { Key } from './key.tsx'
import { comboOf, shownKeys } from './key-combos.ts'

export interface Shortcut {
  /** `x`, `ArrowLeft`, `Shift+ArrowLeft`, `Mod+a` (Ctrl, or Cmd on a Mac), `Space`, `?`. Any of them does it. */
  readonly keys: readonly string[]
  /** How the keys are shown, where that is shorter than all of them. */
  readonly shown?: readonly string[]
  /** What it does, for the list of shortcuts. */
  readonly does: string
  /** `false` where the key was not taken, and shall do what it does elsewhere. */
  readonly run: (event: KeyboardEvent) => unknown
  /** Whether it goes on while its keys are held: a step. Without, it is done once for each press. */
  readonly repeats?: true
}

/** Where keys are for what has the focus. */
const TYPING = 'input, textarea, select, [contenteditable=""], [contenteditable="true"]'
const PRESSABLE = 'button, a[href], summary, [role="slider"], [role="tab"], [role="switch"]'
const MOVED_BY_ARROWS = '[role="slider"], [role="tab"], [role="radio"], [role="combobox"]'
const OVER_THE_PAGE =
  '[role="dialog"][data-state="open"], [role="alertdialog"][data-state="open"], [role="menu"], [role="listbox"][data-state="open"]'

function isForOthers(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.isComposing) return true
  if (document.querySelector(OVER_THE_PAGE) !== null) return true
  if (!(event.target instanceof Element)) return false
  if (event.target.closest(TYPING)) return true
  // What presses a button, or moves inside of a control, is its own.
  if (event.key.startsWith('Arrow')) return event.target.closest(MOVED_BY_ARROWS) !== null
  return (event.key === ' ' || event.key === 'Enter') && event.target.closest(PRESSABLE) !== null
}

/**
 * For `onMouseDown` of buttons on pages with shortcuts: a click leaves the focus where it is, so that Space is still the page's key and no
 * second press of the button. A field that was typed in is left, as by every click. Who comes with Tab presses the button as ever.
 */
export function keepFocus(event: MouseEvent): void {
  event.preventDefault()
  const { activeElement } = document
  if (activeElement instanceof HTMLElement && activeElement.matches(TYPING)) activeElement.blur()
}

/** Keys that act on the whole page, while nobody types and nothing lies over it. */
export function useShortcuts(shortcuts: readonly Shortcut[]): void {
  const latest = useRef(shortcuts)
  useEffect(() => {
    latest.current = shortcuts
  })
  useEffect(() => {
    /** The last press that was taken; what the browser would do while it is held is not done either. */
    let taken = ''
    const press = (event: KeyboardEvent) => {
      if (isForOthers(event)) return
      const combo = comboOf(event)
      const shortcut = latest.current.find(({ keys }) => keys.includes(combo))
      if (shortcut === undefined) return
      if (!event.repeat || shortcut.repeats) taken = shortcut.run(event) === false ? '' : combo
      if (taken === combo) event.preventDefault()
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [])
}

/** A button that lists the shortcuts of a page; `?` opens it, too. */
export function ShortcutsHelp({ shortcuts }: { readonly shortcuts: readonly Shortcut[] }) {
  const [open, setOpen] = useState(false)
  useShortcuts([{ keys: ['?'], does: 'Show the keyboard shortcuts', run: () => setOpen(true) }])
  return (
    <>
      <IconButton
        label="Keyboard shortcuts"
        shortcut="?"
        icon={<Keyboard className="size-4.5" />}
        onClick={() => setOpen(true)}
        className="max-md:hidden"
      />
      <Dialog open={open} onOpenChange={setOpen} title="Keyboard shortcuts">
        <dl className="grid grid-cols-[1fr_auto] items-center gap-x-6 gap-y-2.5">
          {shortcuts.map(({ keys, shown = keys, does }) => (
            <Fragment key={does}>
              <dt>{does}</dt>
              <dd className="flex flex-wrap justify-end gap-1 text-soft">
                {shownKeys(shown).map((key) => (
                  <Key key={key}>{key}</Key>
                ))}
              </dd>
            </Fragment>
          ))}
        </dl>
      </Dialog>
    </>
  )
}
