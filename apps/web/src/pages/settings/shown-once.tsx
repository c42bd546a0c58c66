import type { ReactNode } from 'react'
import { CopyButton } from '../../ui/copy-button.tsx'

interface ShownOnceProps {
  readonly label: string
  readonly text: string
  readonly children: ReactNode
}

/** A secret that nobody can read again. */
export const ShownOnce = ({ label, text, children }: ShownOnceProps) => (
  <div className="space-y-3">
    <div className="flex items-start gap-2">
      <output
        aria-label={label}
        className="min-w-0 grow rounded-lg bg-sunken px-3 py-2 font-mono text-[13px] wrap-anywhere select-all"
      >
        {text}
      </output>
      <CopyButton text={text} />
    </div>
    <div className="text-soft">{children}</div>
  </div>
)
