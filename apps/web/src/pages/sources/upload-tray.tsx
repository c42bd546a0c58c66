import { useRouterState } from '@tanstack/react-router'
import { useVirtualizer } from '@tanstack/react-virtual'
import { ChevronDown, ChevronUp, X } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useStudio } from '../../app/studio.tsx'
import type { Upload } from '../../data/uploads.ts'
import { chooseFiles, type Notice } from '../../data/uploads-files.ts'
import { uploadsOf, useUploads } from '../../data/uploads-of.ts'
import type { QueueView } from '../../data/uploads-queue.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { cx } from '../../ui/class-names.ts'
import { Progress } from '../../ui/progress.tsx'
import { toastFailed } from '../../ui/toasts.tsx'
import { UploadRow } from './upload-row.tsx'
import { noticeWords, trayWords } from './upload-words.ts'

/** How long it is seen that all is done. */
const DONE_MS = 6000

/**
 * What is on its way in, on every page of the profile. Not there while nothing is, nor for long once all is done. Elsewhere than among the
 * sources it is folded, until it is opened: it would lie over what people work with. Folded, it lies on the frame of the page on a wide screen, and
 * above whatever bar there is on a phone.
 */
export function UploadTray() {
  const { profile } = useStudio()
  const { uploads, speed, notice } = useUploads(profile.id)
  const page = useRouterState({ select: ({ location }) => location.pathname })
  const [chosen, setChosen] = useState<{ readonly page: string; readonly open: boolean } | null>(null)
  const open = chosen?.page === page ? chosen.open : page.endsWith('/sources')
  const tray = useRef<HTMLElement>(null)
  const isDone = notice === null && uploads.length > 0 && uploads.every(({ state }) => state === 'done')
  useEffect(() => {
    if (!isDone) return
    const timer = setInterval(() => {
      // Not from under somebody's hand.
      if (!tray.current?.matches(':hover, :has(:focus-visible)')) uploadsOf(profile.id).clear()
    }, DONE_MS)
    return () => clearInterval(timer)
  }, [isDone, profile.id])
  if (uploads.length === 0 && notice === null) return null
  return (
    <>
      {/* Room to scroll what lies under it free. */}
      <div className="h-16 md:hidden" />
      <section
        ref={tray}
        aria-label="Uploads"
        className={cx(
          'fixed inset-x-3 bottom-[calc(64px+env(safe-area-inset-bottom)+var(--bar,0px))] z-30 overflow-hidden rounded-xl border border-line bg-surface shadow-xl',
          'md:inset-x-auto md:bottom-18 md:left-3',
          open || notice !== null ? 'md:w-90' : 'md:w-50',
        )}
      >
        {notice !== null && <LeftOut notice={notice} onClose={() => uploadsOf(profile.id).dismissNotice()} />}
        {uploads.length > 0 && (
          <TrayHead
            uploads={uploads}
            speed={speed}
            open={open}
            onOpenChange={(open) => setChosen({ page, open })}
          />
        )}
        {open && uploads.length > 0 && <UploadList uploads={uploads} />}
      </section>
    </>
  )
}

function LeftOut({ notice, onClose }: { readonly notice: Notice; readonly onClose: () => void }) {
  return (
    <div role="status" className="flex items-start gap-2 bg-warn-wash py-2 pr-2 pl-3">
      <div className="min-w-0 grow space-y-1 py-0.5 wrap-anywhere">
        {noticeWords(notice).map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
      </div>
      <IconButton size="small" label="Dismiss" icon={<X className="size-4" />} onClick={onClose} />
    </div>
  )
}

interface TrayHeadProps extends Pick<QueueView, 'uploads' | 'speed'> {
  readonly open: boolean
  readonly onOpenChange: (open: boolean) => void
}

/** All uploads in one line, and what can be done with all of them. */
function TrayHead({ uploads, speed, open, onOpenChange }: TrayHeadProps) {
  const queue = uploadsOf(useStudio().profile.id)
  const { title, detail, moving, waiting, fraction } = trayWords(uploads, speed)
  const isOver = moving + waiting === 0
  const stopped = uploads.filter(({ state }) => state === 'stopped').length
  const choose = () =>
    void chooseFiles({ multiple: true }).then((found) => found && queue.add(found), toastFailed)
  return (
    <>
      <header className="flex items-center gap-2 py-2 pr-2 pl-3">
        <div className="min-w-0 grow">
          <h2 className="truncate font-semibold" role="status">
            {title}
          </h2>
          {detail !== '' && <p className="truncate text-[13px] text-soft tabular-nums">{detail}</p>}
        </div>
        <IconButton
          size="small"
          label={open ? 'Fold the uploads' : 'Show the uploads'}
          aria-expanded={open}
          icon={open ? <ChevronDown className="size-4" /> : <ChevronUp className="size-4" />}
          onClick={() => onOpenChange(!open)}
        />
        {isOver && (
          <IconButton
            size="small"
            label="Clear the list"
            icon={<X className="size-4" />}
            onClick={() => queue.clear()}
          />
        )}
      </header>
      {stopped > 1 && (
        <div className="px-3 pb-2.5">
          <Button size="small" onClick={choose}>
            Choose the files…
          </Button>
        </div>
      )}
      {!open && !isOver && (
        <div className="px-3 pb-2.5">
          <Progress fraction={fraction} label="All uploads" />
        </div>
      )}
    </>
  )
}

const ROW_PX = 72

function UploadList({ uploads }: { readonly uploads: readonly Upload[] }) {
  const scroller = useRef<HTMLDivElement>(null)
  const rows = useVirtualizer({
    count: uploads.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    getItemKey: (index) => uploads[index]?.id ?? index,
    overscan: 4,
  })
  return (
    <div ref={scroller} className="max-h-72 overflow-y-auto border-t border-line">
      <ul className="relative" style={{ height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map(({ key, index, start }) => {
          const upload = uploads[index]
          return (
            upload && (
              <li
                key={key}
                ref={rows.measureElement}
                data-index={index}
                className="absolute inset-x-0 top-0 border-line not-first:border-t"
                style={{ transform: `translateY(${start}px)` }}
              >
                <UploadRow upload={upload} />
              </li>
            )
          )
        })}
      </ul>
    </div>
  )
}
