import { copyFile, mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { type CaptionStyleId, type Cue, type Cut, CutroomError, type Preset } from '@cutroom/contracts'
import {
  CAPTIONS_FILE,
  type ComposedCaptions,
  composeAss,
  FONTCONFIG,
  FONTS_FOLDER,
  type Focus,
  focusOfCut,
  planRender,
  RENDER_VERSION,
  type RenderPlan,
  renderExport,
  renderRecipe,
} from '@cutroom/media'
import { z } from 'zod'
import { recipeHash } from '../storage/recipe.ts'
import type { Entry } from '../storage/storage.ts'
import type { ShownCut } from './clips/shown-cut.ts'
import { hashFile } from './hash-file.ts'
import { inFolder, type Job } from './job.ts'
import type { ClipContent } from './render/content.ts'
import type { Source } from './sources.ts'
import { runStage } from './stage.ts'

/** A finished file of a clip, in the profile's storage. */
export interface Export {
  readonly path: string
  readonly sizeBytes: number
  readonly durationSeconds: number
  /** EBU R128, measured on the file; `null` for silence. */
  readonly integratedLufs: number | null
  readonly truePeakDbtp: number | null
  /** False where it was found. */
  readonly made: boolean
  /** Time that it took now, without waiting for its turn. */
  readonly seconds: number
  readonly entry: Entry
}

export const EXPORT_NAME = 'export.mp4'
const exportMetaSchema = z.object({
  durationSeconds: z.number(),
  integratedLufs: z.number().nullable(),
  truePeakDbtp: z.number().nullable(),
})

type Sources = ReadonlyMap<string, Source>

/** What a clip's export consists of, before anything runs: what `cutroom plan` prints and `exportClip` renders. */
export interface PlannedExport {
  readonly plan: RenderPlan
  readonly captions: ComposedCaptions | null
  /** Everything that decides the bytes, and nothing else: no path, no name, no time. */
  readonly recipe: unknown
  /** Names its file. */
  readonly hash: string
}

/**
 * Cuts with the places that their crops are centred on: where a person put them, else where the eye goes. Throws `field-invalid` for one that
 * lies outside of its source.
 */
export const focusedCuts = (
  cuts: readonly ShownCut[],
  sources: Sources,
): (Cut & { readonly focus?: Focus })[] =>
  cuts.map(({ focus, ...cut }) => {
    const features = sources.get(cut.sourceId)?.features
    const found = focus ?? (features && focusOfCut(features, cut))
    return found ? { ...cut, focus: found } : cut
  })

/** Captions as every export burns them in; characters that no font has are left out. Throws `field-invalid` for a safe area without room. */
export const burntCaptions = (
  cues: readonly Cue[],
  style: CaptionStyleId,
  frame: RenderPlan['frame'],
  { safeArea }: Preset,
): ComposedCaptions => composeAss({ cues, style, frame, safeArea })

/** Throws `field-invalid`. */
export async function planExport(
  job: Job,
  clip: ClipContent,
  sources: Sources,
  preset: Preset,
): Promise<PlannedExport> {
  const { voice, music, captionStyle, soundFrom } = clip
  const cues = captionStyle === null ? [] : clip.cues
  const plan = planRender({
    cuts: focusedCuts(clip.cuts, sources),
    sources,
    preset,
    soundFrom,
    voice: voice && { path: voice.path, audioIndex: voice.audioIndex, gainDb: 0 },
    music: music && { path: music.path, audioIndex: music.audioIndex, gainDb: 0 },
    muted: clip.sourceSound ? [] : [WHOLE_LENGTH],
    captions: cues.length > 0,
  })
  const captions =
    captionStyle === null || !plan.captions ? null : burntCaptions(cues, captionStyle, plan.frame, preset)
  const contents = new Map([...sources.values()].map((source) => [source.path, source.id]))
  for (const file of [voice, music]) if (file) contents.set(file.path, file.sha256)
  const identity = (file: string): string => {
    const hash = contents.get(file)
    if (hash === undefined) throw new CutroomError('internal', `The content of ${file} is not known.`)
    return hash
  }
  const fonts: string[] = []
  for (const font of captions?.fonts ?? []) fonts.push(await hashFile(font.path, job.signal))
  const recipe = {
    version: RENDER_VERSION,
    ffmpeg: job.studio.tools.version,
    render: renderRecipe(plan, identity),
    captions: captions && { ass: captions.ass, fonts },
  }
  return { plan, captions, recipe, hash: recipeHash(recipe) }
}

/** From the first instant to beyond the end of every clip. */
const WHOLE_LENGTH = { start: 0, end: 1e6 }

/** Renders what was planned, or finds the file that the same recipe gave before. `subject` is what people read: `clip 1 for reels`. */
export async function exportClip(job: Job, subject: string, planned: PlannedExport): Promise<Export> {
  const { artifacts, slots, tools } = job.studio
  const { plan, captions, recipe } = planned
  const about = { profile: job.profile.name, stage: 'render', subject } as const
  let begun = performance.now()
  return runStage(job.report, about, async (onProgress) => {
    const render = async (folder: string) => {
      begun = performance.now()
      const fontconfig = captions && (await layOut(captions, folder))
      const done = await renderExport(tools, plan, { folder, signal: job.signal, fontconfig, onProgress })
      const { durationSeconds, integratedLufs, truePeakDbtp } = done
      return { files: { [EXPORT_NAME]: done.path }, meta: { durationSeconds, integratedLufs, truePeakDbtp } }
    }
    const { id: profileId } = job.profile
    const artifact = await inFolder(job, 'render', (folder) => {
      const make = () => slots.run(profileId, job.signal, () => render(folder))
      return artifacts.ensure(profileId, 'export', recipe, make, job.signal)
    })
    const facts = exportMetaSchema.parse(artifact.meta)
    const { key, files, meta, made } = artifact
    const value = {
      path: artifact.path(EXPORT_NAME),
      sizeBytes: files[EXPORT_NAME]?.sizeBytes ?? 0,
      ...facts,
      made,
      seconds: (performance.now() - begun) / 1000,
      entry: { key, files, meta },
    }
    const loudness = facts.integratedLufs === null ? 'silent' : `${facts.integratedLufs} LUFS`
    return { value, found: !made, detail: `${facts.durationSeconds.toFixed(1)} s, ${loudness}` }
  })
}

/** Puts captions and their fonts where the encoder looks for them. Returns the path of the font configuration. */
async function layOut(captions: ComposedCaptions, folder: string): Promise<string> {
  const fonts = path.join(folder, FONTS_FOLDER)
  await mkdir(fonts, { recursive: true })
  await writeFile(path.join(folder, CAPTIONS_FILE), captions.ass)
  for (const font of captions.fonts) await copyFile(font.path, path.join(fonts, font.name))
  const fontconfig = path.join(folder, 'fonts.conf')
  await writeFile(fontconfig, FONTCONFIG)
  return fontconfig
}
