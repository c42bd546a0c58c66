import { Button } from '../../ui/button.tsx'
import type { Making } from './use-making.ts'

export const TOO_SHORT = 'footage-too-short'

interface TooShortProps {
  readonly making: Making
  readonly onLength: () => void
}

/** What can be done at once where the footage does not suffice. */
export function TooShort({ making: { makeShorter, busy }, onLength }: TooShortProps) {
  return (
    <>
      {makeShorter !== null && (
        <Button size="small" busy={busy} onClick={makeShorter}>
          Allow shorter clips
        </Button>
      )}
      <Button size="small" onClick={onLength}>
        Change the length
      </Button>
    </>
  )
}
