import { Download, RotateCw, TriangleAlert } from 'lucide-react'
import { useState } from 'react'
import { useStudio } from '../../app/studio.tsx'
import type { Export } from '../../data/exports.ts'
import type { Preset } from '../../data/presets.ts'
import { formatAgo, formatBytes, formatClock } from '../../format.ts'
import { Button, buttonClass } from '../../ui/button.tsx'
import { Switch } from '../../ui/check.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { useClipName } from '../../ui/use-clip-name.ts'
import { canExportAgain, changedWords } from './changed-words.ts'
import { exportFileUrl } from './downloads.ts'
import { clipNameOf, presetName } from './preset-words.ts'
import { SafeArea } from './safe-area.tsx'
import { useExportAgain } from './use-export-again.ts'

interface ExportPlayerProps {
  readonly made: Export
  readonly presets: readonly Preset[] | undefined
  readonly onClose: () => void
}

/** A finished file as it is, with what is known of it. */
export function ExportPlayer({ made, presets, onClose }: ExportPlayerProps) {
  const { file } = useStudio()
  const [showSafeArea, setShowSafeArea] = useState(false)
  const again = useExportAgain(made)
  const area = presets?.find(({ id }) => id === made.presetId)?.safeArea
  const name = presetName(presets, made.presetId)
  const { short, project } = useClipName(clipNameOf(made), made.projectId)
  return (
    <Dialog
      open
      onOpenChange={onClose}
      wide
      title={short}
      {...(project !== '' && { lead: project })}
      actions={
        <>
          {made.stale && canExportAgain(made, presets) && (
            <Button
              icon={<RotateCw className="size-4" aria-hidden />}
              busy={again.isPending}
              onClick={() => again.mutate(undefined, { onSuccess: onClose })}
            >
              Export again
            </Button>
          )}
          <a className={buttonClass('primary')} href={exportFileUrl(file, made.id)} download>
            <Download className="size-4" aria-hidden />
            Download
          </a>
        </>
      }
    >
      {again.error !== null && <ErrorNote error={again.error} className="mb-4" />}
      <div className="grid gap-5 sm:grid-cols-[minmax(0,1fr)_15rem]">
        <Video src={exportFileUrl(file, made.id)} area={showSafeArea ? area : undefined} />
        <div className="space-y-4">
          {made.stale && (
            <p className="flex gap-2 rounded-lg bg-warn-wash px-3 py-2">
              <TriangleAlert className="mt-0.5 size-4 shrink-0 text-warn" aria-hidden />
              <span>
                <span className="font-medium">Outdated.</span> {changedWords(made, presets)}
              </span>
            </p>
          )}
          {area && (
            <Switch
              checked={showSafeArea}
              onChange={setShowSafeArea}
              hint="Shades what the platform covers with its own buttons and words."
            >
              Safe area of {name}
            </Switch>
          )}
          <Facts made={made} preset={name} />
        </div>
      </div>
    </Dialog>
  )
}

function Video({ src, area }: { readonly src: string; readonly area: Preset['safeArea'] | undefined }) {
  const [aspect, setAspect] = useState(9 / 16)
  return (
    <div
      className="relative mx-auto max-h-[60dvh] max-w-full overflow-hidden rounded-lg bg-black"
      style={{ aspectRatio: aspect, height: '60dvh' }}
    >
      {/* biome-ignore lint/a11y/useMediaCaption: its captions are in its frame. */}
      <video
        src={src}
        controls
        autoPlay
        playsInline
        className="size-full"
        onLoadedMetadata={({ currentTarget: { videoWidth, videoHeight } }) => {
          if (videoHeight > 0) setAspect(videoWidth / videoHeight)
        }}
      />
      {area && <SafeArea area={area} />}
    </div>
  )
}

function Facts({ made, preset }: { readonly made: Export; readonly preset: string }) {
  const facts = [
    ['Preset', preset],
    ['Length', formatClock(made.durationSeconds)],
    ['Size', formatBytes(made.sizeBytes)],
    ['Loudness', made.integratedLufs === null ? 'Silent' : `${made.integratedLufs.toFixed(1)} LUFS`],
    ['True peak', made.truePeakDbtp === null ? null : `${made.truePeakDbtp.toFixed(1)} dBTP`],
    ['Made', formatAgo(made.createdAt)],
  ] as const
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1.5">
      {facts.map(
        ([name, value]) =>
          value !== null && (
            <div key={name} className="contents">
              <dt className="text-soft">{name}</dt>
              <dd className="text-right tabular-nums wrap-anywhere">{value}</dd>
            </div>
          ),
      )}
    </dl>
  )
}
