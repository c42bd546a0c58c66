import { Check, Copy } from 'lucide-react'
import { useEffect, useState } from 'react'
import { Button } from './button.tsx'
import { toastFailed } from './toasts.tsx'

const SHOWN_MS = 2000

/** Puts a text into the clipboard, and says so. */
export function CopyButton({
  text,
  children = 'Copy',
}: {
  readonly text: string
  readonly children?: string
}) {
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(false), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [copied])
  const copy = () => copyText(text).then(() => setCopied(true), toastFailed)
  return (
    <>
      <Button
        icon={
          copied ? (
            <Check className="size-4 text-good" aria-hidden />
          ) : (
            <Copy className="size-4" aria-hidden />
          )
        }
        onClick={copy}
      >
        {copied ? 'Copied' : children}
      </Button>
      <span role="status" className="sr-only">
        {copied ? 'Copied' : ''}
      </span>
    </>
  )
}

/** Browsers keep `navigator.clipboard` from pages that came by plain http, where the old way still works. */
async function copyText(text: string): Promise<void> {
  if (window.isSecureContext) return navigator.clipboard.writeText(text)
  const before = document.activeElement
  const field = document.createElement('textarea')
  field.value = text
  field.className = 'fixed opacity-0'
  // Inside of an open dialog, which would take the focus back from anything outside of it.
  const home = before?.closest('[role="dialog"]') ?? document.body
  home.append(field)
  field.select()
  const done = document.execCommand('copy')
  field.remove()
  if (before instanceof HTMLElement) before.focus()
  if (!done) throw new Error('The browser did not copy the text.')
}
