import type { Clip } from '../../../data/clips.ts'
import type { ClipEdits } from '../editor/edits.ts'
import type { Playback } from './playback.ts'

/** What the panels beside a player are given. */
export interface PanelProps {
  /** As the server has it; what is edited of it stands in `edits.content`. */
  readonly clip: Clip
  readonly edits: ClipEdits
  readonly playback: Playback
}
