import { useRouterState } from '@tanstack/react-router'
import { useVirtualizer } from '@tanstack/react-virtual'
import { ChevronDown, ChevronUp, X } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useStudio } from '../../app/studio.tsx'
import { failuresFirst, isFailed, isMoving, type Upload } from '../../data/uploads.ts'
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

const isWide = (): boolean => matchMedia('(min-width: 48rem)').matches

/**
 * What is on its way in, on every page of the profile, folded until it is opened: it would lie over what people work with, and among the sources say
 * again what their cards say. There it opens by itself where something was not added. Not there while nothing is, nor for long once all is done.
 * On a wide screen it lies on the frame of the page; on a phone it is a line above the navigation, which the page and its bars make room for.
 */
export function UploadTray() {
  const { profile } = useStudio()
  const { uploads: all, speed, notice } = useUploads(profile.id)
  const page = useRouterState({ select: ({ location }) => location.pathname })
  const [chosen, setChosen] = useState<{ readonly page: string; readonly open: boolean } | null>(null)
  /** What waits for somebody who does not want to see it in this visit. */
  const [away, setAway] = useState<ReadonlySet<string>>(new Set())
  const uploads = failuresFirst(all.filter((upload) => isMoving(upload) || !away.has(upload.id)))
  const open =
    chosen?.page === page ? chosen.open : page.endsWith('/sources') && uploads.some(isFailed) && isWide()
  const tray = useRef<HTMLElement>(null)
  const isShown = uploads.length > 0 || notice !== null
  useRoomFor(tray, isShown)
  const isDone = notice === null && uploads.length > 0 && uploads.every(({ state }) => state === 'done')
  useEffect(() => {
    if (!isDone) return
    const timer = setInterval(() => {
      // Not from under somebody's hand.
      if (!tray.current?.matches(':hover, :has(:focus-visible)')) uploadsOf(profile.id).clear()
    }, DONE_MS)
    return () => clearInterval(timer)
  }, [isDone, profile.id])
  if (!isShown) return null
  return (
    <>
      {/* Room to scroll what lies under it free. */}
      <div className="h-(--tray) md:hidden" />
      <section
        ref={tray}
        aria-label="Uploads"
        className={cx(
          'fixed inset-x-0 bottom-[calc(3.5rem+1px+env(safe-area-inset-bottom))] z-30 overflow-hidden border-t border-line bg-surface',
          'md:inset-x-auto md:bottom-18 md:left-3 md:rounded-xl md:border md:shadow-xl',
          open ? 'md:w-90' : 'md:w-50',
        )}
      >
        {notice !== null && <LeftOut notice={notice} onClose={() => uploadsOf(profile.id).dismissNotice()} />}
        {uploads.length > 0 && (
          <TrayHead
            uploads={uploads}
            speed={speed}
            open={open}
            onOpenChange={(open) => setChosen({ page, open })}
            onAway={() => {
              uploadsOf(profile.id).clear()
              setAway(new Set(all.map(({ id }) => id)))
            }}
          />
        )}
        {open && uploads.length > 0 && <UploadList uploads={uploads} />}
      </section>
    </>
  )
}

/** Tells the bars of a page on a phone, in `--tray`, how high the tray is that they stand on. */
function useRoomFor(tray: { readonly current: HTMLElement | null }, isShown: boolean): void {
  useEffect(() => {
    const element = tray.current
    if (!isShown || element === null) return
    const { style } = document.documentElement
    const observer = new ResizeObserver(() => style.setProperty('--tray', `${element.offsetHeight}px`))
    observer.observe(element)
    return () => {
      observer.disconnect()
      style.removeProperty('--tray')
    }
  }, [tray, isShown])
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
  /** Takes all of it out of sight. */
  readonly onAway: () => void
}

/** All uploads in one line, and what can be done with all of them. */
function TrayHead({ uploads, speed, open, onOpenChange, onAway }: TrayHeadProps) {
  const queue = uploadsOf(useStudio().profile.id)
  const { title, detail, moving, waiting, fraction } = trayWords(uploads, speed)
  const isOver = moving + waiting === 0
  const stopped = uploads.filter(({ state }) => state === 'stopped').length
  const choose = () =>
    void chooseFiles({ multiple: true }).then((found) => found && queue.add(found), toastFailed)
  return (
    <>
      <header className="flex items-center gap-1 py-1 pr-2 pl-3 md:py-2">
        <div className="min-w-0 grow max-md:flex max-md:items-baseline max-md:gap-2">
          <h2 className="font-semibold max-md:shrink-0" role="status">
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
        {moving === 0 && (
          <IconButton
            size="small"
            label={isOver ? 'Clear the list' : 'Put the uploads away'}
            icon={<X className="size-4" />}
            onClick={onAway}
          />
        )}
      </header>
      {stopped > (open ? 1 : 0) && (
        <div className={cx('px-3 pb-2.5', !open && 'max-md:hidden')}>
          <Button size="small" onClick={choose}>
            Choose the files…
          </Button>
        </div>
      )}
      {!open && !isOver && (
        <div className="max-md:absolute max-md:inset-x-0 max-md:-top-0.5 md:px-3 md:pb-2.5">
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
