import path from 'node:path'
import { CutroomError } from '@cutroom/contracts'
import { Command } from 'commander'
import { databaseOf } from '../config.ts'
import { configFor, type GeneralOptions, withGeneralOptions } from './options.ts'
import { printRecords } from './output.ts'
import { interruptible } from './session.ts'

const FILES_STAY =
  'The files of storage/ and uploads/ are not part of it: copy them with any tool, after the backup.'

/** Commands of those who run the server, on its machine. */
export function operatorCommands(): Command[] {
  return [
    withGeneralOptions(new Command('backup'))
      .description('write everything that the embedded database holds to a file, while the server may run')
      .argument('<file>')
      .action(async (file: string, options: GeneralOptions) => {
        const target = path.resolve(file)
        const { backupDatabase } = await import('../db/embedded/backup.ts')
        const { openEmbedded } = await import('../db/embedded/embedded.ts')
        await interruptible(async (signal) => {
          const database = await openEmbedded({ dataDir: embeddedDataDir(options) })
          try {
            await backupDatabase(database, target, signal)
          } finally {
            await database.close()
          }
        })
        printRecords(options, 'backup', [{ file: target }], () => `Wrote ${target}. ${FILES_STAY}`)
      }),
    withGeneralOptions(new Command('restore'))
      .description('bring back what a backup holds; the server must not run')
      .argument('<file>')
      .option('--replace', 'replace the database that is there', false)
      .action(async (file: string, options: GeneralOptions & { replace: boolean }) => {
        const { restoreDatabase } = await import('../db/embedded/backup.ts')
        const { createdAt } = await interruptible((signal) =>
          restoreDatabase({
            dataDir: embeddedDataDir(options),
            file: path.resolve(file),
            replace: options.replace,
            signal,
          }),
        )
        printRecords(
          options,
          'restore',
          [{ createdAt }],
          () => `Restored the backup of ${createdAt}. ${FILES_STAY}`,
        )
      }),
    withGeneralOptions(new Command('reset-password'))
      .description('make a one-time link with which a person chooses a new password')
      .argument('<email>')
      .action(async (email: string, options: GeneralOptions) => {
        const config = configFor(options)
        const { createResetLink } = await import('../domain/people/links.ts')
        const { withDatabase } = await import('../db/open.ts')
        const token = await interruptible((signal) =>
          withDatabase(databaseOf(config), (db) => {
            signal.throwIfAborted()
            return createResetLink(db, email)
          }),
        )
        const link = `${config.publicUrl ?? `http://${config.host}:${config.port}`}/reset#${token}`
        printRecords(options, 'link', [{ link }], () => `It works once, within an hour:\n  ${link}`)
      }),
  ]
}

function embeddedDataDir(options: GeneralOptions): string {
  const { databaseUrl, dataDir } = configFor(options)
  if (databaseUrl !== null)
    throw new CutroomError(
      'usage-invalid',
      'DATABASE_URL names a database that is not the data folder’s own.',
      {
        remedy: 'Use pg_dump and pg_restore for it.',
      },
    )
  return dataDir
}
