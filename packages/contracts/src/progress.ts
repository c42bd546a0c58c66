/** The stages that a person sees go by. */
export type StageName =
  | 'hash'
  | 'probe'
  | 'ingest'
  | 'select'
  | 'voice'
  | 'fit'
  | 'captions'
  | 'preview'
  | 'sound'
  | 'render'
  | 'verify'
  | 'publish'

/** How far a running step is. */
export interface Progress {
  /** 0 to 1, never falling. */
  readonly fraction: number
  /** Seconds of media done per second of time, or `null` before it is known. */
  readonly speed: number | null
  /** Seconds left, or `null` before it is known. */
  readonly secondsLeft: number | null
}

export type OnProgress = (progress: Progress) => void
