import { createdKeySchema, type Key, keysSchema } from '@cutroom/contracts'
import { Command, Option } from 'commander'
import { z } from 'zod'
import { profileIdOf } from './connect.ts'
import { inPerson, type PersonOptions } from './in-person.ts'
import { commandOf, withGeneralOptions } from './options.ts'
import { humanMoment, printRecords, table } from './output.ts'

interface NewKeyOptions extends PersonOptions {
  readonly for?: readonly string[]
  readonly access: 'read' | 'write'
}

/** Keys are managed by owners in person: no key makes another. */
export function keysCommand(): Command {
  const command = (usage: string, description: string) =>
    withGeneralOptions(commandOf(usage, description))
      .option('--server <url>', 'work against a server instead of the data folder (CUTROOM_SERVER)')
      .option('--email <email>', 'who you are there; your password is read from the standard input')

  return new Command('keys')
    .description('make and revoke keys for programs')
    .addCommand(
      command('list', 'list all keys').action((options: PersonOptions) =>
        inPerson(options, async (api) => {
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
          inPerson(options, async (api) => {
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
      command('revoke <id>', 'end a key at once').action((id: string, options: PersonOptions) =>
        inPerson(options, async (api) => {
          await api.call(z.undefined(), 'DELETE', `/keys/${encodeURIComponent(id)}`)
          printRecords(options, 'revoked', [{ key: id }], () => `revoked ${id}`)
        }),
      ),
    )
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
      lastUsedAt === null ? 'never' : humanMoment(lastUsedAt),
      revokedAt === null ? '' : 'revoked',
    ]),
  )
