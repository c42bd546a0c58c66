import path from 'node:path'
import { type CleanReport, cleanReportSchema } from '@cutroom/contracts'
import { Command } from 'commander'
import { databaseOf } from '../config.ts'
import { cleanProfile } from '../domain/clean.ts'
import { profileIdOf, serverOf, withApi } from './connect.ts'
import { type ApiOptions, configFor, numberBetween, withApiOptions } from './options.ts'
import { humanBytes, printRecords } from './output.ts'
import { interruptible } from './session.ts'

interface CleanOptions extends ApiOptions {
  readonly profile: string
  readonly dryRun: boolean
  readonly olderThan: number
}

export function cleanCommand(): Command {
  const command = new Command('clean')
    .description(
      'remove what dead jobs of one profile left behind; living jobs and other profiles are not touched',
    )
    .requiredOption('--profile <name>', 'the brand whose scratch is cleaned')
    .option('--dry-run', 'say what would be removed, and remove nothing', false)
    .option(
      '--older-than <min>',
      'keep what was active in the last so many minutes',
      numberBetween(0, 525_600, false),
      0,
    )
  return withApiOptions(command).action(async (options: CleanOptions) => {
    const report =
      serverOf(options) === null
        ? await interruptible(() => cleanHere(options))
        : await cleanOnServer(options)
    printRecords(options, 'clean', [report], () => cleanText(report, options.dryRun))
  })
}

async function cleanHere(options: CleanOptions): Promise<CleanReport> {
  const { profile, dryRun, olderThan } = options
  const config = configFor(options)
  const { dataDir } = config
  const { profileOnDisk } = await import('../domain/profiles/profile-on-disk.ts')
  const { id: profileId } = await profileOnDisk(databaseOf(config), profile)
  const report = await cleanProfile({ dataDir, profileId, dryRun, olderThanSeconds: olderThan * 60 })
  const named = <T extends { readonly path: string }>({ path: place, ...rest }: T) => ({
    name: path.relative(dataDir, place),
    ...rest,
  })
  return { ...report, removed: report.removed.map(named), kept: report.kept.map(named) }
}

const cleanOnServer = (options: CleanOptions): Promise<CleanReport> =>
  withApi(options, async (api) => {
    const body = { dryRun: options.dryRun, olderThanSeconds: options.olderThan * 60 }
    const profileId = await profileIdOf(api, options.profile)
    return api.call(cleanReportSchema, 'POST', '/storage/clean', { profileId, body })
  })

function cleanText({ removed, kept, bytesFreed }: CleanReport, dryRun: boolean): string {
  const verb = dryRun ? 'would remove' : 'removed'
  return [
    ...removed.map(({ name, sizeBytes }) => `${verb}  ${name}  ${humanBytes(sizeBytes)}`),
    ...kept.map(({ name, why }) => `kept     ${name}  ${why}`),
    `${verb} ${removed.length}, kept ${kept.length}, ${humanBytes(bytesFreed)} freed`,
  ].join('\n')
}
