import { open, stat } from 'node:fs/promises'
import path from 'node:path'
import { CutroomError } from '@cutroom/contracts'
import type { PlannedCut, RenderPlan } from '../plan/render-plan.ts'
import {
  BYTES_PER_SAMPLE,
  CUTS_SOUND_FILE,
  isSilent,
  type Loudness,
  leveller,
  measureParts,
  mixer,
  mixGain,
  parseLoudness,
  partGains,
  soundDecoder,
} from '../plan/sound.ts'
import { runTool } from '../run/run.ts'
import type { Tools } from '../run/tools.ts'
import { brokenSource, type Workplace } from './workplace.ts'

/** Sound decoders that run at once. They take a moment each, most of it to start. */
const DECODERS_AT_ONCE = 2
/** The limiter takes loudness away, so levelling is repeated until it is as near as this (LU), or so many times. */
const LEVEL_TOLERANCE_LU = 0.3
const LEVEL_ROUNDS = 5

/** Makes the finished sound of a clip, `SOUND_FILE` in the scratch folder. Returns its loudness. */
export async function makeSound(tools: Tools, plan: RenderPlan, place: Workplace): Promise<Loudness> {
  await decodeCuts(tools, plan, place)
  const files = [plan.voice?.path, plan.music?.path].filter((file) => file !== undefined)
  const run = async (
    args: readonly string[],
    inputs: readonly string[] = [],
  ): Promise<Record<string, Loudness>> => {
    const timeoutSeconds = 60 + plan.seconds * 10
    const result = await runTool(tools, {
      tool: 'ffmpeg',
      args,
      inputs,
      cwd: place.folder,
      signal: place.signal,
      timeoutSeconds,
    })
    return parseLoudness(result.stderr)
  }
  const measured = files.length > 0 ? await run(measureParts(plan), files) : {}
  const { mix } = await run(mixer(plan, partGains(plan, measured)), files)
  if (!mix) throw new CutroomError('tool-failed', 'ffmpeg did not measure the loudness of the mix.')

  let gain = mixGain(plan, mix)
  for (let round = 1; ; round += 1) {
    const { level } = await run(leveller(plan, gain))
    if (!level)
      throw new CutroomError('tool-failed', 'ffmpeg did not measure the loudness of the levelled sound.')
    if (isSilent(mix)) return level
    const missing = plan.preset.loudness.integratedLufs - (level.integratedLufs ?? 0)
    if (Math.abs(missing) <= LEVEL_TOLERANCE_LU || round === LEVEL_ROUNDS) return level
    gain += missing
  }
}

/** Puts the sound of every cut at its place in `CUTS_SOUND_FILE`. What a source lacks stays silent. */
async function decodeCuts(tools: Tools, plan: RenderPlan, place: Workplace): Promise<void> {
  const file = await open(path.join(place.folder, CUTS_SOUND_FILE), 'wx', 0o600)
  try {
    await file.truncate(plan.samples * BYTES_PER_SAMPLE)
    let offset = 0
    const jobs = plan.cuts.map((cut) => {
      const at = offset
      offset += cut.samples * BYTES_PER_SAMPLE
      return { cut, at }
    })
    const work = async () => {
      for (let job = jobs.shift(); job; job = jobs.shift()) await decodeCut(job.cut, job.at)
    }
    const decodeCut = async (cut: PlannedCut, at: number) => {
      if (!cut.source.probe.audio) return
      let position = at
      await runTool(tools, {
        tool: 'ffmpeg',
        args: soundDecoder(cut),
        inputs: [cut.source.path],
        cwd: place.folder,
        signal: place.signal,
        timeoutSeconds: 600,
        stdout: async (chunk) => {
          await file.write(chunk, 0, chunk.length, position)
          position += chunk.length
        },
      }).catch((error: unknown) => {
        throw brokenSource(error, cut)
      })
    }
    await Promise.all(Array.from({ length: DECODERS_AT_ONCE }, work))
    const { size } = await stat(path.join(place.folder, CUTS_SOUND_FILE))
    if (size !== plan.samples * BYTES_PER_SAMPLE) {
      throw new CutroomError('output-wrong', 'The sound of the cuts came out longer than planned.')
    }
  } finally {
    await file.close()
  }
}
