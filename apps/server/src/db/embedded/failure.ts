import { CutroomError } from '@cutroom/contracts'

/** What PostgreSQL or one of its programs said when it failed, as an error that a person can act on. `doing` starts the sentence. */
export function databaseFailure(doing: string, output: string, cause?: unknown): CutroomError {
  if (/no space left on device|disk quota exceeded/i.test(output)) {
    return new CutroomError('disk-full', `${doing} failed because there is no room left on the disk.`, {
      cause,
      toolOutput: output,
    })
  }
  const lines = output.split('\n').filter((line) => line.trim() !== '')
  const complaint = lines.findLast((line) => COMPLAINT.test(line)) ?? lines.at(-1) ?? 'it gave no reason'
  const reason = complaint.replace(COMPLAINT, '').trim().replace(/\.$/, '')
  return new CutroomError('database-unavailable', `${doing} failed: ${reason}.`, {
    cause,
    toolOutput: output,
  })
}

const COMPLAINT = /^.*?\b(FATAL|PANIC|ERROR|error): */
