import type { ReactNode } from 'react'

interface EmptyProps {
  readonly icon: ReactNode
  readonly title: string
  /** What to do next. */
  readonly children: ReactNode
  readonly actions?: ReactNode
  /** Where the page has no other heading. */
  readonly alone?: boolean
}

/** What a page shows before there is anything: what it is for and what to do next. */
export function Empty({ icon, title, children, actions, alone = false }: EmptyProps) {
  const Heading = alone ? 'h1' : 'h2'
  return (
    <div className="mx-auto flex max-w-md flex-col items-center px-4 py-16 text-center">
      <div className="mb-4 grid size-12 place-items-center rounded-2xl bg-accent-wash text-accent [&_svg]:size-6">
        {icon}
      </div>
      <Heading className="text-[16px] font-semibold">{title}</Heading>
      <p className="mt-1 text-soft text-pretty">{children}</p>
      {actions !== undefined && <div className="mt-5 flex flex-wrap justify-center gap-2">{actions}</div>}
    </div>
  )
}
