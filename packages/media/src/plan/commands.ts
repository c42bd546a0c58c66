import { exportEncoder, pictureDecoder } from './picture.ts'
import type { RenderPlan } from './render-plan.ts'
import { levelTrial, measureParts, mixer, soundDecoder, soundEncoder, soundParts } from './sound.ts'

/** What stands in a command where a render puts a number that it has measured before. */
export const MEASURED = '<measured>'

/** Every ffmpeg command of a render, in the order in which they run; the picture decoders write into the encoder's stdin. */
export interface RenderCommands {
  readonly sound: readonly (readonly string[])[]
  readonly pictures: readonly (readonly string[])[]
  readonly encode: readonly string[]
}

/** The commands of a plan, without running any. What is only known after measuring is marked with `MEASURED`. */
export function renderCommands(plan: RenderPlan): RenderCommands {
  const unknown = { gainDb: Number.NaN, ceilingDbtp: Number.NaN }
  const mark = (args: readonly string[]) => args.map((arg) => arg.replaceAll('NaN', MEASURED))
  return {
    sound: [
      ...plan.sounds.filter((sound) => sound.source.probe.audio).map(soundDecoder),
      ...(soundParts(plan).length > 1 ? [measureParts(plan)] : []),
      mark(mixer(plan, { cuts: Number.NaN, voice: Number.NaN, music: Number.NaN })),
      mark(levelTrial(plan, unknown)),
      mark(soundEncoder(plan, unknown)),
    ],
    pictures: plan.cuts.map((cut) => pictureDecoder(plan, cut)),
    encode: exportEncoder(plan),
  }
}

/**
 * Everything in a plan that decides the bytes of its export: the commands themselves, so that nothing can be forgotten, with each
 * file named by its content instead of its path. `identity` maps a path to the hash of its bytes.
 */
export function renderRecipe(plan: RenderPlan, identity: (path: string) => string): unknown {
  const { sound, pictures, encode } = renderCommands(plan)
  const commands = [...sound, ...pictures, encode].map((args) =>
    args.map((arg) => (arg.startsWith('file:') ? `file:${identity(arg.slice('file:'.length))}` : arg)),
  )
  return { commands, loudness: plan.preset.loudness }
}
