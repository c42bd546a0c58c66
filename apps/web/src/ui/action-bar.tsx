import { X } from 'lucide-react'
import { type ReactNode, useEffect } from 'react'
import { IconButton } from './button.tsx'

interface ActionBarProps {
  /** Name of the bar: `Picked clips`. */
  readonly label: string
  /** How many things it is about; it is not there for none. */
  readonly count: number
  /** What they are: `picked`. */
  readonly state: string
  /** More about them, beside their number. */
  readonly note?: string
  readonly clear: { readonly label: string; readonly onClick: () => void }
  /** Buttons, the main one last. */
  readonly children: ReactNode
}

/** What can be done with all things that are chosen, at the bottom of the screen. */
export function ActionBar({ label, count, state, note, clear, children }: ActionBarProps) {
  const isShown = count > 0
  useEffect(() => {
    if (!isShown) return
    // Messages stand above the bar.
    const { style } = document.documentElement
    style.setProperty('--bar', '4rem')
    return () => void style.removeProperty('--bar')
  }, [isShown])
  return (
    <div className="pointer-events-none fixed inset-x-3 bottom-[calc(3.5rem+env(safe-area-inset-bottom)+var(--tray,0px)+8px)] z-20 flex justify-center md:bottom-4 md:left-56">
      <p role="status" className="sr-only">
        {isShown ? `${count} ${state}` : ''}
      </p>
      {isShown && (
        <section
          aria-label={label}
          className="pointer-events-auto flex max-w-full items-center gap-1.5 rounded-2xl border border-line bg-surface p-1.5 pl-2 shadow-2xl"
        >
          <IconButton
            label={clear.label}
            size="small"
            icon={<X className="size-4" />}
            onClick={clear.onClick}
          />
          <span className="mr-1.5 whitespace-nowrap tabular-nums" aria-hidden>
            <span className="font-medium">
              {count.toLocaleString('en')} {state}
            </span>
            {note !== undefined && <span className="text-soft max-sm:hidden"> · {note}</span>}
          </span>
          {children}
        </section>
      )}
    </div>
  )
}
