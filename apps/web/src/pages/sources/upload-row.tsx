import { Link } from '@tanstack/react-router'
import { CircleAlert, CircleCheck, Pause, Play, RotateCcw, X } from 'lucide-react'
import { useStudio } from '../../app/studio.tsx'
import { hasEnded, isMoving, type Upload } from '../../data/uploads.ts'
import { chooseFiles } from '../../data/uploads-files.ts'
import { uploadsOf } from '../../data/uploads-of.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { cx } from '../../ui/class-names.ts'
import { Progress } from '../../ui/progress.tsx'
import { toastFailed } from '../../ui/toasts.tsx'
import { uploadWords } from './upload-words.ts'

/** One upload: where it is and what can be done about it. */
export function UploadRow({ upload }: { readonly upload: Upload }) {
  const { profile } = useStudio()
  const { name, sizeBytes, sentBytes, state, sourceId } = upload
  const isBad = state === 'refused' || state === 'failed' || (state === 'stopped' && upload.problem !== null)
  return (
    <div className="px-3 py-2.5">
      <div className="flex items-start gap-2">
        <div className="min-w-0 grow">
          <p className="flex items-center gap-1.5 font-medium">
            {(state === 'done' || state === 'known') && (
              <CircleCheck className="size-4 shrink-0 text-good" aria-hidden />
            )}
            {isBad && <CircleAlert className="size-4 shrink-0 text-bad" aria-hidden />}
            {sourceId !== null && state !== 'refused' ? (
              <Link
                to="/p/$profileId/sources/$sourceId"
                params={{ profileId: profile.id, sourceId }}
                className="truncate hover:underline"
              >
                {name}
              </Link>
            ) : (
              <span className="truncate" title={name}>
                {name}
              </span>
            )}
          </p>
          <p className={cx('text-[13px] wrap-anywhere', isBad ? 'text-bad' : 'text-soft')}>
            {uploadWords(upload)}
          </p>
        </div>
        <Actions upload={upload} />
      </div>
      {!hasEnded(upload) && (
        <div className="mt-2">
          <Progress fraction={sizeBytes === 0 ? 0 : sentBytes / sizeBytes} label={`Upload of ${name}`} />
        </div>
      )}
    </div>
  )
}

function Actions({ upload }: { readonly upload: Upload }) {
  const { profile } = useStudio()
  const queue = uploadsOf(profile.id)
  const { id, name, state } = upload
  const choose = async () => {
    const brought = (await chooseFiles({ multiple: false }))?.files[0]
    if (brought) queue.reopen(id, brought)
  }
  const reopen = () => (upload.reopens ? queue.reopenKept(id) : choose()).catch(toastFailed)
  return (
    <div className="flex shrink-0 items-center">
      {state === 'stopped' && (
        <Button size="small" className="mr-1" onClick={() => void reopen()}>
          {upload.reopens ? 'Go on' : 'Choose file…'}
        </Button>
      )}
      {isMoving(upload) && state !== 'checking' && (
        <IconButton
          size="small"
          label={`Pause ${name}`}
          icon={<Pause className="size-4" />}
          onClick={() => queue.pause(id)}
        />
      )}
      {(state === 'paused' || state === 'stalled') && (
        <IconButton
          size="small"
          label={state === 'paused' ? `Go on with ${name}` : `Try ${name} again now`}
          icon={state === 'paused' ? <Play className="size-4" /> : <RotateCcw className="size-4" />}
          onClick={() => queue.resume(id)}
        />
      )}
      {state === 'failed' && (
        <IconButton
          size="small"
          label={`Try ${name} again`}
          icon={<RotateCcw className="size-4" />}
          onClick={() => queue.resume(id)}
        />
      )}
      <IconButton
        size="small"
        label={hasEnded(upload) ? `Take ${name} off the list` : `Cancel ${name}`}
        icon={<X className="size-4" />}
        onClick={() => queue.remove(id)}
      />
    </div>
  )
}
