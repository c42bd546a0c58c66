import { Check, CircleAlert, LoaderCircle } from 'lucide-react'
import type { ClipEdits } from './edits.ts'

/** Whether what one sees is saved. */
export function SaveState({ edits }: { readonly edits: ClipEdits }) {
  const { status } = edits
  return (
    <div role="status" className="flex shrink-0 items-center gap-1.5 text-[13px] whitespace-nowrap text-soft">
      {status === 'saved' && (
        <>
          <Check className="size-4 text-good" aria-hidden />
          <span className="max-lg:sr-only">Saved</span>
        </>
      )}
      {status === 'saving' && (
        <>
          <LoaderCircle className="size-4 animate-spin" aria-hidden />
          <span className="max-lg:sr-only">Saving…</span>
        </>
      )}
      {(status === 'failed' || status === 'conflict') && (
        <>
          <CircleAlert className="size-4 text-bad" aria-hidden />
          <span className="font-medium text-bad max-lg:sr-only">Not saved</span>
        </>
      )}
    </div>
  )
}
