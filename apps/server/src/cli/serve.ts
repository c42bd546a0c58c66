import { Command } from 'commander'
import { type Config, readConfigWith } from '../config.ts'
import type { Parts } from './server.ts'

interface ServeOptions {
  readonly data?: string
  readonly host?: string
  readonly port?: string
}

export function serveCommands(): Command[] {
  const data = ['--data <dir>', 'folder in which Cutroom keeps everything (CUTROOM_DATA)'] as const
  const listening = (command: Command) =>
    command
      .option('--host <address>', 'address to listen on (CUTROOM_HOST; default: 127.0.0.1)')
      .option('--port <n>', 'port to listen on; 0 takes a free one (CUTROOM_PORT; default: 8484)')
  // Loaded where it is wanted: the other commands start without a server's many modules.
  const run = (parts: Parts) => async (options: ServeOptions) =>
    (await import('./server.ts')).serve(configOf(options, parts), parts)
  return [
    listening(
      new Command('serve').description('run the studio: its API and a worker').option(...data),
    ).action(run({ api: true, worker: true })),
    listening(
      new Command('api').description('run the API alone; workers run elsewhere').option(...data),
    ).action(run({ api: true, worker: false })),
    new Command('worker')
      .description('run a worker alone, beside an API with the same database and data folder')
      .option(...data)
      .option('--host <address>', 'address of that port (CUTROOM_HOST; default: 127.0.0.1)')
      .option(
        '--port <n>',
        'answer /healthz, /readyz and /metrics there; 0 takes a free one (CUTROOM_WORKER_PORT; default: none)',
      )
      .action(run({ api: false, worker: true })),
  ]
}

/** Options go before the environment, and are checked like it. */
const configOf = ({ data, host, port }: ServeOptions, parts: Parts): Config =>
  readConfigWith({
    ...(data !== undefined && { CUTROOM_DATA: data }),
    ...(host !== undefined && { CUTROOM_HOST: host }),
    ...(port !== undefined && { [parts.api ? 'CUTROOM_PORT' : 'CUTROOM_WORKER_PORT']: port }),
  })
