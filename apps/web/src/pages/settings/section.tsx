import { type ReactNode, useId } from 'react'

interface SectionProps {
  readonly title: string
  readonly lead?: ReactNode
  /** Buttons beside the title. */
  readonly actions?: ReactNode
  readonly children?: ReactNode
}

/** A part of a page of settings. */
export function Section({ title, lead, actions, children }: SectionProps) {
  const id = useId()
  return (
    <section aria-labelledby={id} className="rounded-xl border border-line bg-surface p-5">
      <header className="flex flex-wrap items-start justify-between gap-x-4 gap-y-3">
        <div className="min-w-0 grow basis-60">
          <h2 id={id} className="text-[15px] font-semibold">
            {title}
          </h2>
          {lead !== undefined && <p className="mt-0.5 text-soft text-pretty">{lead}</p>}
        </div>
        {actions}
      </header>
      {children !== undefined && <div className="mt-4">{children}</div>}
    </section>
  )
}
