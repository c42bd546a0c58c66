import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { TriangleAlert } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useStudio } from '../../app/studio.tsx'
import { cutOff } from '../../data/clip-states.ts'
import { type Clip, clipPicture } from '../../data/clips.ts'
import { jobsQuery } from '../../data/jobs.ts'
import { presetsQuery } from '../../data/presets.ts'
import { count, formatWait } from '../../format.ts'
import { Button } from '../../ui/button.tsx'
import { Switch } from '../../ui/check.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Loading, Skeleton } from '../../ui/skeleton.tsx'
import { useClipName } from '../../ui/use-clip-name.ts'
import { paceOf, secondsFor } from './pace.ts'
import { isUnspoken, type Pair, pairsOf } from './pairs.ts'
import { PresetCard } from './preset-card.tsx'

interface ChoosePresetsProps {
  readonly onOpenChange: (open: boolean) => void
  readonly clips: readonly Clip[]
  readonly isLoading: boolean
  readonly error: unknown
  readonly isBusy: boolean
  readonly onOrder: (pairs: readonly Pair[]) => void
}

/** Which presets, with what that comes to. */
export function ChoosePresets({
  onOpenChange,
  clips,
  isLoading,
  error,
  isBusy,
  onOrder,
}: ChoosePresetsProps) {
  const { api, file, profile } = useStudio()
  const { data: presets, error: presetsError } = useQuery(presetsQuery(api))
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set([profile.defaults.preset]))
  const [showSafeArea, setShowSafeArea] = useState(true)
  const choose = (id: string, isChosen: boolean) =>
    setChosen((now) => (isChosen ? new Set([...now, id]) : new Set([...now].filter((other) => other !== id))))
  const presetIds = presets?.filter(({ id }) => chosen.has(id)).map(({ id }) => id) ?? []
  const pairs = pairsOf(clips, presetIds)
  const pictured = clips.find(({ thumbnailReady }) => thumbnailReady)
  const picture = pictured ? clipPicture(file, pictured) : null
  const toMake = pairs.filter(({ state }) => state !== 'made').length
  const failure = error ?? presetsError
  const [only] = clips
  const { short } = useClipName(only?.name ?? '', only?.projectId ?? null)
  return (
    <Dialog
      open
      onOpenChange={onOpenChange}
      wide
      title={clips.length === 1 && only ? `Export ${short}` : `Export ${count(clips.length, 'clip')}`}
      lead="Choose where the video will be shown. Each choice makes one file per clip."
      actions={
        <>
          <p className="mr-auto self-center text-soft max-sm:w-full" role="status">
            <Outlook pairs={pairs} />
          </p>
          <Button onClick={() => onOpenChange(false)}>Cancel</Button>
          <Button
            look="primary"
            busy={isBusy}
            disabled={isLoading || pairs.length === 0 || clips.every(isUnspoken)}
            onClick={() => onOrder(pairs)}
          >
            {toMake > 0 || pairs.length === 0
              ? `Export ${toMake > 0 ? count(toMake, 'file') : ''}`
              : 'Show the files'}
          </Button>
        </>
      }
    >
      {failure != null && <ErrorNote error={failure} className="mb-4" />}
      <UnspokenNote clips={clips} />
      <CutOffNote clips={clips} />
      <div className="mb-3 w-fit">
        <Switch checked={showSafeArea} onChange={setShowSafeArea}>
          Shade what the platform covers
        </Switch>
      </div>
      {presets === undefined ? (
        <Loading what="Reading the presets">
          <div className="grid grid-cols-2 gap-3 sm:grid-cols-3">
            {['a', 'b', 'c', 'd', 'e', 'f'].map((key) => (
              <Skeleton key={key} className="h-54" />
            ))}
          </div>
        </Loading>
      ) : (
        <fieldset>
          <legend className="sr-only">Presets</legend>
          <div className="grid grid-cols-2 gap-3 p-px sm:grid-cols-3">
            {presets.map((preset) => (
              <PresetCard
                key={preset.id}
                preset={preset}
                chosen={chosen.has(preset.id)}
                onChange={(isChosen) => choose(preset.id, isChosen)}
                picture={picture}
                showSafeArea={showSafeArea}
                made={madeWords(pairsOf(clips, [preset.id]))}
              />
            ))}
          </div>
        </fieldset>
      )}
    </Dialog>
  )
}

const numberOf = (pairs: readonly Pair[], state: Pair['state']) =>
  pairs.filter((pair) => pair.state === state).length

function madeWords(pairs: readonly Pair[]): string {
  const made = numberOf(pairs, 'made')
  const stale = numberOf(pairs, 'stale')
  if (pairs.length === 1) return made === 1 ? 'Already made' : stale === 1 ? 'Outdated' : ''
  return [made > 0 && `${made} already made`, stale > 0 && `${stale} outdated`].filter(Boolean).join(', ')
}

/** How many files there will be, which of them are there, and roughly how long the rest takes. */
function Outlook({ pairs }: { readonly pairs: readonly Pair[] }) {
  const { api } = useStudio()
  const { data: done } = useInfiniteQuery(jobsQuery(api, { kind: 'render', state: 'done' }))
  if (pairs.length === 0) return 'Choose at least one preset.'
  const made = numberOf(pairs, 'made')
  const toMake = pairs.filter(({ state }) => state !== 'made')
  const pace = paceOf(done ?? [])
  const seconds = pace && secondsFor(pace, toMake)
  const words = [
    count(pairs.length, 'file'),
    made > 0 && (made === pairs.length ? 'already made' : `${made} already made`),
    toMake.length > 0 && seconds !== null && `about ${formatWait(seconds)}`,
  ]
  return words.filter(Boolean).join(' · ')
}

/** Clips that will be refused, before they are. */
function UnspokenNote({ clips }: { readonly clips: readonly Clip[] }) {
  const unspoken = clips.filter(isUnspoken).length
  if (unspoken === 0) return null
  const what =
    clips.length === 1
      ? 'The script of this clip is not spoken as it is now. Make its voice first, or remove the script.'
      : `${count(unspoken, 'clip has', 'clips have')} a script that is not spoken as it is now. Make the voice first, or remove the script.`
  return (
    <Warning>{unspoken < clips.length ? `${what} The other clips are exported all the same.` : what}</Warning>
  )
}

/** Clips whose files will end before all is said. */
function CutOffNote({ clips }: { readonly clips: readonly Clip[] }) {
  const losses = clips.flatMap(({ voiceover, lengthSeconds }) => cutOff(voiceover, lengthSeconds) || [])
  const [loss = 0] = losses
  if (losses.length === 0) return null
  return (
    <Warning>
      {clips.length === 1
        ? `The cuts end before the voice: its last ${loss.toFixed(1)} s will not be heard. The editor makes the clip longer.`
        : `${count(losses.length, 'clip ends', 'clips end')} before all is said: the end of the voice will not be heard. The editor makes a clip longer.`}
    </Warning>
  )
}

const Warning = ({ children }: { readonly children: ReactNode }) => (
  <p className="mb-4 flex gap-2.5 rounded-lg bg-warn-wash px-3 py-2.5">
    <TriangleAlert className="mt-0.5 size-4 shrink-0 text-warn" aria-hidden />
    {children}
  </p>
)
