import { CutroomError } from '@cutroom/contracts'
import { ExecaError, execa } from 'execa'
import { type SpeakRequest, type SpeechProvider, type SpokenAudio, speechFailed, type Voice } from './provider.ts'
import { decodeWav } from './wav.ts'

/**
 * How it speaks: a little slower than the program's own 175 words per minute and a little lower than its pitch 50,
 * which sounds less pressed; 10 ms between words keep them apart.
 */
const SETTINGS = { wordsPerMinute: 165, pitch: 45, wordGap: 1 } as const
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
export function espeakProvider({ command = 'espeak-ng', timeoutMs = 30_000 }: EspeakOptions = {}): SpeechProvider {
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
      return { version: /text-to-speech: (\S+)/.exec(said)?.[1] ?? said.trim(), settings: SETTINGS }
    },
    async speak({ voiceId, text, signal }) {
      return spokenAudio(await run(speakArgs(voiceId), plainText(text), signal))
    },
  }
}

/** The command line for a voice; the text comes through stdin, so that none of it can be an option. */
export const speakArgs = (voiceId: SpeakRequest['voiceId']): string[] => [
  `-v${voiceId}`,
  '-b1',
  `-s${SETTINGS.wordsPerMinute}`,
  `-p${SETTINGS.pitch}`,
  `-g${SETTINGS.wordGap}`,
  '--stdin',
  '--stdout',
]

/** The text with what espeak-ng would take for phoneme codes (`[[…]]`) made plain; it reads brackets as nothing. */
export const plainText = (text: string): string => text.replace(/[[\]]/g, ' ')

/**
 * The voices in the table of `espeak-ng --voices`: priority, language, age/gender, name, file, other languages.
 * A language that is listed twice is spoken by the first.
 */
export function parseVoices(table: string): Voice[] {
  const voices = new Map<string, Voice>()
  for (const line of table.split('\n').slice(1)) {
    const [, id, gender, name, others] =
      /^\s*\d+\s+(\S+)\s+\S+?\/([MF-])\s+(\S+)\s+\S+\s*(.*)$/u.exec(line) ?? []
    if (id === undefined || name === undefined || voices.has(id)) continue
    const spoken = Array.from((others ?? '').matchAll(/\((\S+) \d+\)/gu), (match) => match[1] ?? '')
    voices.set(id, {
      id,
      name: name.replaceAll('_', ' ').trim(),
      languages: [id, ...spoken],
      gender: gender === 'F' ? 'female' : gender === 'M' ? 'male' : null,
    })
  }
  return Array.from(voices.values())
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
  if (!(error instanceof ExecaError)) return speechFailed(NAME, String(error), { retryable: false, cause: error })
  if (error.isCanceled) return new CutroomError('cancelled', 'The voiceover was cancelled.', { cause: error })
  if (error.timedOut) {
    return new CutroomError('tool-timeout', `${NAME} did not finish within ${timeoutMs / 1000} s.`, { cause: error })
  }
  if (error.code === 'ENOENT' || error.code === 'EACCES') {
    return new CutroomError('tool-missing', `The program ${command}, which speaks scripts, is not installed.`, {
      cause: error,
      details: { tool: NAME },
    })
  }
  const toolOutput = new TextDecoder().decode(error.stderr as Uint8Array).trim()
  const reason = toolOutput.split('\n').at(-1) || error.shortMessage
  return speechFailed(NAME, reason, { retryable: false, cause: error, toolOutput })
}
