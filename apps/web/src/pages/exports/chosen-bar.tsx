import { Download, RotateCw, Trash2, X } from 'lucide-react'
import { useState } from 'react'
import { useStudio } from '../../app/studio.tsx'
import type { Export } from '../../data/exports.ts'
import type { Preset } from '../../data/presets.ts'
import { formatBytes } from '../../format.ts'
import { Button, buttonClass, IconButton } from '../../ui/button.tsx'
import { toastFailed } from '../../ui/toasts.tsx'
import { canExportAgain } from './changed-words.ts'
import { archiveUrl, exportFileUrl, MOST_ARCHIVED } from './downloads.ts'
import { replacedIn } from './newest.ts'
import { type Ordered, useOrder } from './order.ts'
import { UnderWay } from './under-way.tsx'
import { useClips } from './use-clips.ts'

interface ChosenBarProps {
  readonly exports: readonly Export[]
  readonly presets: readonly Preset[] | undefined
  readonly onDelete: () => void
  readonly onClear: () => void
}

/** What can be done with all chosen exports, at the bottom of the screen. */
export function ChosenBar({ exports, presets, onDelete, onClear }: ChosenBarProps) {
  const { api, file } = useStudio()
  const [ordered, setOrdered] = useState<readonly Ordered[] | null>(null)
  const order = useOrder(api)
  const replaced = replacedIn(exports)
  const outdated = exports.filter(
    (made) => made.stale && !replaced.has(made.id) && canExportAgain(made, presets),
  )
  const bytes = exports.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
  const again = () => order.mutate(outdated, { onSuccess: setOrdered, onError: toastFailed })
  const [only] = exports
  return (
    <div className="pointer-events-none fixed inset-x-3 bottom-[calc(3.5rem+env(safe-area-inset-bottom)+8px)] z-20 flex justify-center md:bottom-4 md:left-56">
      <p role="status" className="sr-only">
        {only ? `${exports.length} chosen` : ''}
      </p>
      {only && (
        <section
          aria-label="Chosen exports"
          className="pointer-events-auto flex max-w-full items-center gap-1.5 rounded-2xl border border-line bg-surface p-1.5 pl-2 shadow-2xl"
        >
          <IconButton label="Choose none" size="small" icon={<X className="size-4" />} onClick={onClear} />
          <span className="mr-1.5 whitespace-nowrap tabular-nums">
            <span className="font-medium">{exports.length.toLocaleString('en')} chosen</span>
            <span className="text-soft max-sm:hidden"> · {formatBytes(bytes)}</span>
          </span>
          {outdated.length > 0 && (
            <Button
              look="quiet"
              icon={<RotateCw className="size-4" aria-hidden />}
              busy={order.isPending}
              onClick={again}
              className="max-sm:hidden"
            >
              Export {outdated.length} again
            </Button>
          )}
          <IconButton label="Delete…" icon={<Trash2 className="size-4" />} onClick={onDelete} />
          {exports.length > MOST_ARCHIVED ? (
            <span className="px-2 text-soft">At most {MOST_ARCHIVED} at once as a zip</span>
          ) : (
            <a
              className={buttonClass('primary')}
              href={
                exports.length === 1
                  ? exportFileUrl(file, only.id)
                  : archiveUrl(
                      file,
                      exports.map(({ id }) => id),
                    )
              }
              download
            >
              <Download className="size-4" aria-hidden />
              {exports.length === 1 ? 'Download' : 'Download zip'}
            </a>
          )}
        </section>
      )}
      {ordered !== null && <MadeAgain ordered={ordered} onClose={() => setOrdered(null)} />}
    </div>
  )
}

function MadeAgain({
  ordered,
  onClose,
}: {
  readonly ordered: readonly Ordered[]
  readonly onClose: () => void
}) {
  const { clips } = useClips([...new Set(ordered.map(({ clipId }) => clipId))])
  return <UnderWay onOpenChange={onClose} ordered={ordered} clips={clips} />
}
