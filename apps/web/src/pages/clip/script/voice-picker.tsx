import { useQuery } from '@tanstack/react-query'
import { useVirtualizer } from '@tanstack/react-virtual'
import { Check } from 'lucide-react'
import { useState } from 'react'
import { useStudio } from '../../../app/studio.tsx'
import { readSample, type Voice, voicesQuery } from '../../../data/voices.ts'
import { formatMoney } from '../../../format.ts'
import { Dialog } from '../../../ui/dialog.tsx'
import { ErrorNote } from '../../../ui/error-note.tsx'
import { SampleButton } from '../../../ui/sample-button.tsx'
import { SearchField } from '../../../ui/search-field.tsx'
import { Select } from '../../../ui/select.tsx'
import { Loading, Skeleton } from '../../../ui/skeleton.tsx'
import { useSample } from '../../../ui/use-sample.ts'
import { aboutVoice, findVoices, languageOf, languagesOf } from './voices.ts'

interface VoicePickerProps {
  readonly onOpenChange: (open: boolean) => void
  /** Id of the voice that is chosen now. */
  readonly chosen: string
  readonly onChoose: (id: string) => void
}

const ALL = 'all'
const ROW_PX = 56

/** All voices with their languages and samples. */
export function VoicePicker({ onOpenChange, chosen, onChoose }: VoicePickerProps) {
  const { api } = useStudio()
  const { data, error } = useQuery(voicesQuery(api))
  const choose = (id: string) => {
    onChoose(id)
    onOpenChange(false)
  }
  return (
    <Dialog open onOpenChange={onOpenChange} title="Choose a voice">
      {error !== null && <ErrorNote error={error} />}
      {data ? (
        <Voices voices={data} chosen={chosen} onChoose={choose} />
      ) : (
        error === null && (
          <Loading what="Loading the voices">
            <Skeleton className="h-96" />
          </Loading>
        )
      )}
    </Dialog>
  )
}

function Voices({
  voices,
  chosen,
  onChoose,
}: Pick<VoicePickerProps, 'chosen' | 'onChoose'> & { readonly voices: readonly Voice[] }) {
  const { api } = useStudio()
  const [words, setWords] = useState('')
  const [language, setLanguage] = useState(languageOf(voices, chosen))
  const [list, setList] = useState<HTMLDivElement | null>(null)
  const sample = useSample()
  const found = findVoices(voices, { words, language })
  const rows = useVirtualizer({
    count: found.length,
    getScrollElement: () => list,
    estimateSize: () => ROW_PX,
    overscan: 6,
  })
  return (
    <>
      <div className="mb-3 grid grid-cols-2 gap-2">
        <SearchField label="Search voices" value={words} onChange={setWords} />
        <Select
          aria-label="Language"
          value={language ?? ALL}
          onChange={(value) => setLanguage(value === ALL ? null : value)}
          choices={[{ value: ALL, label: 'All languages' }, ...languagesOf(voices)]}
        />
      </div>
      <p role="status" className="sr-only">
        {found.length} voices
      </p>
      <div ref={setList} className="-mx-2 h-96 max-h-[50dvh] overflow-y-auto">
        {found.length === 0 && (
          <p className="px-2 py-10 text-center text-soft">
            No voice is called so. Try fewer words, or another language.
          </p>
        )}
        <ul className="relative" style={{ height: rows.getTotalSize() }}>
          {rows.getVirtualItems().map(({ index, start }) => {
            const voice = found[index]
            if (voice === undefined) return null
            const isChosen = voice.id === chosen
            return (
              <li
                key={voice.id}
                className="absolute inset-x-0 flex items-center gap-1 rounded-lg px-1 hover:bg-hover"
                style={{ height: ROW_PX, transform: `translateY(${start}px)` }}
              >
                <SampleButton
                  sample={sample}
                  of={voice.id}
                  name={voice.name}
                  read={() => readSample(api, voice.id)}
                  disabled={voice.micros1000 > 0}
                />
                <button
                  type="button"
                  aria-pressed={isChosen}
                  className="flex h-full min-w-0 grow items-center gap-3 rounded-md px-1 text-left -outline-offset-2"
                  onClick={() => onChoose(voice.id)}
                >
                  <span className="min-w-0 grow">
                    <span className="block truncate font-medium">{voice.name}</span>
                    <span className="block truncate text-[13px] text-soft">{aboutVoice(voice)}</span>
                  </span>
                  {voice.micros1000 > 0 && (
                    <span className="text-[12px] whitespace-nowrap text-soft">
                      {formatMoney(voice.micros1000)} per 1,000 letters
                    </span>
                  )}
                  {isChosen && <Check className="size-4 shrink-0 text-accent" aria-hidden />}
                </button>
              </li>
            )
          })}
        </ul>
      </div>
    </>
  )
}
