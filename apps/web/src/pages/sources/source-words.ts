import type { Job } from '../../data/jobs.ts'
import type { Source } from '../../data/sources.ts'
import { formatBytes, formatPercent, formatWait } from '../../format.ts'

/** Whether clips can be made of it: it was analysed, or is sound alone, which needs no analysis. */
export const isUsable = ({ state }: Pick<Source, 'state'>): boolean => state === 'ready'

/** How far the analysis of a source is, in words. */
export function analysisWords(job: Pick<Job, 'fraction' | 'secondsLeft'> | undefined): string {
  if (job === undefined) return 'Being analysed'
  const left = job.secondsLeft === null ? '' : `, ${formatWait(job.secondsLeft)} left`
  return `Being analysed, ${formatPercent(job.fraction)}${left}`
}

/** What it is: `1920 × 1080 · 30 fps · stereo`. */
export function mediaWords({ probe, sizeBytes }: Pick<Source, 'probe' | 'sizeBytes'>): string {
  const { video = null, audio = null } = probe ?? {}
  const rate = video && video.averageFrameRate.num / video.averageFrameRate.den
  const parts = [
    video && `${video.displayWidth} × ${video.displayHeight}`,
    rate && `${Number(rate.toFixed(2))} fps`,
    video?.hdr && 'HDR',
    video && audio === null && 'no sound',
    probe !== null && video === null && 'sound only',
    formatBytes(sizeBytes),
  ]
  return parts.filter(Boolean).join(' · ')
}

/** A name for people out of that of a file: `beach_day-01.mp4` is `beach day 01`. */
export const plainName = (fileName: string): string =>
  fileName
    .replace(/\.[a-z0-9]{2,4}$/i, '')
    .replaceAll(/[_-]+/g, ' ')
    .trim() || fileName

/** A sentence about a file beside its name: `"a.mp4" is a text.` is `Is a text.` */
export function withoutName(sentence: string, name: string): string {
  const start = `${JSON.stringify(name)} `
  if (!sentence.startsWith(start)) return sentence
  const rest = sentence.slice(start.length)
  return rest.charAt(0).toUpperCase() + rest.slice(1)
}
