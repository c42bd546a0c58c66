import { TriangleAlert } from 'lucide-react'
import { useState } from 'react'
import { ask } from '../../../api/client.ts'
import { ApiError } from '../../../api/problem.ts'
import { useStudio } from '../../../app/studio.tsx'
import { cutOff, VOICE_TAIL } from '../../../data/clip-states.ts'
import type { Clip } from '../../../data/clips.ts'
import { Button } from '../../../ui/button.tsx'
import { toastFailed } from '../../../ui/toasts.tsx'
import type { ClipEdits } from '../editor/edits.ts'
import { useVoice } from '../script/use-voice.ts'
import { lengthOf } from './edit.ts'

interface VoiceCutOffProps {
  readonly clip: Clip
  readonly edits: ClipEdits
}

/** Says that the cuts end before the voice does, and gives them what they lack: first what was trimmed from them. */
export function VoiceCutOff({ clip, edits }: VoiceCutOffProps) {
  const { api } = useStudio()
  const { speak } = useVoice(clip, edits)
  const [isAsking, setAsking] = useState(false)
  const seconds = cutOff(clip.voiceover, lengthOf(edits.content.timeline))
  // While a voice is made, its cuts are yet to come.
  if (seconds === 0 || (edits.isRunning && !isAsking)) return null

  async function extend(): Promise<void> {
    setAsking(true)
    try {
      await edits.run('Make room for the voice', (version) =>
        ask(
          api.POST('/clips/{id}/extend', {
            params: { path: { id: clip.id } },
            body: { version, seconds: seconds + VOICE_TAIL },
          }),
        ),
      )
    } catch (error) {
      const { voiceover } = clip
      const isShort = error instanceof ApiError && error.code === 'footage-too-short'
      // Speaking it once more costs nothing, and shows something twice where nothing else is left.
      if (isShort && voiceover?.kind === 'spoken' && !voiceover.stale) await speak()
      else toastFailed(error)
    } finally {
      setAsking(false)
    }
  }
  return (
    <div role="status" className="flex flex-wrap items-center gap-x-2.5 gap-y-1 bg-warn-wash px-3 py-1.5">
      <TriangleAlert className="size-4 shrink-0 text-warn" aria-hidden />
      <p className="min-w-0 grow basis-48">{seconds.toFixed(1)} s of the voice are cut off at the end.</p>
      <Button size="small" busy={isAsking} onClick={() => void extend()}>
        Make the clip longer
      </Button>
    </div>
  )
}
