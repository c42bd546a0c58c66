import { type FormEvent, useEffect, useRef, useState } from 'react'
import { type Reword, said, type Told, tellFailure, type Wrong } from './form-errors.ts'

const NOTHING = { wrong: {}, error: null } as const

/**
 * The course of a form: one request at a time; what is wrong is told at its field, which gets the focus, and what else failed under the form.
 * The form takes `ref` and `onSubmit`; `check` says what is wrong before anything is sent.
 */
export function useForm<F extends string>(
  fields: readonly F[],
  {
    check,
    work,
    reword,
  }: {
    readonly check?: () => { readonly [K in F]?: string | undefined }
    readonly work: () => Promise<unknown>
    readonly reword?: Reword<F>
  },
) {
  const ref = useRef<HTMLFormElement>(null)
  const [busy, setBusy] = useState(false)
  const [told, setTold] = useState<Told<F>>(NOTHING)
  useEffect(() => {
    if (Object.keys(told.wrong).length > 0)
      ref.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  }, [told])
  const onSubmit = async (event: FormEvent) => {
    event.preventDefault()
    // A form inside of a dialog is still inside of the page's own, for React.
    event.stopPropagation()
    if (busy) return
    const wrong: Wrong<F> = said(check?.() ?? {})
    if (Object.keys(wrong).length > 0) return setTold({ wrong, error: null })
    setBusy(true)
    setTold(NOTHING)
    try {
      await work()
    } catch (failure) {
      setTold(tellFailure(failure, fields, reword))
    } finally {
      setBusy(false)
    }
  }
  return { ref, onSubmit, busy, wrong: told.wrong, error: told.error, forget: () => setTold(NOTHING) }
}
