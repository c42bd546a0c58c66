import { FEATURE_RATE_HZ, type Features } from '../features/features.ts'
import { MUSIC_LUFS, SILENCE_LUFS, UNDER_VOICE_LUFS } from './sound.ts'

/** A range of a source whose sound is heard; seconds of the source. */
export interface HeardRange {
  readonly features: Pick<Features, 'loudness'>
  readonly start: number
  readonly end: number
}

/** By how much the compressor of the mixer lowers what lies under ordinary speech, on average; measured, dB. */
const DUCKING_DB = -11
/** Integrated loudness above the RMS level of the channels' mean: K-weighted, both channels count. LU; measured on speech and street. */
const LUFS_ABOVE_RMS = 2
/** Music as it is mastered for streaming, LUFS: for files of which nothing was measured. */
const MASTERED_LUFS = -14
/** As EBU R128 has it: what is this much quieter than the rest does not count. LU. */
const GATE_LU = 10

/**
 * The gains of a render's mix without measuring it, dB, for players: within a few decibels of what `partGains` and the ducking of
 * `mixer` come to while somebody speaks, to a voice at about −16 LUFS. The levelling of the whole to the preset's loudness is left out.
 * `music`: what is known of it; `null` where nothing is.
 */
export function roughGains(sound: {
  readonly hasVoice: boolean
  readonly cuts: readonly HeardRange[]
  readonly music: HeardRange | null
}): { readonly cuts: number; readonly music: number } {
  const ducking = sound.hasVoice ? DUCKING_DB : 0
  const cuts = loudnessOf(sound.cuts)
  const music = sound.music === null ? MASTERED_LUFS : loudnessOf([sound.music])
  return {
    cuts: sound.hasVoice ? Math.min(0, UNDER_VOICE_LUFS - (cuts ?? UNDER_VOICE_LUFS)) + ducking : 0,
    music: MUSIC_LUFS - (music ?? MUSIC_LUFS) + ducking,
  }
}

/** Integrated loudness of ranges one after the other, LUFS, estimated from the levels that ingest left; `null` for silence. */
function loudnessOf(ranges: readonly HeardRange[]): number | null {
  const powers = ranges.flatMap(({ features, start, end }) =>
    Array.from(
      features.loudness.subarray(Math.floor(start * FEATURE_RATE_HZ), Math.ceil(end * FEATURE_RATE_HZ)),
      (level) => 10 ** ((level + LUFS_ABOVE_RMS) / 10),
    ),
  )
  const heard = powers.filter((power) => toLufs(power) >= SILENCE_LUFS)
  const mean = meanOf(heard)
  if (mean === null) return null
  const gated = meanOf(heard.filter((power) => toLufs(power) >= toLufs(mean) - GATE_LU))
  return gated === null ? null : toLufs(gated)
}

const toLufs = (power: number): number => 10 * Math.log10(power)

const meanOf = (values: readonly number[]): number | null =>
  values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length
