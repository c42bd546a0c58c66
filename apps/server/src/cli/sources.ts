import path from 'node:path'
import { type Source, sourcePageSchema, sourceSchema } from '@cutroom/contracts'
import { Command } from 'commander'
import { z } from 'zod'
import { profileIdOf, withApi } from './connect.ts'
import { type ApiOptions, apiCommand, numberBetween } from './options.ts'
import { humanBytes, printRecords, table } from './output.ts'

interface ListOptions extends ApiOptions {
  readonly search?: string
  readonly limit: number
}

export function sourcesCommand(): Command {
  const ofProfile = (usage: string, description: string) =>
    apiCommand(usage, description).option('--profile <name>', 'the brand (default: the default profile)')
  const show = (options: ApiOptions, sources: readonly Source[]) =>
    printRecords(options, 'source', sources, () => sourceTable(sources))

  return new Command('sources')
    .description('see, upload and delete the footage of a brand')
    .addCommand(
      ofProfile('list', 'list sources, the newest first')
        .option('--search <text>', 'only those with it in their name')
        .option('--limit <n>', 'how many', numberBetween(1, 200, true), 20)
        .action((options: ListOptions) =>
          withApi(options, async (api) => {
            const { search, limit } = options
            const query = new URLSearchParams({ limit: String(limit), ...(search && { q: search }) })
            const profileId = await profileIdOf(api, options.profile)
            show(options, (await api.call(sourcePageSchema, 'GET', `/sources?${query}`, { profileId })).items)
          }),
        ),
    )
    .addCommand(
      ofProfile('upload <file...>', 'upload recordings; the same bytes twice are one source').action(
        (files: string[], options: ApiOptions) =>
          withApi(options, async (api) => {
            const profileId = await profileIdOf(api, options.profile)
            const uploaded: Source[] = []
            for (const file of files)
              uploaded.push(await api.upload(sourceSchema, '/sources', path.resolve(file), { profileId }))
            show(options, uploaded)
          }),
      ),
    )
    .addCommand(
      ofProfile('show <id>', 'show one source').action((id: string, options: ApiOptions) =>
        withApi(options, async (api) => {
          const profileId = await profileIdOf(api, options.profile)
          show(options, [await api.call(sourceSchema, 'GET', placeOf(id), { profileId })])
        }),
      ),
    )
    .addCommand(
      ofProfile('delete <id>', 'delete a source that no clip shows').action(
        (id: string, options: ApiOptions) =>
          withApi(options, async (api) => {
            const profileId = await profileIdOf(api, options.profile)
            await api.call(z.undefined(), 'DELETE', placeOf(id), { profileId })
            printRecords(options, 'deleted', [{ source: id }], () => `deleted ${id}`)
          }),
      ),
    )
}

const placeOf = (id: string): string => `/sources/${encodeURIComponent(id)}`

const sourceTable = (sources: readonly Source[]): string =>
  table(
    ['source', 'name', 'length', 'size', 'state', ''],
    sources.map(({ id, name, probe, sizeBytes, state, problem }) => [
      id.slice(0, 12),
      name,
      probe === null ? '' : `${probe.durationSeconds.toFixed(1)} s`,
      humanBytes(sizeBytes),
      state,
      problem?.code ?? '',
    ]),
  )
