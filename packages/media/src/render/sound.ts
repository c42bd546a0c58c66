import { open } from 'node:fs/promises'
import path from 'node:path'
import { CutroomError } from '@cutroom/contracts'
import { SOUND_FILE } from '../plan/picture.ts'
import type { PlannedSound, RenderPlan } from '../plan/render-plan.ts'
import {
  BYTES_PER_SAMPLE,
  CODEC_HEADROOM_DB,
  CUTS_SOUND_FILE,
  isSilent,
  type Levelling,
  type Loudness,
  levelTrial,
  measureFile,
  measureParts,
  mixer,
  nextGain,
  parseLoudness,
  partGains,
  soundDecoder,
  soundEncoder,
} from '../plan/sound.ts'
import { runTool } from '../run/run.ts'
import type { Tools } from '../run/tools.ts'
import { brokenSource, type Workplace } from './workplace.ts'

/** Sound decoders that run at once. They take a moment each, most of it to start. */
const DECODERS_AT_ONCE = 2
/** A cut lasts seconds, but a source without an index may have to be read from its start. */
const DECODE_TIMEOUT_SECONDS = 600
/** How often a levelling is corrected for what AAC makes of it. */
const CODEC_ROUNDS = 3
/** AAC may leave the sound this far from its target before it is encoded again, LU. */
const CODEC_TOLERANCE_LU = 0.6

/**
 * Makes the finished sound of a clip, `SOUND_FILE` in the scratch folder, at the preset's loudness; quieter where peaks allow no more.
 * Returns the loudness of the encoded sound.
 */
export async function makeSound(tools: Tools, plan: RenderPlan, place: Workplace): Promise<Loudness> {
  await decodeSounds(tools, plan, place)
  const files = [plan.voice?.path, plan.music?.path].filter((file) => file !== undefined)
  const timeoutSeconds = 60 + plan.seconds * 10
  const run = async (
    args: readonly string[],
    inputs: readonly string[] = [],
  ): Promise<Record<string, Loudness>> => {
    const { folder: cwd, signal } = place
    return parseLoudness(
      (await runTool(tools, { tool: 'ffmpeg', args, inputs, cwd, signal, timeoutSeconds })).stderr,
    )
  }
  const measured = files.length > 0 ? await run(measureParts(plan), files) : {}
  const mix = measuredOr((await run(mixer(plan, partGains(plan, measured)), files)).mix)
  const encode = async (levelling: Levelling): Promise<Loudness> => {
    await run(soundEncoder(plan, levelling))
    return measuredOr((await run(measureFile(path.join(place.folder, SOUND_FILE)))).file)
  }
  const { truePeakDbtp } = plan.preset.loudness
  const ceilingDbtp = truePeakDbtp - CODEC_HEADROOM_DB
  if (isSilent(mix)) return encode({ gainDb: 0, ceilingDbtp })

  const level = await levelMix(plan, mix, ceilingDbtp, async (levelling) =>
    measuredOr((await run(levelTrial(plan, levelling))).level),
  )
  let levelling: Levelling = { gainDb: level.gainDb, ceilingDbtp }
  for (let round = 1; ; round += 1) {
    const encoded = await encode(levelling)
    const missing = level.lufs - (encoded.integratedLufs ?? 0)
    const over = (encoded.truePeakDbtp ?? truePeakDbtp) - truePeakDbtp
    if ((over <= 0 && Math.abs(missing) <= CODEC_TOLERANCE_LU) || round === CODEC_ROUNDS) return encoded
    levelling = {
      gainDb: levelling.gainDb + missing,
      ceilingDbtp: levelling.ceilingDbtp - (over > 0 ? over + 0.3 : 0),
    }
  }
}

/** Finds the gain with which the limited mix is as loud as the preset wants, or as near as peaks allow, and the loudness it then has. */
async function levelMix(
  plan: RenderPlan,
  mix: Loudness,
  ceilingDbtp: number,
  measure: (levelling: Levelling) => Promise<Loudness>,
): Promise<{ readonly gainDb: number; readonly lufs: number }> {
  const { integratedLufs: target } = plan.preset.loudness
  const unlimited = target - (mix.integratedLufs ?? 0)
  // Below the ceiling the limiter does nothing, and the result is known without a trial.
  if ((mix.truePeakDbtp ?? 0) + unlimited <= ceilingDbtp) return { gainDb: unlimited, lufs: target }
  const trials: { gainDb: number; lufs: number }[] = []
  let last = { gainDb: unlimited, lufs: target }
  for (let gainDb: number | null = unlimited; gainDb !== null; gainDb = nextGain(trials, target)) {
    const { integratedLufs: lufs } = await measure({ gainDb, ceilingDbtp })
    if (lufs === null) throw new CutroomError('tool-failed', 'The mix fell silent while its level was set.')
    last = { gainDb, lufs }
    trials.push(last)
  }
  return last
}

function measuredOr(loudness: Loudness | undefined): Loudness {
  if (loudness) return loudness
  throw new CutroomError('tool-failed', 'ffmpeg did not measure the loudness of the sound.')
}

/** Puts every piece of sound at its place in `CUTS_SOUND_FILE`. What a source lacks stays silent. */
async function decodeSounds(tools: Tools, plan: RenderPlan, place: Workplace): Promise<void> {
  const file = await open(path.join(place.folder, CUTS_SOUND_FILE), 'w', 0o600)
  const failed = new AbortController()
  const signal = place.signal ? AbortSignal.any([place.signal, failed.signal]) : failed.signal
  const decode = async (sound: PlannedSound, at: number) => {
    let position = at
    await runTool(tools, {
      tool: 'ffmpeg',
      args: soundDecoder(sound),
      inputs: [sound.source.path],
      cwd: place.folder,
      signal,
      timeoutSeconds: DECODE_TIMEOUT_SECONDS,
      stdout: async (chunk) => {
        await file.write(chunk, 0, chunk.length, position)
        position += chunk.length
      },
    })
  }
  let offset = 0
  const jobs = plan.sounds.flatMap((sound) => {
    const at = offset
    offset += sound.samples * BYTES_PER_SAMPLE
    return sound.source.probe.audio ? [{ sound, at }] : []
  })
  const work = async () => {
    for (let job = jobs.shift(); job; job = jobs.shift()) {
      const { sound, at } = job
      await decode(sound, at).catch((error: unknown) => {
        // The other decoder is stopped, and waited for: it writes into the same file.
        failed.abort()
        throw brokenSource(error, sound)
      })
    }
  }
  try {
    await file.truncate(plan.samples * BYTES_PER_SAMPLE)
    const ended = await Promise.allSettled(Array.from({ length: DECODERS_AT_ONCE }, work))
    const reasons = ended.flatMap((end) => (end.status === 'rejected' ? [end.reason] : []))
    if (reasons.length > 0)
      throw (
        reasons.find((reason) => !(reason instanceof CutroomError && reason.code === 'cancelled')) ??
        reasons[0]
      )
  } finally {
    await file.close()
  }
}
