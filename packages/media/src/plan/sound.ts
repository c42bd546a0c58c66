import { inputTokens } from '../probe/input.ts'
import { chain, filter, inSeconds, link } from './filter-graph.ts'
import { SOUND_FILE } from './picture.ts'
import { type PlannedSound, type RenderPlan, SAMPLE_RATE } from './render-plan.ts'

/** Raw sound inside of a render: interleaved 32-bit float stereo at `SAMPLE_RATE`. */
export const BYTES_PER_SAMPLE = 8
/** The cuts' own sound one after the other, and all sound mixed together; raw, in the scratch folder. */
export const CUTS_SOUND_FILE = 'cuts.f32'
export const MIX_FILE = 'mix.f32'

/** Each cut's sound fades in and out over this long, so that joins don't click: 8 ms, in samples. */
const FADE_SAMPLES = 384
/** Loudness at which the parts of a mix enter it, LUFS: a voice leads, what lies under it stays clearly below. */
const VOICE_LUFS = -16
export const UNDER_VOICE_LUFS = -22
export const MUSIC_LUFS = -24
/** Below this a part is silence, and is not made louder. LUFS. */
export const SILENCE_LUFS = -60
/** AAC can overshoot what it was given; the limiter starts this far below the preset's peak. dB. */
export const CODEC_HEADROOM_DB = 1.2

const RAW = ['-f', 'f32le', '-ar', String(SAMPLE_RATE), '-ac', '2'] as const
const STEREO = filter('aformat', { sample_fmts: 'flt', sample_rates: SAMPLE_RATE, channel_layouts: 'stereo' })

/** Loudness by EBU R128. `integratedLufs` is `null` for silence. */
export interface Loudness {
  readonly integratedLufs: number | null
  readonly truePeakDbtp: number | null
}

/** Decodes a piece of sound to raw samples on stdout, at most as many as planned. */
export function soundDecoder(sound: PlannedSound): string[] {
  const fade = Math.min(FADE_SAMPLES, Math.floor(sound.samples / 2))
  return [
    ...['-ss', inSeconds(sound.start)],
    ...inputTokens(sound.source.path),
    ...['-map', `0:${sound.source.probe.audio?.index}`, '-vn'],
    '-af',
    chain(
      // Silence where the sound begins later than the picture, or has a gap.
      filter('aresample', { sample_rate: SAMPLE_RATE, async: 1, first_pts: 0 }),
      STEREO,
      filter('atrim', { end_sample: sound.samples }),
      filter('afade', { type: 'in', nb_samples: fade }),
      filter('afade', { type: 'out', start_sample: sound.samples - fade, nb_samples: fade }),
    ),
    ...RAW,
    'pipe:1',
  ]
}

/** The parts of a mix: the sources' own sound, a voice, music. */
export type SoundPart = 'cuts' | 'voice' | 'music'
export const soundParts = (plan: RenderPlan): SoundPart[] => [
  'cuts',
  ...(plan.voice ? (['voice'] as const) : []),
  ...(plan.music ? (['music'] as const) : []),
]

/** Opens the parts in the order of `soundParts`. Music repeats; the filters end it. */
const partInputs = (plan: RenderPlan): string[] => [
  ...[...RAW, '-i', CUTS_SOUND_FILE],
  ...(plan.voice ? inputTokens(plan.voice.path) : []),
  ...(plan.music ? ['-stream_loop', '-1', ...inputTokens(plan.music.path)] : []),
]

/** The audio stream of the input of a part, as a filter graph names it. */
function streamOf(plan: RenderPlan, part: SoundPart): string {
  const input = soundParts(plan).indexOf(part)
  const index = part === 'cuts' ? 0 : plan[part]?.audioIndex
  return `${input}:${index}`
}

/** Brings a part to the clip's exact length. */
const wholeLength = (plan: RenderPlan): string =>
  chain(STEREO, filter('apad', { whole_len: plan.samples }), filter('atrim', { end_sample: plan.samples }))

