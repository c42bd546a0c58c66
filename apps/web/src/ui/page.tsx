import { type ReactNode, useEffect } from 'react'
import { cx } from './class-names.ts'

interface PageProps {
  /** Also the title of the tab. */
  readonly title: string
  /** What stands in place of the title, where it is more than text. */
  readonly heading?: ReactNode
  /** Above the title: the way back. */
  readonly above?: ReactNode
  /** One line under the title. */
  readonly lead?: ReactNode
  /** Buttons beside the title, the main one last. */
  readonly actions?: ReactNode
  readonly children: ReactNode
  /** Whether the content takes the whole width. */
  readonly wide?: boolean
}

/** The frame of every page: one heading, what can be done, and the content. */
export function Page({ title, heading, above, lead, actions, children, wide = false }: PageProps) {
  useTitle(title)
  return (
    <div className={cx('mx-auto w-full px-4 pt-5 pb-24 sm:px-6 md:pb-10', !wide && 'max-w-7xl')}>
      {above !== undefined && <div className="mb-2 text-[13px] text-soft">{above}</div>}
      <header className="mb-5 flex flex-wrap items-start justify-between gap-x-4 gap-y-3">
        <div className="min-w-0 grow basis-60">
          <h1 className="text-[22px] leading-7 font-semibold tracking-tight wrap-anywhere">
            {heading ?? title}
          </h1>
          {lead !== undefined && <p className="mt-0.5 text-soft">{lead}</p>}
        </div>
        {actions !== undefined && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
      </header>
      {children}
    </div>
  )
}

/** Names the tab of the browser. */
export function useTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} – Cutroom`
  }, [title])
}
