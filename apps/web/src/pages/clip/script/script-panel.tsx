import type { PanelProps } from '../player/panel.ts'
import { lengthOf } from '../timeline/edit.ts'
import { ScriptBox } from './script-box.tsx'
import { SoundSection } from './sound-section.tsx'
import { useQuote } from './use-quote.ts'
import { useVoice } from './use-voice.ts'
import { VoiceSection } from './voice-section.tsx'
import { voiceStateOf } from './voice-state.ts'

/** What is said in a clip and what is heard beside it. */
export function ScriptPanel({ clip, edits }: PanelProps) {
  const { script, voice } = edits.content
  const quote = useQuote(script, voice)
  const making = useVoice(clip, edits)
  const state = voiceStateOf(clip, edits.content, making.isBusy)
  return (
    <div className="space-y-5">
      <ScriptBox
        edits={edits}
        clipSeconds={lengthOf(edits.content.timeline)}
        spoken={state === 'current' ? clip.voiceover : null}
        quote={quote}
      />
      <VoiceSection clip={clip} edits={edits} quote={quote} making={making} state={state} />
      <hr className="border-line" />
      <SoundSection edits={edits} hasVoice={clip.voiceover !== null} />
    </div>
  )
}
