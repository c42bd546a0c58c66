import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useStudio } from '../../../app/studio.tsx'
import { sourcesQuery } from '../../../data/sources.ts'
import { formatClock } from '../../../format.ts'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { ErrorNote } from '../../../ui/error-note.tsx'
import { SampleButton } from '../../../ui/sample-button.tsx'
import { SearchField } from '../../../ui/search-field.tsx'
import { Loading, Skeleton } from '../../../ui/skeleton.tsx'
import { useDebounced } from '../../../ui/use-debounced.ts'
import { useSample } from '../../../ui/use-sample.ts'

interface SoundPickerProps {
  readonly onOpenChange: (open: boolean) => void
  readonly title: string
  readonly lead: string
  readonly onChoose: (sourceId: string) => void
}

/** The sources that have sound. */
export function SoundPicker({ onOpenChange, title, lead, onChoose }: SoundPickerProps) {
  const { api, file } = useStudio()
  const [words, setWords] = useState('')
  const q = useDebounced(words.trim())
  const sources = useInfiniteQuery(sourcesQuery(api, { state: 'ready', ...(q && { q }) }))
  const sample = useSample()
  const withSound = sources.data?.filter(({ probe }) => probe?.audio)
  return (
    <Dialog open onOpenChange={onOpenChange} title={title} lead={lead}>
      <SearchField label="Search sources" value={words} onChange={setWords} className="mb-3" />
      <div className="-mx-2 h-96 max-h-[50dvh] overflow-y-auto">
        {sources.error !== null && <ErrorNote error={sources.error} />}
        {sources.isPending && (
          <Loading what="Loading the sources">
            <Skeleton className="mx-2 h-40" />
          </Loading>
        )}
        {withSound?.length === 0 && (
          <p className="px-2 py-10 text-center text-soft">
            {q === ''
              ? 'No source has sound yet. Add a recording or a piece of music under Sources.'
              : 'No source with sound is called so.'}
          </p>
        )}
        <ul>
          {withSound?.map(({ id, name, probe }) => (
            <li key={id} className="flex h-12 items-center gap-1 rounded-lg px-1 hover:bg-hover">
              <SampleButton
                sample={sample}
                of={id}
                name={name}
                read={async () => file(`/sources/${id}/${probe?.video ? 'proxy' : 'file'}`)}
              />
              <button
                type="button"
                className="flex h-full min-w-0 grow items-center gap-3 rounded-md px-1 text-left -outline-offset-2"
                onClick={() => {
                  onChoose(id)
                  onOpenChange(false)
                }}
              >
                <span className="min-w-0 grow truncate">{name}</span>
                <span className="text-[13px] text-soft tabular-nums">
                  {formatClock(probe?.durationSeconds ?? 0)}
                </span>
              </button>
            </li>
          ))}
        </ul>
        {sources.hasNextPage && (
          <div className="py-2 text-center">
            <Button
              size="small"
              busy={sources.isFetchingNextPage}
              onClick={() => void sources.fetchNextPage()}
            >
              Show more
            </Button>
          </div>
        )}
      </div>
    </Dialog>
  )
}
