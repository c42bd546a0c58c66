import { CutroomError } from '@cutroom/contracts'
import { Command, CommanderError } from 'commander'
import { cleanCommand } from './clean.ts'
import { operatorCommands } from './database.ts'
import { demoCommand } from './demo.ts'
import { doctorCommand } from './doctor.ts'
import { ingestCommand, planCommand, probeCommand, selectCommand } from './inspect.ts'
import { jobsCommand } from './jobs.ts'
import { keysCommand } from './keys.ts'
import { makeCommand } from './make.ts'
import { profilesCommand } from './profiles.ts'
import { serveCommands } from './serve.ts'
import { failWith } from './session.ts'
import { sourcesCommand } from './sources.ts'

const program = new Command('cutroom')
  .description('Turns raw footage into finished short vertical clips, for several brands at once.')
  .showSuggestionAfterError()
  .helpCommand(false)
  .exitOverride()
  .configureOutput({ outputError: () => undefined })

for (const command of [
  makeCommand(),
  probeCommand(),
  ingestCommand(),
  selectCommand(),
  planCommand(),
  doctorCommand(),
  cleanCommand(),
  demoCommand(),
  ...serveCommands(),
  profilesCommand(),
  sourcesCommand(),
  jobsCommand(),
  keysCommand(),
  ...operatorCommands(),
]) {
  inherit(command, program)
  program.addCommand(command)
}

try {
  await program.parseAsync()
} catch (thrown) {
  // Help that was asked for is a CommanderError too, with exit code 0.
  if (thrown instanceof CommanderError && thrown.exitCode === 0) process.exitCode = 0
  else failWith(thrown instanceof CommanderError ? usageError(thrown) : thrown, program)
}

/** Commands of commands complain like the others. */
function inherit(command: Command, from: Command): void {
  command.copyInheritedSettings(from)
  for (const each of command.commands) inherit(each, command)
}

function usageError({ message, code }: CommanderError): CutroomError {
  // Commander writes "error: …" with a hint on a line of its own; without a command it has shown the help already.
  const sentence =
    code === 'commander.help' ? 'Name a command.' : message.replace(/^error: /, '').replaceAll('\n', ' ')
  if (/^error: unknown option '--(server|key)'/.test(message))
    return new CutroomError('usage-invalid', `This command works on this machine alone: ${sentence}.`, {
      remedy: 'The README says which commands work against a server. Leave the option out, or run it there.',
    })
  return new CutroomError('usage-invalid', sentence)
}
