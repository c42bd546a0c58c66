import { Captions as CaptionsIcon, Plus } from 'lucide-react'
import { useCallback, useRef, useState } from 'react'
import { Badge } from '../../../ui/badge.tsx'
import { Button } from '../../../ui/button.tsx'
import { Empty } from '../../../ui/empty.tsx'
import type { PanelProps } from '../player/panel.ts'
import { usePlaybackValue } from '../player/playback.ts'
import { CaptionFiles, ImportButton, useImport } from './caption-files.tsx'
import { type ChangeCues, CueRow } from './cue-row.tsx'
import { addCue } from './edit-cues.ts'
import { cueAt } from './said.ts'

const NEW_TEXT = 'New caption'

/** The captions of a clip: their times and their words, to be corrected one by one. */
export function CaptionsPanel({ clip, edits, playback }: PanelProps) {
  const { captions } = edits.content
  const cues = captions?.cues ?? []
  const list = useRef<HTMLOListElement>(null)
  const current = usePlaybackValue(playback, (clock) => cueAt(cues, clock.time()))
  const [told, setTold] = useState('')
  const importing = useImport(clip, edits)

  const change = useCallback<ChangeCues>(
    (make, label, merge) => {
      const before = edits.content.captions?.cues ?? []
      const after = make(before)
      if (after !== before) edits.setCaptions(after.length === 0 ? null : after, label, merge)
    },
    [edits],
  )
  const add = () => {
    const added = addCue(cues, playback.time(), playback.length(), NEW_TEXT)
    if (added === null) {
      setTold('There is no room for another caption from here on.')
      return
    }
    setTold('')
    edits.setCaptions(added.cues, 'Add a caption')
    // Its first word, once it is there.
    requestAnimationFrame(() => {
      const field = list.current?.children[added.at]?.querySelector<HTMLInputElement>('[data-words] input')
      field?.focus()
      field?.select()
    })
  }

  if (captions === null || cues.length === 0)
    return (
      <Empty
        icon={<CaptionsIcon />}
        title="No captions yet"
        actions={
          <>
            <ImportButton importing={importing} />
            <Button icon={<Plus className="size-4" />} onClick={add}>
              Add a caption
            </Button>
          </>
        }
      >
        Write a script and give it a voice: captions come with it. Or import an SRT or VTT file.
      </Empty>
    )
  return (
    <div>
      <div className="mb-2 flex flex-wrap items-center gap-2">
        <Badge tone={captions.origin === 'voice' ? 'accent' : 'neutral'}>
          {captions.origin === 'voice' ? 'From the voice' : 'Edited by hand'}
        </Badge>
        <div className="ml-auto flex items-center gap-1">
          <Button size="small" look="quiet" icon={<Plus className="size-4" />} onClick={add}>
            Add
          </Button>
          <CaptionFiles
            clip={clip}
            importing={importing}
            isSaved={edits.status === 'saved'}
            onDelete={() => edits.setCaptions(null, 'Delete the captions')}
          />
        </div>
      </div>
      <p className="mb-3 text-[13px] text-soft">
        {captions.origin === 'voice'
          ? 'They follow the voice: speaking it again replaces them, until you correct one.'
          : 'They stay as they are when the voice is spoken again.'}
      </p>
      <p role="status" className="text-[13px] text-warn empty:hidden">
        {told}
      </p>
      <ol ref={list} data-cues aria-label="Captions" className="-mx-2 space-y-0.5">
        {cues.map((cue, at) => (
          <CueRow
            // biome-ignore lint/suspicious/noArrayIndexKey: a cue whose times are moved is still that cue
            key={at}
            cue={cue}
            at={at}
            isLast={at === cues.length - 1}
            isCurrent={at === current}
            playback={playback}
            change={change}
          />
        ))}
      </ol>
      <p className="mt-3 text-[12px] text-soft max-md:hidden">
        A space splits a word, Backspace at its start joins it to the one before, Ctrl Enter splits the
        caption there, ↑ leads to the times of the word. In a time, ↑ and ↓ move it, with Alt the whole
        caption.
      </p>
    </div>
  )
}
