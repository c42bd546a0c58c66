import { ImagePlus, Trash2 } from 'lucide-react'
import { type ReactNode, useRef } from 'react'
import { Button, IconButton } from '../../ui/button.tsx'
import { LOGO_TYPES } from './logo.ts'

interface LogoFieldProps {
  /** How the brand looks now. */
  readonly mark: ReactNode
  readonly hasLogo: boolean
  readonly onChoose: (picture: File) => void
  readonly onRemove: () => void
  readonly busy?: boolean
  readonly disabled?: boolean
  readonly error?: string | undefined
}

/** The picture of a brand: chosen, changed or taken away. */
export function LogoField({ mark, hasLogo, onChoose, onRemove, busy, disabled, error }: LogoFieldProps) {
  const input = useRef<HTMLInputElement>(null)
  return (
    <fieldset disabled={disabled}>
      <legend className="mb-2 text-[13px] font-medium">Logo</legend>
      <div className="flex items-center gap-3">
        {mark}
        <Button
          icon={<ImagePlus className="size-4" aria-hidden />}
          busy={busy === true}
          onClick={() => input.current?.click()}
        >
          {hasLogo ? 'Change' : 'Choose a picture'}
        </Button>
        {hasLogo && (
          <IconButton
            label="Remove the logo"
            icon={<Trash2 className="size-4" />}
            disabled={busy}
            onClick={onRemove}
          />
        )}
        <input
          ref={input}
          type="file"
          accept={LOGO_TYPES.join()}
          className="hidden"
          aria-label="Picture of the logo"
          onChange={({ target }) => {
            const [picture] = target.files ?? []
            target.value = ''
            if (picture !== undefined) onChoose(picture)
          }}
        />
      </div>
      <p
        role={error === undefined ? undefined : 'alert'}
        className={`mt-1 text-[13px] ${error === undefined ? 'text-soft' : 'text-bad'}`}
      >
        {error ?? 'Square looks best. PNG, JPEG or WebP, up to 2\u00a0MB.'}
      </p>
    </fieldset>
  )
}
