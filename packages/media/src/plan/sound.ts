import { inputTokens } from '../probe/input.ts'
import { chain, filter, link } from './filter-graph.ts'
import { SOUND_FILE, seconds } from './picture.ts'
import { type PlannedCut, type RenderPlan, SAMPLE_RATE } from './render-plan.ts'

/** Raw sound inside of a render: interleaved 32-bit float stereo at `SAMPLE_RATE`. */
export const BYTES_PER_SAMPLE = 8
/** The cuts' own sound one after the other, and all sound mixed together; raw, in the scratch folder. */
export const CUTS_SOUND_FILE = 'cuts.f32'
export const MIX_FILE = 'mix.f32'

/** Each cut's sound fades in and out over this long, so that joins don't click: 8 ms, in samples. */
const FADE_SAMPLES = 384
/** Loudness at which the parts of a mix enter it, LUFS: a voice leads, what lies under it stays clearly below. */
const VOICE_LUFS = -16
const UNDER_VOICE_LUFS = -22
const MUSIC_LUFS = -24
/** Below this a part is silence, and is not made louder. LUFS. */
const SILENCE_LUFS = -60
/** AAC can overshoot what it was given; the limiter stays this far below the preset's peak. dB. */
const CODEC_HEADROOM_DB = 1.2

const RAW = ['-f', 'f32le', '-ar', String(SAMPLE_RATE), '-ac', '2'] as const
const STEREO = filter('aformat', { sample_fmts: 'flt', sample_rates: SAMPLE_RATE, channel_layouts: 'stereo' })

/** Loudness by EBU R128. `integratedLufs` is `null` for silence. */
export interface Loudness {
  readonly integratedLufs: number | null
  readonly truePeakDbtp: number | null
}

/** Decodes the sound of one cut to raw samples on stdout, at most as many as planned. */
export function soundDecoder(cut: PlannedCut): string[] {
  const fade = Math.min(FADE_SAMPLES, Math.floor(cut.samples / 2))
  return [
    ...['-ss', seconds(cut.start)],
    ...inputTokens(cut.source.path),
    ...['-map', `0:${cut.source.probe.audio?.index}`, '-vn'],
    '-af',
    chain(
      // Silence where the sound begins later than the picture, or has a gap.
      filter('aresample', { sample_rate: SAMPLE_RATE, async: 1, first_pts: 0 }),
      STEREO,
      filter('atrim', { end_sample: cut.samples }),
      filter('afade', { type: 'in', nb_samples: fade }),
      filter('afade', { type: 'out', start_sample: cut.samples - fade, nb_samples: fade }),
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

/** Brings a part to the clip's exact length. */
const wholeLength = (plan: RenderPlan): string =>
  chain(STEREO, filter('apad', { whole_len: plan.samples }), filter('atrim', { end_sample: plan.samples }))

/** Measures each part by itself; the summaries stand in stderr, to be read with `parseLoudness`. */
export function measureParts(plan: RenderPlan): string[] {
  const graph = soundParts(plan).map((part, input) =>
    link([`${input}:a:0`], chain(wholeLength(plan), `ebur128@${part}=framelog=verbose`), [part]),
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
  const muted = plan.muted.map(({ start, end }) => `between(t,${seconds(start)},${seconds(end)})`).join('+')
  const graph = [
    link(
      ['0:a:0'],
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
      link(['1:a:0'], chain(STEREO, gain('voice'), wholeLength(plan), 'asplit=2'), ['voice', 'key']),
    plan.music &&
      link(
        [`${plan.voice ? 2 : 1}:a:0`],
        chain(
          STEREO,
          gain('music'),
          wholeLength(plan),
          filter('afade', { type: 'in', duration: 0.05 }),
          filter('afade', { type: 'out', start_time: seconds(Math.max(0, plan.seconds - 1)), duration: 1 }),
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

/** The gain that brings a mix to the preset's loudness, dB; 0 for silence. */
export const mixGain = (plan: RenderPlan, mix: Loudness): number =>
  isSilent(mix) ? 0 : plan.preset.loudness.integratedLufs - (mix.integratedLufs ?? 0)

export const isSilent = (loudness: Loudness): boolean =>
  loudness.integratedLufs === null || loudness.integratedLufs < SILENCE_LUFS

/** Applies a gain and limits true peaks, on four times the samples, into `SOUND_FILE`; measures the result. */
export function leveller(plan: RenderPlan, gainDb: number): string[] {
  const limit = 10 ** ((plan.preset.loudness.truePeakDbtp - CODEC_HEADROOM_DB) / 20)
  return [
    ...['-loglevel', 'info', '-nostats'],
    ...[...RAW, '-i', MIX_FILE],
    '-af',
    chain(
      filter('volume', { volume: `${gainDb.toFixed(2)}dB` }),
      filter('aresample', { sample_rate: 4 * SAMPLE_RATE }),
      filter('alimiter', { limit: limit.toFixed(6), attack: 2, release: 80, level: 0, latency: 1 }),
      filter('aresample', { sample_rate: SAMPLE_RATE }),
      wholeLength(plan),
      'ebur128@level=peak=true:framelog=verbose',
    ),
    ...['-c:a', 'pcm_f32le', '-fflags', '+bitexact', '-f', 'wav', SOUND_FILE],
  ]
}

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
