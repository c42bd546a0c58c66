import { cutOff, VOICE_TAIL } from '../../../data/clip-states.ts'
import type { Clip } from '../../../data/clips.ts'
import { count, formatMoney } from '../../../format.ts'
import { ErrorNote } from '../../../ui/error-note.tsx'
import { TextArea } from '../../../ui/field.tsx'
import type { ClipEdits } from '../editor/edits.ts'
import type { QuoteOf } from './use-quote.ts'

/** What is to be said, how long that takes, and what it would cost. */
export function ScriptBox({
  edits,
  clipSeconds,
  spoken,
  quote,
}: {
  readonly edits: ClipEdits
  readonly clipSeconds: number
  /** The voice that says it as it is now; `null` where none does. */
  readonly spoken: Clip['voiceover']
  readonly quote: QuoteOf
}) {
  const { script } = edits.content
  return (
    <>
      <TextArea
        label="Script"
        rows={6}
        maxLength={20_000}
        className="[&_textarea]:field-sizing-content [&_textarea]:max-h-80 [&_textarea]:block [&_textarea]:min-h-32"
        placeholder="What the voice says. The first sentence decides whether people stay."
        value={script}
        onChange={({ target }) => edits.set({ script: target.value }, 'Write the script', 'script')}
      />
      {script.trim() !== '' && <Quote quote={quote} clipSeconds={clipSeconds} spoken={spoken} />}
    </>
  )
}

interface QuoteProps {
  readonly quote: QuoteOf
  readonly clipSeconds: number
  readonly spoken: Clip['voiceover']
}

function Quote({ quote: { quote: data, isNow, error, refetch }, clipSeconds, spoken }: QuoteProps) {
  if (error !== null) return <ErrorNote error={error} className="mt-2" onRetry={refetch} />
  const missing = cutOff(spoken, clipSeconds)
  return (
    <dl
      className="mt-3 grid grid-cols-3 gap-3 rounded-lg bg-sunken px-3 py-2.5 transition-opacity aria-busy:opacity-60"
      aria-busy={!isNow}
    >
      <Fact
        name="Spoken"
        value={
          spoken?.seconds != null
            ? `${spoken.seconds.toFixed(1)} s`
            : data && `≈ ${data.seconds.toFixed(1)} s`
        }
      >
        {data && count(data.words, 'word')}
      </Fact>
      <Fact name="Clip now" value={`${clipSeconds.toFixed(1)} s`}>
        {missing > 0 ? (
          <span className="text-warn">{missing.toFixed(1)} s missing</span>
        ) : (
          data && spoken === null && comparison(data.seconds + VOICE_TAIL - clipSeconds)
        )}
      </Fact>
      <Fact name="Price" value={data && capital(formatMoney(data.costMicros))}>
        {data && data.costMicros > 0 && data.boughtAlready > 0
          ? `${data.boughtAlready.toLocaleString('en')} of ${count(data.characters, 'letter')} bought before`
          : data && count(data.characters, 'letter')}
      </Fact>
    </dl>
  )
}

/** The cuts are fitted to the voice when it is spoken. */
function comparison(longer: number): string {
  if (Math.abs(longer) < 0.25) return 'as long as the voice'
  return longer > 0 ? `${longer.toFixed(1)} s will be added` : `${(-longer).toFixed(1)} s will be cut`
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

function Fact({
  name,
  value,
  children,
}: {
  readonly name: string
  readonly value: string | undefined
  readonly children: React.ReactNode
}) {
  return (
    <div>
      <dt className="text-[12px] text-soft">{name}</dt>
      <dd>
        <span className="font-semibold tabular-nums">{value ?? '…'}</span>
        <span className="block text-[12px] text-soft">{children}</span>
      </dd>
    </div>
  )
}
