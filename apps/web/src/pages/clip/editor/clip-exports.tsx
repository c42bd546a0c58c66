import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { Download, FileVideo } from 'lucide-react'
import { useEffect } from 'react'
import { useStudio } from '../../../app/studio.tsx'
import type { Clip } from '../../../data/clips.ts'
import { type Export, exportsQuery } from '../../../data/exports.ts'
import { presetsQuery } from '../../../data/presets.ts'
import { formatAgo, formatBytes } from '../../../format.ts'
import { Badge } from '../../../ui/badge.tsx'
import { ErrorNote } from '../../../ui/error-note.tsx'
import { Loading, Skeleton } from '../../../ui/skeleton.tsx'

/** The parts of what decides an export, for people. */
const CHANGED: Readonly<Record<Export['changed'][number], string>> = {
  timeline: 'timeline',
  captions: 'captions',
  style: 'style',
  voice: 'script or voice',
  sound: 'sound',
  preset: 'preset',
  engine: 'engine',
  clip: 'clip deleted',
}

/** The files that were made of a clip, and what has changed since. */
export function ClipExports({ clip }: { readonly clip: Clip }) {
  const { api } = useStudio()
  const queries = useQueryClient()
  const { id, version } = clip
  const { data, error, isPending } = useInfiniteQuery(exportsQuery(api, { clipId: id }))
  const { data: presets } = useQuery(presetsQuery(api))
  // A clip that was changed makes its exports old, which no event tells of them.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the version is what it is about.
  useEffect(() => {
    void queries.invalidateQueries({ queryKey: ['exports', { clipId: id }] })
  }, [queries, id, version])
  const nameOf = (presetId: string) => presets?.find((preset) => preset.id === presetId)?.name ?? presetId
  return (
    <section aria-label="Exports">
      <h2 className="mb-2 font-semibold">Exports</h2>
      {error !== null && <ErrorNote error={error} />}
      {isPending && (
        <Loading what="Reading the exports">
          <Skeleton className="h-14" />
        </Loading>
      )}
      {data?.length === 0 && (
        <p className="text-soft">
          Nothing has been exported of this clip yet. “Export…” makes a finished file.
        </p>
      )}
      <ul className="space-y-1.5">
        {data?.map((made) => (
          <li key={made.id}>
            <ExportRow made={made} presetName={nameOf(made.presetId)} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function ExportRow({ made, presetName }: { readonly made: Export; readonly presetName: string }) {
  const { file } = useStudio()
  const changed = made.changed.filter((part) => part !== 'engine').map((part) => CHANGED[part])
  return (
    <div className="flex items-center gap-3 rounded-lg border border-line py-2 pr-2 pl-3">
      <FileVideo className="size-4.5 shrink-0 text-soft" aria-hidden />
      <div className="min-w-0 grow">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <span className="font-medium">{presetName}</span>
          {made.stale ? (
            <Badge tone="warn">Changed since: {changed.join(', ')}</Badge>
          ) : (
            <Badge tone="good">Up to date</Badge>
          )}
        </p>
        <p className="text-[13px] text-soft">
          {formatBytes(made.sizeBytes)}, {formatAgo(made.createdAt)}
        </p>
      </div>
      <a
        href={file(`/exports/${made.id}/file`)}
        download
        aria-label={`Download ${presetName}`}
        className="grid size-9 shrink-0 place-items-center rounded-lg text-soft hover:bg-hover hover:text-ink"
      >
        <Download className="size-4.5" aria-hidden />
      </a>
    </div>
  )
}
