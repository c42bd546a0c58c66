import type { OnEvent, StageName } from '@cutroom/contracts'
import type { Metrics } from '../metrics.ts'

/** Counts the stages of one attempt as they end. */
export function measureStages(metrics: Metrics): OnEvent {
  const running = new Map<number, { readonly stage: StageName; readonly speed: number | null }>()
  return (event) => {
    if (event.type === 'note') return
    if (event.type === 'stage-started') {
      running.set(event.id, { stage: event.stage, speed: null })
      return
    }
    const begun = running.get(event.id)
    if (begun === undefined) return
    if (event.type === 'stage-progress') {
      running.set(event.id, { ...begun, speed: event.speed ?? begun.speed })
      return
    }
    running.delete(event.id)
    if (event.type === 'stage-failed') return
    const { stage, speed } = begun
    metrics.stageEnded({ stage, found: event.found, seconds: event.seconds })
    if (speed !== null) metrics.speedReached(stage, speed)
  }
}
