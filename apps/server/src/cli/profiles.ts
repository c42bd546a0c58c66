import { type Profile, profileSchema, profilesSchema } from '@cutroom/contracts'
import { Command } from 'commander'
import { z } from 'zod'
import type { ApiClient } from './api-client.ts'
import { profileIdOf, withApi } from './connect.ts'
import { type ApiOptions, apiCommand } from './options.ts'
import { printRecords, table } from './output.ts'

interface ProfileFields extends ApiOptions {
  readonly name?: string
  readonly description?: string
  readonly colour?: string
}

export function profilesCommand(): Command {
  const fields = (command: Command) =>
    command
      .option('--description <text>', 'what the brand is about')
      .option('--colour <#rrggbb>', 'its colour in the studio')
  const show = (options: ApiOptions, profiles: readonly Profile[]) =>
    printRecords(options, 'profile', profiles, () => profileTable(profiles))

  return new Command('profiles')
    .description('list, make and change brands')
    .addCommand(
      apiCommand('list', 'list the profiles that you reach').action((options: ApiOptions) =>
        withApi(options, async (api) =>
          show(options, (await api.call(profilesSchema, 'GET', '/profiles')).items),
        ),
      ),
    )
    .addCommand(
      fields(apiCommand('create <name>', 'make a profile')).action((name: string, options: ProfileFields) =>
        withApi(options, async (api) => {
          const { description, colour } = options
          show(options, [
            await api.call(profileSchema, 'POST', '/profiles', { body: { name, description, colour } }),
          ])
        }),
      ),
    )
    .addCommand(
      fields(apiCommand('update <profile>', 'rename or change a profile'))
        .option('--name <name>', 'its new name')
        .action((profile: string, options: ProfileFields) =>
          withApi(options, async (api) => {
            const { name, description, colour } = options
            const place = await placeOf(api, profile)
            show(options, [
              await api.call(profileSchema, 'PATCH', place, { body: { name, description, colour } }),
            ])
          }),
        ),
    )
    .addCommand(
      apiCommand('default <profile>', 'use a profile where none is named').action(
        (profile: string, options: ApiOptions) =>
          withApi(options, async (api) =>
            show(options, [await api.call(profileSchema, 'POST', `${await placeOf(api, profile)}/default`)]),
          ),
      ),
    )
    .addCommand(
      apiCommand('delete <profile>', 'cancel the jobs of a profile and delete all that is its own')
        .requiredOption('--yes', 'really: its sources, clips and finished files are gone for good')
        .action((profile: string, options: ApiOptions) =>
          withApi(options, async (api) => {
            await api.call(z.undefined(), 'DELETE', await placeOf(api, profile))
            printRecords(options, 'deleted', [{ profile }], () => `deleted ${profile}`)
          }),
        ),
    )
}

const placeOf = async (api: ApiClient, profile: string): Promise<string> =>
  `/profiles/${await profileIdOf(api, profile)}`

const profileTable = (profiles: readonly Profile[]): string =>
  table(
    ['profile', 'id', 'voice', 'preset', 'jobs at once', ''],
    profiles.map(({ name, id, defaults, limits, isDefault }) => [
      name,
      id,
      defaults.voice,
      defaults.preset,
      String(limits.jobsAtOnce),
      isDefault ? 'default' : '',
    ]),
  )
