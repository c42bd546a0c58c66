import { hasEnded, type Totals, totalsOf, type Upload } from '../../data/uploads.ts'
import { type Notice, someNames } from '../../data/uploads-files.ts'
import { count, formatBytes, formatPercent, formatWait } from '../../format.ts'
import { withoutName } from './source-words.ts'

/** Where one upload is, in words. */
export function uploadWords(upload: Upload): string {
  const { sizeBytes, sentBytes, problem } = upload
  const part = formatPercent(sizeBytes === 0 ? 0 : sentBytes / sizeBytes)
  switch (upload.state) {
    case 'queued':
      return `Waiting for its turn · ${formatBytes(sizeBytes)}`
    case 'sending':
      return `${formatBytes(sentBytes)} of ${formatBytes(sizeBytes)}`
    case 'checking':
      return 'All here. Looking at it…'
    case 'paused':
      return `Paused at ${part}`
    case 'stalled':
      if (problem !== null) return `${withoutName(problem.message, upload.name)} Trying again…`
      return `No connection at ${part}. Trying again…`
    case 'stopped':
      if (problem !== null) return whyNot(upload.name, problem)
      if (upload.reopens) return `Stopped at ${part} when the page was left`
      return `Stopped at ${part}. Choose the file again to go on.`
    case 'done':
      return `Added · ${formatBytes(sizeBytes)}`
    case 'known':
      return 'It is in your sources already'
    case 'refused':
    case 'failed':
      return problem === null ? 'It was not added' : whyNot(upload.name, problem)
  }
}

const whyNot = (name: string, { message, remedy }: NonNullable<Upload['problem']>): string =>
  `${withoutName(message, name)} ${remedy}`

/** All uploads in one line: what happens, and how long that takes. `speed` in bytes per second. */
export function trayWords(uploads: readonly Upload[], speed: number | null) {
  const totals = totalsOf(uploads)
  return { ...totals, title: titleOf(uploads, totals), detail: detailOf(uploads, totals, speed) }
}

function titleOf(uploads: readonly Upload[], { files, ended, moving, waiting, failed }: Totals): string {
  if (moving > 0) return files === 1 ? 'Uploading' : `Uploading, ${ended} of ${files} done`
  if (waiting > 0) {
    const isStopped = uploads.some(({ state }) => state === 'stopped')
    return isStopped ? `${count(waiting, 'upload')} stopped` : `${count(waiting, 'upload')} paused`
  }
  if (failed > 0) return `${count(failed, 'file')} not added`
  if (uploads.every(({ state }) => state === 'known')) return 'In your sources already'
  return `${count(files, 'file')} uploaded`
}

function detailOf(uploads: readonly Upload[], { bytesLeft, moving }: Totals, speed: number | null): string {
  if (uploads.every(hasEnded) || moving === 0) return ''
  const stalled = uploads.filter(({ state }) => state === 'stalled')
  if (stalled.length > 0 && !uploads.some(({ state }) => state === 'sending'))
    return stalled.some(({ problem }) => problem === null)
      ? 'No connection. It goes on by itself.'
      : 'It goes on by itself.'
  if (speed === null || speed < 1) return `${formatBytes(bytesLeft)} left`
  return `${formatBytes(speed)}/s · ${formatWait(bytesLeft / speed)} left`
}

/** What was brought and not taken in, a sentence for each reason. */
export function noticeWords({ leftOut, unread }: Notice): string[] {
  const its = ({ length }: readonly string[], one: string, many: string) => (length === 1 ? one : many)
  const sentences = []
  if (leftOut.length > 0) {
    const are = its(leftOut, 'It is', 'They are')
    sentences.push(`Left out: ${someNames(leftOut)}. ${are} neither video nor sound.`)
  }
  if (unread.length > 0) {
    const look = its(unread, 'it is still there, then add it', 'they are still there, then add them')
    sentences.push(`Could not be read: ${someNames(unread)}. Look whether ${look} again.`)
  }
  return sentences.length > 0 ? sentences : ['There was no file in it.']
}
