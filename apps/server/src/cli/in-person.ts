import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import { CutroomError } from '@cutroom/contracts'
import { z } from 'zod'
import { type ApiClient, apiClient, LAST_CALL_MS, signIn } from './api-client.ts'
import { serverOf, withApi } from './connect.ts'
import type { GeneralOptions } from './options.ts'
import { interruptible } from './session.ts'

export interface PersonOptions extends GeneralOptions {
  readonly server?: string
  readonly email?: string
}

/**
 * Runs work that no key may do: as whoever sits at this machine, in its data folder, or on a server as the person that `--email` names,
 * signed in for so long. Throws `usage-invalid` for a server where nobody is named, and what signing in throws.
 */
export async function inPerson<T>(options: PersonOptions, work: (api: ApiClient) => Promise<T>): Promise<T> {
  const { email } = options
  const url = serverOf(options)
  if (url === null) return withApi(options, work)
  if (email === undefined)
    throw new CutroomError(
      'usage-invalid',
      'Keys are made and revoked by owners in person, not with a key.',
      {
        remedy: 'Name yourself with --email; the password is asked for, or read from the standard input.',
      },
    )
  return interruptible(async (signal) => {
    const cookie = await signIn(url, { email, password: await password(email, signal) }, signal)
    const api = apiClient({ url, cookie }, signal)
    try {
      return await work(api)
    } finally {
      await api.call(z.undefined(), 'DELETE', '/session', { signal: AbortSignal.timeout(LAST_CALL_MS) })
    }
  })
}

/** A line of the standard input; on a terminal it is asked for, and not shown. */
async function password(email: string, signal: AbortSignal): Promise<string> {
  const { stdin, stderr } = process
  const unseen = new Writable({ write: (_chunk, _encoding, done) => done() })
  if (stdin.isTTY) stderr.write(`Password of ${email}: `)
  const lines = createInterface({ input: stdin, output: unseen, terminal: stdin.isTTY === true, signal })
  try {
    for await (const line of lines) return line
    // Ctrl-C at the prompt, too.
    throw new CutroomError('cancelled', 'No password was given.')
  } finally {
    lines.close()
    if (stdin.isTTY) stderr.write('\n')
  }
}
