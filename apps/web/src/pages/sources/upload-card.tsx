import { Upload as UploadIcon } from 'lucide-react'
import type { Upload } from '../../data/uploads.ts'
import { Progress } from '../../ui/progress.tsx'
import { uploadWords } from './upload-words.ts'

/** The place of a source that is on its way in; what can be done about it stands in the tray. */
export function UploadCard({ upload }: { readonly upload: Upload }) {
  const { name, sizeBytes, sentBytes } = upload
  return (
    <article className="flex h-full flex-col overflow-hidden rounded-xl border border-dashed border-edge/60">
      <div className="grid aspect-video place-content-center justify-items-center gap-3 px-4 text-soft">
        <UploadIcon className="size-6" aria-hidden />
        <div className="w-36">
          <Progress fraction={sizeBytes === 0 ? 0 : sentBytes / sizeBytes} label={`Upload of ${name}`} />
        </div>
      </div>
      <div className="min-w-0 px-3 py-2">
        <h2 className="truncate font-medium" title={name}>
          {name}
        </h2>
        <p className="truncate text-[13px] text-soft tabular-nums">{uploadWords(upload)}</p>
      </div>
    </article>
  )
}
