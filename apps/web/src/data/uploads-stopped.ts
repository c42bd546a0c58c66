import { forget, type Kept, keptHandle, keptOf, type ReopenableHandle } from './uploads-kept.ts'
import { progressOf } from './uploads-send.ts'

/** An upload that a page began and did not end, and that the server still has. */
interface Stopped {
  readonly kept: Kept
  readonly sentBytes: number
  /** Opens its file, where the browser can. */
  readonly handle: ReopenableHandle | undefined
  /** Whether it may without asking. */
  readonly isAllowed: boolean
}

/** Those of a profile; forgets what the server forgot or finished. */
export async function stoppedOf(profileId: string): Promise<Stopped[]> {
  const found = await Promise.all((await keptOf(profileId)).map((kept) => look(profileId, kept)))
  return found.filter((stopped) => stopped !== null)
}

async function look(profileId: string, kept: Kept): Promise<Stopped | null> {
  // Unreachable: the page asks again when it is loaded again.
  const upload = await progressOf(profileId, kept.uploadId).catch(() => undefined)
  if (upload === undefined) return null
  if (upload?.state !== 'receiving') {
    forget(profileId, kept.uploadId)
    return null
  }
  const handle = await keptHandle(profileId, kept.uploadId)
  const isAllowed = (await handle?.queryPermission()) === 'granted'
  return { kept, sentBytes: upload.receivedBytes, handle, isAllowed }
}
