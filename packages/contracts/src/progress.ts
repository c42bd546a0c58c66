/** The stages that a person sees go by. */
export type StageName = 'hash' | 'ingest' | 'select' | 'voice' | 'preview' | 'render' | 'footage' | 'sheet'

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

/** What happens while a job runs, as it is shown on a terminal and sent to programs. */
export type JobEvent =
  | {
      readonly type: 'stage-started'
      readonly id: number
      readonly profile: string
      readonly stage: StageName
      readonly subject: string
    }
  | ({ readonly type: 'stage-progress'; readonly id: number } & Progress)
  | {
      readonly type: 'stage-done'
      readonly id: number
      readonly seconds: number
      /** True where the result was there already and nothing ran. */
      readonly found: boolean
      readonly detail: string
    }
  | { readonly type: 'stage-failed'; readonly id: number; readonly code: string; readonly message: string }
  /** Something that the person should know although nothing failed. */
  | { readonly type: 'note'; readonly profile: string; readonly message: string }

export type OnEvent = (event: JobEvent) => void
