import { CutroomError } from '@cutroom/contracts'
import { ExecaError, execa } from 'execa'
import { ESPEAK_SETTINGS, parseVoices, plainText, speakArgs } from './espeak-format.ts'
import { type SpeechProvider, type SpokenAudio, speechFailed } from './provider.ts'
import { decodeWav } from './wav.ts'

/** A process that is asked to end and does not is killed after this time, milliseconds. */
const KILL_AFTER_MS = 2_000
const NAME = 'espeak-ng'

interface EspeakOptions {
  /** The program: a name on the PATH or a path. */
  readonly command?: string
  /** Longest time for one phrase, milliseconds; a phrase takes some ten of them. */
  readonly timeoutMs?: number
}

/** Speech by espeak-ng: offline, free, a hundred languages, no word timing. */
export function espeakProvider({
  command = 'espeak-ng',
  timeoutMs = 30_000,
}: EspeakOptions = {}): SpeechProvider {
  const run = (args: readonly string[], input: string, signal?: AbortSignal) =>
    runEspeak(command, args, input, timeoutMs, signal)
  return {
    id: 'espeak',
    name: NAME,
    capabilities: {
      wordTiming: false,
      price: { perCharacter: 0, currency: 'USD' },
      limits: { charactersPerRequest: 1_000, charactersPerScript: 10_000, requestsAtOnce: 2 },
    },
    async voices() {
      return parseVoices(new TextDecoder().decode(await run(['--voices'], '')))
    },
    async engine() {
      const said = new TextDecoder().decode(await run(['--version'], ''))
      return { version: /text-to-speech: (\S+)/.exec(said)?.[1] ?? said.trim(), settings: ESPEAK_SETTINGS }
    },
    async speak({ voiceId, text, signal }) {
      return spokenAudio(await run(speakArgs(voiceId), plainText(text), signal))
    },
  }
}

function spokenAudio(wav: Uint8Array): SpokenAudio {
  const sound = decodeWav(wav)
  if (sound === null) throw speechFailed(NAME, 'its answer is not a WAV file', { retryable: false })
  return { ...sound, words: null }
}

async function runEspeak(
  command: string,
  args: readonly string[],
  input: string,
  timeoutMs: number,
  signal: AbortSignal | undefined,
): Promise<Uint8Array> {
  try {
    const { stdout } = await execa(command, args, {
      input,
      encoding: 'buffer',
      timeout: timeoutMs,
      forceKillAfterDelay: KILL_AFTER_MS,
      ...(signal === undefined ? {} : { cancelSignal: signal }),
    })
    return stdout
  } catch (error) {
    throw espeakError(command, timeoutMs, error)
  }
}

function espeakError(command: string, timeoutMs: number, error: unknown): CutroomError {
  if (!(error instanceof ExecaError))
    return speechFailed(NAME, String(error), { retryable: false, cause: error })
  if (error.isCanceled) return new CutroomError('cancelled', 'The voiceover was cancelled.', { cause: error })
  if (error.timedOut) {
    return new CutroomError('tool-timeout', `${NAME} did not finish within ${timeoutMs / 1000} s.`, {
      cause: error,
    })
  }
  if (error.code === 'ENOENT' || error.code === 'EACCES') {
    return new CutroomError(
      'tool-missing',
      `The program ${command}, which speaks scripts, is not installed.`,
      {
        cause: error,
        details: { tool: NAME },
      },
    )
  }
  const stderr: unknown = error.stderr
  const toolOutput = stderr instanceof Uint8Array ? new TextDecoder().decode(stderr).trim() : ''
  const reason = toolOutput.split('\n').at(-1) || error.shortMessage
  // A program that was killed from outside, for want of memory say, may well live the next time.
  return speechFailed(NAME, reason, { retryable: error.isTerminated, cause: error, toolOutput })
}
