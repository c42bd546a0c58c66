import { forget, type Kept, keptHandle, keptOf, type ReopenableHandle } from './uploads-kept.ts'
import { progressOf } from './uploads-send.ts'

/** An upload that a page took in and did not end, and that the server still has where it was begun. */
interface Stopped {
  readonly id: string
  readonly kept: Kept
  readonly sentBytes: number
  /** Opens its file, where the browser can. */
  readonly handle: ReopenableHandle | undefined
  /** Whether it may without asking. */
  readonly isAllowed: boolean
}

/** Those of a profile; forgets what the server forgot or finished. */
export async function stoppedOf(profileId: string): Promise<Stopped[]> {
  const found = await Promise.all((await keptOf(profileId)).map(({ id, kept }) => look(profileId, id, kept)))
  return found.filter((stopped) => stopped !== null)
}

async function look(profileId: string, id: string, kept: Kept): Promise<Stopped | null> {
  let sentBytes = 0
  if (kept.uploadId !== null) {
    // Unreachable: the page asks again when it is loaded again.
    const upload = await progressOf(profileId, kept.uploadId).catch(() => undefined)
    if (upload === undefined) return null
    if (upload?.state !== 'receiving') {
      forget(profileId, id)
      return null
    }
    sentBytes = upload.receivedBytes
  }
  const handle = await keptHandle(profileId, id)
  const isAllowed = (await handle?.queryPermission()) === 'granted'
  return { id, kept, sentBytes, handle, isAllowed }
}