/** Measures each part by itself; the summaries stand in stderr, to be read with `parseLoudness`. */
export function measureParts(plan: RenderPlan): string[] {
  const graph = soundParts(plan).map((part) =>
    link([streamOf(plan, part)], chain(wholeLength(plan), `ebur128@${part}=framelog=verbose`), [part]),
  )
  return [
    ...['-loglevel', 'info', '-nostats'],
    ...partInputs(plan),
    ...['-filter_complex', graph.join(';')],
    ...soundParts(plan).flatMap((part) => ['-map', `[${part}]`]),
    ...['-f', 'null', '-'],
  ]
}

/** By how much each part is made louder or quieter before the mix, dB. Pure. */
export function partGains(
  plan: RenderPlan,
  measured: Readonly<Record<string, Loudness>>,
): Record<SoundPart, number> {
  const towards = (part: SoundPart, target: number): number => {
    const loudness = measured[part]?.integratedLufs ?? null
    return loudness === null || loudness < SILENCE_LUFS ? 0 : target - loudness
  }
  return {
    // The sources' own sound is only ever lowered: a quiet room is not to become a loud one.
    cuts: plan.voice ? Math.min(0, towards('cuts', UNDER_VOICE_LUFS)) : 0,
    voice: towards('voice', VOICE_LUFS) + (plan.voice?.gainDb ?? 0),
    music: towards('music', MUSIC_LUFS) + (plan.music?.gainDb ?? 0),
  }
}

/** Mixes the parts into `MIX_FILE` and measures the result: what lies under a voice is ducked while it speaks. */
export function mixer(plan: RenderPlan, gains: Readonly<Record<SoundPart, number>>): string[] {
  const gain = (part: SoundPart) => filter('volume', { volume: `${gains[part].toFixed(2)}dB` })
  const muted = plan.muted
    .map(({ start, end }) => `between(t,${inSeconds(start)},${inSeconds(end)})`)
    .join('+')
  const graph = [
    link(
      [streamOf(plan, 'cuts')],
      chain(
        STEREO,
        // Blocks of 10 ms, or a mute would begin and end where the reader's buffer happens to.
        muted !== '' && filter('asetnsamples', { nb_out_samples: SAMPLE_RATE / 100, pad: 0 }),
        muted !== '' && filter('volume', { volume: 0, enable: muted }),
        gain('cuts'),
        wholeLength(plan),
      ),
      ['cuts'],
    ),
    plan.voice &&
      link([streamOf(plan, 'voice')], chain(STEREO, gain('voice'), wholeLength(plan), 'asplit=2'), [
        'voice',
        'key',
      ]),
    plan.music &&
      link(
        [streamOf(plan, 'music')],
        chain(
          STEREO,
          gain('music'),
          wholeLength(plan),
          filter('afade', { type: 'in', duration: 0.05 }),
          filter('afade', { type: 'out', start_time: inSeconds(Math.max(0, plan.seconds - 1)), duration: 1 }),
        ),
        ['music'],
      ),
    plan.music && link(['cuts', 'music'], MERGE, ['bed']),
    plan.voice &&
      link(
        [plan.music ? 'bed' : 'cuts', 'key'],
        filter('sidechaincompress', { threshold: 0.03, ratio: 6, attack: 15, release: 350 }),
        ['ducked'],
      ),
    plan.voice && link(['ducked', 'voice'], MERGE, ['all']),
  ].filter((part) => typeof part === 'string')
  const last = plan.voice ? 'all' : plan.music ? 'bed' : 'cuts'
  return [
    ...['-loglevel', 'info', '-nostats'],
    ...partInputs(plan),
    ...[
      '-filter_complex',
      [...graph, link([last], 'ebur128@mix=peak=true:framelog=verbose', ['out'])].join(';'),
    ],
    ...['-map', '[out]', ...RAW, MIX_FILE],
  ]
}

const MERGE = filter('amix', { inputs: 2, normalize: 0, duration: 'first', dropout_transition: 0 })

export const isSilent = (loudness: Loudness): boolean =>
  loudness.integratedLufs === null || loudness.integratedLufs < SILENCE_LUFS

/** How a mix is brought to a preset's loudness. */
export interface Levelling {
  readonly gainDb: number
  /** Highest true peak that the limiter lets pass, dBTP. */
  readonly ceilingDbtp: number
}

