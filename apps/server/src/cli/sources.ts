import path from 'node:path'
import { CutroomError, type Source, sourcePageSchema, sourceSchema } from '@cutroom/contracts'
import { Command } from 'commander'
import { z } from 'zod'
import type { ApiClient } from './api-client.ts'
import { profileIdOf, withApi } from './connect.ts'
import { type ApiOptions, numberBetween, profileCommand } from './options.ts'
import { humanBytes, printRecords, table } from './output.ts'

interface ListOptions extends ApiOptions {
  readonly search?: string
  readonly limit: number
}

export function sourcesCommand(): Command {
  const show = (options: ApiOptions, sources: readonly Source[]) =>
    printRecords(options, 'source', sources, () => sourceTable(sources))

  return new Command('sources')
    .description('see, upload and delete the footage of a brand')
    .addCommand(
      profileCommand('list', 'list sources, the newest first')
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
      profileCommand('upload <file...>', 'upload recordings; the same bytes twice are one source').action(
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
      profileCommand('show <id>', 'show one source; the beginning of its id is enough').action(
        (id: string, options: ApiOptions) =>
          withApi(options, async (api) => {
            const profileId = await profileIdOf(api, options.profile)
            const place = placeOf(await sourceIdOf(api, profileId, id))
            show(options, [await api.call(sourceSchema, 'GET', place, { profileId })])
          }),
      ),
    )
    .addCommand(
      profileCommand('delete <id>', 'delete a source that no clip shows').action(
        (id: string, options: ApiOptions) =>
          withApi(options, async (api) => {
            const profileId = await profileIdOf(api, options.profile)
            const source = await sourceIdOf(api, profileId, id)
            await api.call(z.undefined(), 'DELETE', placeOf(source), { profileId })
            printRecords(options, 'deleted', [{ source }], () => `deleted ${source}`)
          }),
      ),
    )
}

/**
 * The id that some digits stand for: they are the whole of it, or its beginning as `list` prints it. Throws `not-found`, and `usage-invalid` where
 * several begin so.
 */
export async function sourceIdOf(
  api: ApiClient,
  profileId: string | undefined,
  digits: string,
): Promise<string> {
  // Too few to be meant for one of many, or a whole id: the server knows what to say.
  if (!/^[0-9a-f]{4,63}$/.test(digits)) return digits
  const found: Source[] = []
  let cursor: string | null = ''
  while (cursor !== null) {
    const query = new URLSearchParams({ limit: '200', ...(cursor && { cursor }) })
    const page: SourcePage = await api.call(sourcePageSchema, 'GET', `/sources?${query}`, { profileId })
    found.push(...page.items.filter(({ id }) => id.startsWith(digits)))
    cursor = page.nextCursor
  }
  const [one, ...others] = found
  if (one === undefined)
    throw new CutroomError('not-found', `There is no source whose id begins with ${digits}.`)
  if (others.length === 0) return one.id
  throw new CutroomError('usage-invalid', `The ids of ${found.length} sources begin with ${digits}.`, {
    remedy: 'Give more of its digits; `cutroom sources list --json` prints all of them.',
  })
}

type SourcePage = z.infer<typeof sourcePageSchema>

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
