import { CircleAlert, CircleCheck, X } from 'lucide-react'
import { isTakenBack } from '../api/client.ts'
import { inWords } from '../api/problem.ts'
import { createStore } from '../store.ts'
import { IconButton } from './button.tsx'

interface Toast {
  readonly id: number
  readonly kind: 'done' | 'failed'
  readonly message: string
  readonly detail?: string
  readonly action?: { readonly label: string; readonly onClick: () => void }
}

/** How long a toast that asks for nothing stays. */
const SHOWN_MS = 5000
const FAILED_MS = 12_000

const toasts = createStore<readonly Toast[]>([])
let nextId = 1

const dismiss = (id: number): void => toasts.set(toasts.get().filter((toast) => toast.id !== id))

function show(toast: Omit<Toast, 'id'>): () => void {
  const id = nextId++
  toasts.set([...toasts.get().slice(-2), { ...toast, id }])
  setTimeout(() => dismiss(id), toast.kind === 'failed' ? FAILED_MS : SHOWN_MS)
  return () => dismiss(id)
}

/** Says that something was done, with a way back where there is one. Returns what takes the message away once it is true no more. */
export const toastDone = (message: string, action?: Toast['action']): (() => void) =>
  show({ kind: 'done', message, ...(action && { action }) })

/** Says that something failed that has no place of its own on the page. */
export function toastFailed(error: unknown): void {
  if (isTakenBack(error)) return
  const { message, remedy } = inWords(error)
  show({ kind: 'failed', message, detail: remedy })
}

/** Nothing that one brand was told stays for the next. */
export const clearToasts = (): void => toasts.set([])

/** Whatever bar lies at the bottom of a page says so in `--bar`, and stays free. */
export function Toasts() {
  const shown = toasts.use()
  return (
    <section
      aria-label="Messages"
      aria-live="polite"
      className="pointer-events-none fixed inset-x-3 bottom-[calc(4.5rem+var(--tray,0px)+var(--bar,0px))] z-50 flex flex-col items-center gap-2 md:right-5 md:bottom-[calc(1.25rem+var(--bar,0px))] md:left-auto md:items-end"
    >
      {shown.map(({ id, kind, message, detail, action }) => (
        <div
          key={id}
          className="pointer-events-auto flex w-full max-w-sm items-start gap-2.5 rounded-xl border border-line bg-surface py-2.5 pr-2 pl-3 shadow-xl"
        >
          {kind === 'done' ? (
            <CircleCheck className="mt-1 size-4 shrink-0 text-good" aria-hidden />
          ) : (
            <CircleAlert className="mt-1 size-4 shrink-0 text-bad" aria-hidden />
          )}
          <div className="min-w-0 grow py-0.5 wrap-anywhere">
            <p className="font-medium">{message}</p>
            {detail !== undefined && <p className="text-soft">{detail}</p>}
          </div>
          {action !== undefined && (
            <button
              type="button"
              className="h-7 shrink-0 rounded-md px-2 font-medium text-accent hover:bg-hover"
              onClick={() => {
                action.onClick()
                dismiss(id)
              }}
            >
              {action.label}
            </button>
          )}
          <IconButton
            label="Dismiss"
            size="small"
            icon={<X className="size-4" />}
            onClick={() => dismiss(id)}
          />
        </div>
      ))}
    </section>
  )
}
