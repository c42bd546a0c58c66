import type { PanelProps } from '../player/panel.ts'
import { lengthOf } from '../timeline/edit.ts'
import { ScriptBox } from './script-box.tsx'
import { SoundSection } from './sound-section.tsx'
import { useQuote } from './use-quote.ts'
import { VoiceSection } from './voice-section.tsx'

/** What is said in a clip and what is heard beside it. */
export function ScriptPanel({ clip, edits }: PanelProps) {
  const { script, voice } = edits.content
  const quote = useQuote(script, voice)
  return (
    <div className="space-y-5">
      <ScriptBox
        edits={edits}
        clipSeconds={lengthOf(edits.content.timeline)}
        isSpoken={clip.voiceover?.stale === false}
        quote={quote}
      />
      <VoiceSection clip={clip} edits={edits} quote={quote} />
      <hr className="border-line" />
      <SoundSection edits={edits} hasVoice={clip.voiceover !== null} />
    </div>
  )
}
