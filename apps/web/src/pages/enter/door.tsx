import type { ReactNode } from 'react'
import { cx } from '../../ui/class-names.ts'
import { useTitle } from '../../ui/page.tsx'

interface DoorProps {
  readonly title: string
  readonly lead?: ReactNode
  readonly children: ReactNode
  readonly wide?: boolean
}

/** What people see before they are inside: one card with the mark of the product. */
export function Door({ title, lead, children, wide = false }: DoorProps) {
  useTitle(title)
  return (
    <main className="flex min-h-dvh flex-col items-center px-4 py-8 sm:justify-center sm:py-12">
      <div className={cx('w-full', wide ? 'max-w-2xl' : 'max-w-sm')}>
        <p className="mb-6 flex items-center justify-center gap-2.5 text-[17px] font-semibold tracking-tight">
          <img src="/favicon.svg" alt="" className="size-8" />
          Cutroom
        </p>
        <div className="rounded-2xl border border-line bg-surface p-5 shadow-sm sm:p-8">
          <h1 className="text-[20px] leading-7 font-semibold tracking-tight">{title}</h1>
          {lead !== undefined && <p className="mt-1 text-soft text-pretty">{lead}</p>}
          <div className="mt-6">{children}</div>
        </div>
      </div>
    </main>
  )
}
