import { Tooltip } from 'radix-ui'
import type { ReactNode } from 'react'
import { Key } from './key.tsx'

interface TipProps {
  readonly text: string
  readonly shortcut?: string
  readonly children: ReactNode
}

/** A few words beside what they are about, on hover and on focus. */
export function Tip({ text, shortcut, children }: TipProps) {
  return (
    <Tooltip.Root>
      <Tooltip.Trigger asChild>{children}</Tooltip.Trigger>
      <Tooltip.Portal>
        <Tooltip.Content
          sideOffset={6}
          collisionPadding={8}
          className="z-50 flex max-w-72 items-center gap-2 rounded-md bg-ink px-2 py-1 text-[12px] text-ground shadow-lg"
        >
          {text}
          {shortcut !== undefined && <Key>{shortcut}</Key>}
        </Tooltip.Content>
      </Tooltip.Portal>
    </Tooltip.Root>
  )
}