/** Applies a gain and limits true peaks, on four times the samples. */
const levelFilters = (plan: RenderPlan, { gainDb, ceilingDbtp }: Levelling): string =>
  chain(
    filter('volume', { volume: `${gainDb.toFixed(2)}dB` }),
    filter('aresample', { sample_rate: 4 * SAMPLE_RATE }),
    filter('alimiter', {
      limit: (10 ** (ceilingDbtp / 20)).toFixed(6),
      attack: 2,
      release: 80,
      level: 0,
      latency: 1,
    }),
    filter('aresample', { sample_rate: SAMPLE_RATE }),
    wholeLength(plan),
  )

/** Tries a levelling on the mix: only measures. */
export const levelTrial = (plan: RenderPlan, levelling: Levelling): string[] => [
  ...['-loglevel', 'info', '-nostats', ...RAW, '-i', MIX_FILE],
  ...['-af', chain(levelFilters(plan, levelling), 'ebur128@level=framelog=verbose'), '-f', 'null', '-'],
]

/** Encodes the levelled mix into `SOUND_FILE`. */
export const soundEncoder = (plan: RenderPlan, levelling: Levelling): string[] => [
  ...[...RAW, '-i', MIX_FILE, '-af', levelFilters(plan, levelling)],
  // The fast coder: the default one takes twice the time and now and then overshoots its input by 3 dB.
  ...['-c:a', 'aac', '-aac_coder', 'fast', '-b:a', `${plan.preset.audio.bitRateKbps}k`],
  ...['-ar', String(SAMPLE_RATE), '-ac', '2'],
  ...['-map_metadata', '-1', '-fflags', '+bitexact', '-flags:a', '+bitexact', '-f', 'mp4', SOUND_FILE],
]

/**
 * The gain to try next, dB, after trials that gave certain loudnesses; `null` where another would not help. A limiter eats a part of each
 * step, so steps follow the slope of the last two trials; where a whole decibel brings less than a quarter, the peaks stand against it.
 */
export function nextGain(
  trials: readonly { readonly gainDb: number; readonly lufs: number }[],
  targetLufs: number,
): number | null {
  const last = trials.at(-1)
  if (!last || Math.abs(targetLufs - last.lufs) <= LEVEL_TOLERANCE_LU || trials.length >= LEVEL_TRIALS)
    return null
  const before = trials.at(-2)
  const slope = before ? (last.lufs - before.lufs) / (last.gainDb - before.gainDb) : FIRST_SLOPE
  if (slope < 0.25) return null
  return last.gainDb + Math.min((targetLufs - last.lufs) / slope, LARGEST_STEP_DB)
}

/** Near enough, LU. */
const LEVEL_TOLERANCE_LU = 0.4
const LEVEL_TRIALS = 6
/** What is left of a decibel where a limiter has begun to work. */
const FIRST_SLOPE = 0.6
const LARGEST_STEP_DB = 9

/** Measures the sound of a finished file. */
export const measureFile = (file: string): string[] => [
  ...['-loglevel', 'info', '-nostats'],
  ...inputTokens(file),
  ...['-map', '0:a:0', '-vn', '-af', 'ebur128@file=peak=true:framelog=verbose', '-f', 'null', '-'],
]

/**
 * Reads the summaries that `ebur128` filters named `ebur128@<name>` leave in ffmpeg's log.
 * A value of -70 LUFS or -inf, the filter's floor, is silence and becomes `null`.
 */
export function parseLoudness(log: string): Record<string, Loudness> {
  const found: Record<string, Loudness> = {}
  for (const match of log.matchAll(/\[ebur128@(\w+) @ [^\]]*\] Summary:([\s\S]*?)(?=\n\[|$)/g)) {
    const [, name = '', summary = ''] = match
    const number = (pattern: RegExp, floor: number): number | null => {
      const value = Number.parseFloat(pattern.exec(summary)?.[1] ?? '')
      return Number.isFinite(value) && value > floor ? value : null
    }
    found[name] = {
      integratedLufs: number(/\bI:\s+(\S+) LUFS/, -70),
      truePeakDbtp: number(/\bPeak:\s+(\S+) dBFS/, -150),
    }
  }
  return found
}
