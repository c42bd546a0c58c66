import { CircleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { inWords } from '../api/problem.ts'
import { Button } from './button.tsx'
import { cx } from './class-names.ts'

interface ErrorNoteProps {
  readonly error: unknown
  /** Better words for it, where the page knows some. */
  readonly words?: { readonly message: string; readonly remedy: string }
  readonly className?: string
  readonly onRetry?: () => unknown
  /** Other buttons for what can be done about it. */
  readonly children?: ReactNode
}

/** What went wrong and what to do about it, where it went wrong. */
export function ErrorNote({ error, words, className, onRetry, children }: ErrorNoteProps) {
  const { message, remedy } = words ?? inWords(error)
  return (
    <div role="alert" className={cx('flex gap-2.5 rounded-lg bg-bad-wash px-3 py-2.5', className)}>
      <CircleAlert className="mt-0.5 size-4 shrink-0 text-bad" aria-hidden />
      <div className="min-w-0 grow wrap-anywhere">
        <p className="font-medium">{message}</p>
        <p className="text-soft">{remedy}</p>
        {(onRetry ?? children) !== undefined && (
          <div className="mt-2 flex gap-2">
            {onRetry && (
              <Button size="small" onClick={() => void onRetry()}>
                Try again
              </Button>
            )}
            {children}
          </div>
        )}
      </div>
    </div>
  )
}
