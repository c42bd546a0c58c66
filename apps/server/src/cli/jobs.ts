import { type JobRecord, jobKindSchema, jobPageSchema, jobSchema, jobStateSchema } from '@cutroom/contracts'
import { Command, Option } from 'commander'
import { profileIdOf, withApi } from './connect.ts'
import { type ApiOptions, numberBetween, profileCommand } from './options.ts'
import { humanMoment, printRecords, table } from './output.ts'
import { failureOf, watchJob } from './watch.ts'

interface ListOptions extends ApiOptions {
  readonly state?: string
  readonly kind?: string
  readonly limit: number
}

export function jobsCommand(): Command {
  const show = (options: ApiOptions, jobs: readonly JobRecord[]) =>
    printRecords(options, 'job', jobs, () => jobTable(jobs))
  const act = (action: 'cancel' | 'retry') => (id: string, options: ApiOptions) =>
    withApi(options, async (api) => {
      const profileId = await profileIdOf(api, options.profile)
      show(options, [await api.call(jobSchema, 'POST', `${placeOf(id)}/${action}`, { profileId })])
    })

  return new Command('jobs')
    .description('see, follow, cancel and retry the work of a server')
    .addCommand(
      profileCommand('list', 'list jobs, the newest first')
        .addOption(new Option('--state <state>', 'only those').choices(jobStateSchema.options))
        .addOption(new Option('--kind <kind>', 'only those').choices(jobKindSchema.options))
        .option('--limit <n>', 'how many', numberBetween(1, 200, true), 20)
        .action((options: ListOptions) =>
          withApi(options, async (api) => {
            const { state, kind, limit } = options
            const query = new URLSearchParams({
              limit: String(limit),
              ...(state && { state }),
              ...(kind && { kind }),
            })
            const profileId = await profileIdOf(api, options.profile)
            show(options, (await api.call(jobPageSchema, 'GET', `/jobs?${query}`, { profileId })).items)
          }),
        ),
    )
    .addCommand(
      profileCommand('watch <id>', 'follow a job to its end').action((id: string, options: ApiOptions) =>
        withApi(options, async (api, { signal }) => {
          const profileId = await profileIdOf(api, options.profile)
          const profileName = options.profile ?? 'default'
          const job = await watchJob(api, id, { profileId, profileName, json: options.json, signal })
          const failure = failureOf(job)
          if (failure !== null) throw failure
          show(options, [job])
        }),
      ),
    )
    .addCommand(profileCommand('cancel <id>', 'stop a job').action(act('cancel')))
    .addCommand(profileCommand('retry <id>', 'try a failed or cancelled job once more').action(act('retry')))
}

const placeOf = (id: string): string => `/jobs/${encodeURIComponent(id)}`

const jobTable = (jobs: readonly JobRecord[]): string =>
  table(
    ['job', 'kind', 'about', 'state', 'done', 'since', ''],
    jobs.map(({ id, kind, subject, state, fraction, createdAt, problem }) => [
      id,
      kind,
      subject.length > 40 ? `${subject.slice(0, 39)}…` : subject,
      state,
      `${Math.floor(fraction * 100)} %`,
      humanMoment(createdAt),
      problem?.code ?? '',
    ]),
  )
