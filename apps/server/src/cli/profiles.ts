import { type Profile, profileSchema, profilesSchema } from '@cutroom/contracts'
import { Command } from 'commander'
import { z } from 'zod'
import type { Service } from '../domain/service.ts'
import type { ApiClient } from './api-client.ts'
import { profileIdOf, withApi } from './connect.ts'
import { type ApiOptions, apiCommand } from './options.ts'
import { humanBytes, printRecords, table } from './output.ts'
import { type ProfileFields, profileBody, withProfileFields } from './profile-options.ts'

export function profilesCommand(): Command {
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
      withProfileFields(apiCommand('create <name>', 'make a profile')).action(
        (name: string, options: ApiOptions & ProfileFields) =>
          withApi(options, async (api) => {
            const body = profileBody({ ...options, name })
            show(options, [await api.call(profileSchema, 'POST', '/profiles', { body })])
          }),
      ),
    )
    .addCommand(
      withProfileFields(apiCommand('update <profile>', 'rename or change a profile'))
        .option('--name <name>', 'its new name')
        .action((profile: string, options: ApiOptions & ProfileFields) =>
          withApi(options, async (api) => {
            const body = profileBody(options)
            show(options, [await api.call(profileSchema, 'PATCH', await placeOf(api, profile), { body })])
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
          withApi(options, async (api, { here }) => {
            const id = await profileIdOf(api, profile)
            await api.call(z.undefined(), 'DELETE', `/profiles/${id}`)
            // A server removes them by itself, soon.
            const left = here === null ? undefined : await filesLeft(here, id ?? '')
            printRecords(options, 'deleted', [{ profile, filesLeft: left }], () =>
              left
                ? `deleted ${profile}; its jobs are being stopped, then a running server removes its files`
                : `deleted ${profile}`,
            )
          }),
        ),
    )
}

/** Removes the files of a deleted profile here, where perhaps no server runs that would. Returns whether some are left. */
async function filesLeft(here: Service, id: string): Promise<boolean> {
  const { purgeDeletedProfiles } = await import('../domain/profiles/purge.ts')
  return (await purgeDeletedProfiles(here)).includes(id)
}

const placeOf = async (api: ApiClient, profile: string): Promise<string> =>
  `/profiles/${await profileIdOf(api, profile)}`

const profileTable = (profiles: readonly Profile[]): string =>
  table(
    ['profile', 'id', 'voice', 'preset', 'jobs at once', 'most storage', ''],
    profiles.map(({ name, id, defaults, limits, isDefault }) => [
      name,
      id,
      defaults.voice,
      defaults.preset,
      String(limits.jobsAtOnce),
      limits.storageBytes === null ? '' : humanBytes(limits.storageBytes),
      isDefault ? 'default' : '',
    ]),
  )
