import { useQuery } from '@tanstack/react-query'
import { AudioLines, ChevronDown, Mic, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { ApiError } from '../../../api/problem.ts'
import { useStudio } from '../../../app/studio.tsx'
import type { Clip } from '../../../data/clips.ts'
import { voicesQuery } from '../../../data/voices.ts'
import { formatMoney, formatWait } from '../../../format.ts'
import { Badge } from '../../../ui/badge.tsx'
import { Button } from '../../../ui/button.tsx'
import { cx } from '../../../ui/class-names.ts'
import { ErrorNote } from '../../../ui/error-note.tsx'
import { inputClass } from '../../../ui/field.tsx'
import { Menu, MenuItem } from '../../../ui/menu.tsx'
import { MoreButton } from '../../../ui/more-button.tsx'
import { Progress } from '../../../ui/progress.tsx'
import type { ClipEdits } from '../editor/edits.ts'
import { SoundPicker } from './sound-picker.tsx'
import type { QuoteOf } from './use-quote.ts'
import type { useVoice } from './use-voice.ts'
import { VoicePicker } from './voice-picker.tsx'
import type { VoiceState } from './voice-state.ts'
import { aboutVoice } from './voices.ts'

interface VoiceSectionProps {
  readonly clip: Clip
  readonly edits: ClipEdits
  readonly quote: QuoteOf
  readonly making: ReturnType<typeof useVoice>
  readonly state: VoiceState
}

/** Who speaks, and having it spoken: once it is known what that costs. */
export function VoiceSection({ clip, edits, quote: { quote, isNow }, making, state }: VoiceSectionProps) {
  const [picking, setPicking] = useState<'voice' | 'recording' | null>(null)
  const close = () => setPicking(null)
  const { running, isBusy, refused, problem, speak, takeRecording, remove } = making
  const { script, voice } = edits.content
  const { voiceover } = clip
  const isEmpty = script.trim() === ''
  const trouble = refused ?? (problem === null || isBusy ? null : ApiError.ofProblem(problem))
  return (
    <section aria-labelledby="voice-heading" className="space-y-3">
      <div className="flex min-h-7 items-center gap-2">
        <h2 id="voice-heading" className="text-[13px] font-medium">
          Voice
        </h2>
        <VoiceBadge voiceover={voiceover} state={state} />
        <div className="ml-auto">
          <Menu trigger={<MoreButton label="More for the voice" size="small" />}>
            <MenuItem icon={<Mic className="size-4" />} onSelect={() => setPicking('recording')}>
              Use a recording…
            </MenuItem>
            <MenuItem
              icon={<Trash2 className="size-4" />}
              danger
              disabled={voiceover === null || isBusy}
              onSelect={() => void remove()}
            >
              Remove the voice
            </MenuItem>
          </Menu>
        </div>
      </div>
      <VoiceButton voice={voice} onClick={() => setPicking('voice')} />
      <Button
        look={state === 'current' ? 'plain' : 'primary'}
        className="w-full"
        icon={<AudioLines className="size-4" />}
        busy={isBusy}
        disabled={isEmpty || !isNow}
        onClick={() => void speak()}
      >
        {voiceover === null ? 'Speak it' : 'Speak it again'}
        {isNow && quote !== undefined && quote.costMicros > 0 && ` for ${formatMoney(quote.costMicros)}`}
      </Button>
      {running !== null && (
        <div role="status">
          <Progress fraction={running.fraction} label="The voice is being made" />
          <p className="mt-1.5 text-[13px] text-soft">
            {running.state === 'running' ? 'The voice is being made' : 'Waiting for its turn'}
            {running.secondsLeft !== null && `, ${formatWait(running.secondsLeft)} left`}
          </p>
        </div>
      )}
      {trouble !== null && <ErrorNote error={trouble} />}
      <p className="text-[13px] text-soft">
        {isEmpty
          ? 'Write a script first, or use a recording of your own.'
          : 'The cuts are fitted to the voice, and captions come with it.'}
      </p>
      {picking === 'voice' && (
        <VoicePicker
          chosen={voice}
          onOpenChange={close}
          onChoose={(id) => id !== voice && edits.set({ voice: id }, 'Choose a voice')}
        />
      )}
      {picking === 'recording' && (
        <SoundPicker
          title="Use a recording"
          lead="The cuts are fitted to it. The script, if there is one, becomes its captions."
          onOpenChange={close}
          onChoose={(sourceId) => void takeRecording(sourceId)}
        />
      )}
    </section>
  )
}

function VoiceBadge({ voiceover, state }: Pick<Clip, 'voiceover'> & { readonly state: VoiceState }) {
  // The bar below says how far another one is.
  if (voiceover === null || state === 'making') return null
  if (state === 'outdated') return <Badge tone="warn">Script or voice changed since</Badge>
  return <Badge tone="good">{voiceover.kind === 'recorded' ? 'Recording' : 'Spoken'}</Badge>
}

function VoiceButton({ voice, onClick }: { readonly voice: string; readonly onClick: () => void }) {
  const { api } = useStudio()
  const { data } = useQuery(voicesQuery(api))
  const known = data?.find(({ id }) => id === voice)
  return (
    <button
      type="button"
      aria-haspopup="dialog"
      className={cx(inputClass, 'flex min-h-12 items-center gap-2 py-1.5 text-left hover:bg-hover')}
      onClick={onClick}
    >
      <span className="min-w-0 grow">
        <span className="block truncate font-medium">{known?.name ?? voice}</span>
        <span className="block truncate text-[13px] text-soft">
          {known ? aboutVoice(known) : data ? 'This voice is not available any more. Choose another.' : '…'}
        </span>
      </span>
      <ChevronDown className="size-4 shrink-0 text-soft" aria-hidden />
    </button>
  )
}
