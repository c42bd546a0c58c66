import type { Cue } from '@cutroom/contracts'
import { writeSrt, writeVtt } from '@cutroom/media'

const WRITERS = { srt: writeSrt, vtt: writeVtt } as const

/** The text of a caption file that lies beside a clip. */
export const sidecarText = (format: keyof typeof WRITERS, cues: readonly Cue[]): string =>
  WRITERS[format](cues)
