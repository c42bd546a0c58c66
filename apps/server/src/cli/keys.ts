import { CutroomError, createdKeySchema, type Key, keysSchema } from '@cutroom/contracts'
import { Command, Option } from 'commander'
import { z } from 'zod'
import type { ApiClient } from './api-client.ts'
import { profileIdOf, serverOf, withApi } from './connect.ts'
import { commandOf, type GeneralOptions, withGeneralOptions } from './options.ts'
import { printRecords, table } from './output.ts'

interface NewKeyOptions extends GeneralOptions {
  readonly for?: readonly string[]
  readonly access: 'read' | 'write'
}

/** Keys are managed by owners in person, so these commands work in the data folder of the server's machine. */
export function keysCommand(): Command {
  const command = (usage: string, description: string) => withGeneralOptions(commandOf(usage, description))

  return new Command('keys')
    .description('make and revoke keys for programs; on the machine of the server')
    .addCommand(
      command('list', 'list all keys').action((options: GeneralOptions) =>
        withKeys(options, async (api) => {
          const { items } = await api.call(keysSchema, 'GET', '/keys')
          printRecords(options, 'key', items, () => keyTable(items))
        }),
      ),
    )
    .addCommand(
      command('create <name>', 'make a key; it is shown this once')
        .option('--for <profile...>', 'the profiles that it reaches (default: all)')
        .addOption(
          new Option('--access <access>', 'what it may do').choices(['read', 'write']).default('write'),
        )
        .action((name: string, options: NewKeyOptions) =>
          withKeys(options, async (api) => {
            const profileIds =
              options.for === undefined
                ? null
                : await Promise.all(options.for.map((profile) => profileIdOf(api, profile)))
            const body = { name, access: options.access, profileIds }
            const key = await api.call(createdKeySchema, 'POST', '/keys', { body })
            printRecords(options, 'key', [key], () => key.secret)
          }),
        ),
    )
    .addCommand(
      command('revoke <id>', 'end a key at once').action((id: string, options: GeneralOptions) =>
        withKeys(options, async (api) => {
          await api.call(z.undefined(), 'DELETE', `/keys/${encodeURIComponent(id)}`)
          printRecords(options, 'revoked', [{ key: id }], () => `revoked ${id}`)
        }),
      ),
    )
}

/** Works in the data folder of this machine alone. Throws `usage-invalid` where the settings name a server elsewhere. */
async function withKeys(options: GeneralOptions, work: (api: ApiClient) => Promise<void>): Promise<void> {
  if (serverOf(options) === null) return withApi(options, work)
  throw new CutroomError('usage-invalid', 'Keys are made and revoked by owners in person, not with a key.', {
    remedy:
      'Run it on the machine of the server without CUTROOM_SERVER, or open the settings of the studio in a browser.',
  })
}

const keyTable = (keys: readonly Key[]): string =>
  table(
    ['key', 'id', 'begins with', 'access', 'profiles', 'last used', ''],
    keys.map(({ name, id, hint, access, profileIds, lastUsedAt, revokedAt }) => [
      name,
      id,
      hint,
      access,
      profileIds === null ? 'all' : String(profileIds.length),
      lastUsedAt?.slice(0, 16).replace('T', ' ') ?? 'never',
      revokedAt === null ? '' : 'revoked',
    ]),
  )
