import { type OnEvent, type OnProgress, type StageName, toCutroomError } from '@cutroom/contracts'

/** What a stage came to: its value, and what a person is told of it. */
export interface StageResult<T> {
  readonly value: T
  readonly found?: boolean
  readonly detail?: string
}

let lastId = 0

/** At most five times a second does a stage tell how far it is. */
const PROGRESS_MS = 200

/** Runs one stage and tells of its start, progress and end. Errors pass through unchanged. */
export async function runStage<T>(
  report: OnEvent,
  about: { readonly profile: string; readonly stage: StageName; readonly subject: string },
  work: (onProgress: OnProgress) => Promise<StageResult<T>>,
): Promise<T> {
  lastId += 1
  const id = lastId
  const begun = performance.now()
  let told = Number.NEGATIVE_INFINITY
  const onProgress: OnProgress = (progress) => {
    const now = performance.now()
    if (progress.fraction < 1 && now - told < PROGRESS_MS) return
    told = now
    report({ type: 'stage-progress', id, ...progress })
  }
  report({ type: 'stage-started', id, ...about })
  try {
    const { value, found = false, detail = '' } = await work(onProgress)
    report({ type: 'stage-done', id, seconds: (performance.now() - begun) / 1000, found, detail })
    return value
  } catch (thrown) {
    const { code, message } = toCutroomError(thrown)
    report({ type: 'stage-failed', id, code, message })
    throw thrown
  }
}
