import path from 'node:path'
import { Command } from 'commander'
import { readConfig } from '../config.ts'
import { cleanProfile } from '../domain/clean.ts'
import { type GeneralOptions, numberBetween, withGeneralOptions } from './options.ts'
import { humanBytes } from './output.ts'

interface CleanOptions extends GeneralOptions {
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
  return withGeneralOptions(command).action(async (options: CleanOptions) => {
    const { dataDir } = readConfig()
    const report = await cleanProfile({
      dataDir: options.data === undefined ? dataDir : path.resolve(options.data),
      profileName: options.profile,
      dryRun: options.dryRun,
      olderThanSeconds: options.olderThan * 60,
    })
    if (options.json) {
      process.stdout.write(`${JSON.stringify({ type: 'clean', ...report })}\n`)
      return
    }
    const verb = options.dryRun ? 'would remove' : 'removed'
    for (const { path: place, sizeBytes } of report.removed)
      process.stdout.write(`${verb}  ${place}  ${humanBytes(sizeBytes)}\n`)
    for (const { path: place, why } of report.kept) process.stdout.write(`kept     ${place}  ${why}\n`)
    process.stdout.write(
      `${verb} ${report.removed.length}, kept ${report.kept.length}, ${humanBytes(report.bytesFreed)} freed\n`,
    )
  })
}
