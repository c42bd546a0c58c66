import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { ask } from '../../api/client.ts'
import { studioApi } from '../../app/session.ts'
import { useStudio } from '../../app/studio.tsx'
import { type Preset, presetsQuery } from '../../data/presets.ts'
import { Button } from '../../ui/button.tsx'
import { Confirm } from '../../ui/confirm.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Loading, Skeleton } from '../../ui/skeleton.tsx'
import { toastDone, toastFailed } from '../../ui/toasts.tsx'
import { keepProfile } from './keep-profile.ts'
import { PresetCard } from './preset-card.tsx'
import { PresetDialog, type PresetTask } from './preset-dialog.tsx'
import { Section } from './section.tsx'

/** The targets of exports: those that come with Cutroom, and the brand's own. */
export function PresetsSettings() {
  const { api, profile } = useStudio()
  const queries = useQueryClient()
  const { data, error, refetch } = useQuery(presetsQuery(api))
  const [task, setTask] = useState<PresetTask | null>(null)
  const [doomed, setDoomed] = useState<Preset | null>(null)

  const makeDefault = async (preset: Preset) => {
    try {
      const path = { id: profile.id }
      const body = { defaults: { preset: preset.id } }
      keepProfile(await ask(studioApi.PATCH('/profiles/{id}', { params: { path }, body })))
      toastDone(`New exports of ${profile.name} use ${preset.name}.`)
    } catch (failure) {
      toastFailed(failure)
    }
  }
  const remove = async (preset: Preset) => {
    await ask(api.DELETE('/presets/{presetId}', { params: { path: { presetId: preset.id } } }))
    queries.setQueryData(presetsQuery(api).queryKey, (presets) =>
      presets?.filter(({ id }) => id !== preset.id),
    )
    toastDone(`${preset.name} is deleted.`)
  }
  if (error !== null) return <ErrorNote error={error} onRetry={refetch} />
  if (data === undefined)
    return (
      <Loading what="Reading the presets">
        <Skeleton className="h-96" />
      </Loading>
    )
  const list = (presets: readonly Preset[]) => (
    <ul className="grid gap-3 sm:grid-cols-2">
      {presets.map((preset) => (
        <PresetCard
          key={preset.id}
          preset={preset}
          isDefault={preset.id === profile.defaults.preset}
          onDefault={() => makeDefault(preset)}
          onCopy={() => setTask({ kind: 'copy', base: preset })}
          onEdit={() => setTask({ kind: 'edit', base: preset })}
          onDelete={() => setDoomed(preset)}
        />
      ))}
    </ul>
  )
  const own = data.filter(({ builtIn }) => !builtIn)
  const builtIn = data.filter(({ builtIn }) => builtIn)
  const [first] = builtIn
  return (
    <>
      <Section
        title="Your presets"
        lead="For this brand alone. A preset says how large, how sharp and how loud an export is."
        actions={
          first && (
            <Button
              look="primary"
              icon={<Plus className="size-4" aria-hidden />}
              onClick={() => setTask({ kind: 'copy', base: first })}
            >
              New preset
            </Button>
          )
        }
      >
        {own.length === 0 ? (
          <p className="rounded-lg border border-dashed border-line px-4 py-6 text-center text-soft">
            None yet. Start anew, or from a copy of one below.
          </p>
        ) : (
          list(own)
        )}
      </Section>
      <Section
        title="Presets of the platforms"
        lead="The framed part is free of the platform’s own buttons and text: captions stay inside of it."
      >
        {list(builtIn)}
      </Section>
      <PresetDialog task={task} taken={data.map(({ id }) => id)} onClose={() => setTask(null)} />
      <Confirm
        open={doomed !== null}
        onOpenChange={() => setDoomed(null)}
        title={`Delete ${doomed?.name ?? 'the preset'}?`}
        action="Delete the preset"
        onConfirm={async () => doomed && remove(doomed)}
      >
        Exports that were made with it stay. New ones cannot use it any more.
      </Confirm>
    </>
  )
}
