import { useQuery } from '@tanstack/react-query'
import { Music, X } from 'lucide-react'
import { useState } from 'react'
import { useStudio } from '../../../app/studio.tsx'
import { sourceQuery } from '../../../data/sources.ts'
import { Button, IconButton } from '../../../ui/button.tsx'
import { Switch } from '../../../ui/check.tsx'
import type { ClipEdits } from '../editor/edits.ts'
import { SoundPicker } from './sound-picker.tsx'

/** What is heard beside the voice. */
export function SoundSection({ edits, hasVoice }: { readonly edits: ClipEdits; readonly hasVoice: boolean }) {
  const { api } = useStudio()
  const [picking, setPicking] = useState(false)
  const { sourceSound, musicSourceId } = edits.content
  const music = useQuery({ ...sourceQuery(api, musicSourceId ?? ''), enabled: musicSourceId !== null })
  return (
    <section aria-labelledby="sound-heading" className="space-y-4">
      <h2 id="sound-heading" className="sr-only">
        Sound
      </h2>
      <Switch
        checked={sourceSound}
        onChange={(on) => edits.set({ sourceSound: on }, on ? 'Sound of the sources on' : 'Remove sound')}
        hint={hasVoice ? 'Lowered while the voice speaks.' : 'What the cuts themselves sound like.'}
      >
        Sound of the sources
      </Switch>
      <div className="flex items-center gap-2">
        <div className="min-w-0 grow">
          <h3 className="font-medium">Music</h3>
          <p className="truncate text-[13px] text-soft">
            {musicSourceId === null ? 'None' : (music.data?.name ?? '…')}
          </p>
        </div>
        <Button size="small" icon={<Music className="size-4" />} onClick={() => setPicking(true)}>
          {musicSourceId === null ? 'Add music…' : 'Change…'}
        </Button>
        {musicSourceId !== null && (
          <IconButton
            label="Remove the music"
            size="small"
            icon={<X className="size-4" />}
            onClick={() => edits.set({ musicSourceId: null }, 'Remove the music')}
          />
        )}
      </div>
      {picking && (
        <SoundPicker
          title="Choose music"
          lead="It repeats to the length of the clip, and is lowered under the voice."
          onOpenChange={setPicking}
          onChoose={(id) => edits.set({ musicSourceId: id }, 'Choose music')}
        />
      )}
    </section>
  )
}
