import { CutroomError } from '@cutroom/contracts'

/** What a failure to look at a file says of the file; `null` where the file is not at fault. */
export function faultOf(thrown: unknown, name: string): CutroomError | null {
  if (!(thrown instanceof CutroomError)) return null
  if (/^(media-.*|file-empty)$/.test(thrown.code)) return thrown
  if (thrown.code !== 'tool-timeout') return null
  // File or machine, nobody knows; asked again and again, a file that keeps ffprobe for ever would keep the machine as well.
  return new CutroomError('media-broken', `${JSON.stringify(name)} could not be read to its end in time.`, {
    cause: thrown,
    remedy:
      'Send it again when the machine is less busy. Should that not help, export or copy the recording again.',
  })
}
