import { useQueries, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ask } from '../../api/client.ts'
import { useStudio } from '../../app/studio.tsx'
import type { Clip } from '../../data/clips.ts'
import type { Job } from '../../data/jobs.ts'
import { quoteQuery, voicesQuery } from '../../data/voices.ts'
import { count, formatClock, formatMoney } from '../../format.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Field, TextArea } from '../../ui/field.tsx'
import { Select } from '../../ui/select.tsx'
import { useDebounced } from '../../ui/use-debounced.ts'
import { useWork } from '../../ui/use-work.ts'
import { planVoices } from './voice-plan.ts'

const OWN = 'own'
/** Different texts whose price is asked for; with more, it is said when the jobs run. */
const MOST_QUOTED = 20

interface VoiceDialogProps {
  readonly onOpenChange: (open: boolean) => void
  readonly clips: readonly Clip[]
  readonly onStarted: (job: Job) => void
}

/** Gives many clips a voice as one job. Says what it costs before. */
export function VoiceDialog({ onOpenChange, clips, onStarted }: VoiceDialogProps) {
  const { api } = useStudio()
  const withScript = clips.filter(({ script }) => script.trim() !== '').length
  const [words, setWords] = useState<'own' | 'same'>(withScript > 0 ? 'own' : 'same')
  const [script, setScript] = useState('')
  const settledScript = useDebounced(script)
  const [voice, setVoice] = useState(OWN)
  const { busy, error, run } = useWork()
  const { data: voices = [] } = useQuery(voicesQuery(api))

  const all = {
    ...(words === 'same' && { script }),
    ...(voice !== OWN && { voice }),
  }
  const plan = planVoices(clips, all)
  const settled = planVoices(clips, { ...all, ...(words === 'same' && { script: settledScript }) })
  const quote = useQuotes(settled.texts)
  const isQuoted = quote.costMicros !== null && (words === 'own' || settledScript === script)
  const price = quote.isOfAll && quote.costMicros ? ` for ${formatMoney(quote.costMicros)}` : ''

  const speak = async () =>
    run(async () => {
      const body = { clipIds: [...plan.clipIds], ...all }
      onStarted(await ask(api.POST('/clips/voiceover', { body })))
      onOpenChange(false)
    })
  return (
    <Dialog
      open
      onOpenChange={onOpenChange}
      title={`A voice for ${count(clips.length, 'clip')}`}
      lead="Each clip is fitted to the length of its voice, and captions follow the words."
      actions={
        <>
          <Button onClick={() => onOpenChange(false)}>Cancel</Button>
          <Button
            look="primary"
            busy={busy}
            disabled={plan.clipIds.length === 0 || !isQuoted}
            onClick={speak}
          >
            Speak {count(plan.clipIds.length, 'clip')}
            {isQuoted && price}
          </Button>
        </>
      }
    >
      <div className="space-y-4">
        <Field label="Words">
          {(ids) => (
            <Select
              {...ids}
              value={words}
              onChange={(value) => setWords(value === 'same' ? 'same' : 'own')}
              choices={[
                {
                  value: 'own',
                  label: 'Each clip’s own script',
                  hint: `${withScript} of ${clips.length} have one`,
                },
                { value: 'same', label: 'The same words for all of them' },
              ]}
            />
          )}
        </Field>
        {words === 'same' && (
          <TextArea
            label="Script"
            rows={4}
            value={script}
            maxLength={20_000}
            onChange={({ target }) => setScript(target.value)}
          />
        )}
        <Field label="Voice">
          {(ids) => (
            <Select
              {...ids}
              value={voice}
              onChange={setVoice}
              choices={[
                { value: OWN, label: 'Each clip’s own voice' },
                ...voices.map(({ id, name, languages }) => ({
                  value: id,
                  label: name,
                  hint: languages.join(', '),
                })),
              ]}
            />
          )}
        </Field>
        <Quote quote={quote} />
        {plan.silent > 0 && plan.clipIds.length > 0 && (
          <p className="text-soft">{count(plan.silent, 'clip')} without a script: left out.</p>
        )}
        {error !== null && <ErrorNote error={error} />}
      </div>
    </Dialog>
  )
}

/** What it takes to speak some texts. `costMicros` is `null` until it is known. */
function useQuotes(texts: ReturnType<typeof planVoices>['texts']) {
  const { api } = useStudio()
  const asked = texts.slice(0, MOST_QUOTED)
  const answers = useQueries({ queries: asked.map(({ text, voice }) => quoteQuery(api, text, voice)) })
  const quotes = answers.flatMap(({ data }) => (data ? [data] : []))
  const isKnown = asked.length > 0 && quotes.length === asked.length
  return {
    /** How many of the texts it is about. */
    asked: asked.length,
    isOfAll: asked.length === texts.length,
    seconds: quotes.map(({ seconds }) => seconds),
    costMicros: isKnown ? quotes.reduce((sum, { costMicros }) => sum + costMicros, 0) : null,
    failed: answers.find(({ error }) => error !== null),
  }
}

/** Length and price, before anything is bought. */
function Quote({ quote }: { readonly quote: ReturnType<typeof useQuotes> }) {
  const { asked, isOfAll, seconds, costMicros, failed } = quote
  if (asked === 0) return <p className="text-soft">Write the words that the voice shall say.</p>
  if (failed) return <ErrorNote error={failed.error} onRetry={failed.refetch} />
  if (costMicros === null) return <p className="text-soft">Reckoning length and price…</p>
  const [shortest, longest] = [Math.min(...seconds), Math.max(...seconds)].map(formatClock)
  const price = formatMoney(costMicros)
  return (
    <dl className="flex gap-8 rounded-lg bg-sunken px-3 py-2.5">
      <div>
        <dt className="text-[12px] text-soft">Spoken length</dt>
        <dd className="font-medium tabular-nums">
          {shortest === longest ? shortest : `${shortest} – ${longest}`}
        </dd>
      </div>
      <div>
        <dt className="text-[12px] text-soft">Price</dt>
        <dd className="font-medium first-letter:uppercase">
          {isOfAll ? price : `${price} for the first ${asked} texts`}
        </dd>
      </div>
    </dl>
  )
}
