import { copyFile, mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Preset } from '@cutroom/contracts'
import {
  CAPTIONS_FILE,
  type ComposedCaptions,
  composeAss,
  cutPreview,
  FONTCONFIG,
  FONTS_FOLDER,
  PREVIEW_VERSION,
  planRender,
  RENDER_VERSION,
  type RenderPlan,
  renderExport,
} from '@cutroom/media'
import { z } from 'zod'
import { recipeHash } from '../storage/recipe.ts'
import type { Clip } from './clips.ts'
import type { Job } from './job.ts'
import type { Source } from './sources.ts'
import { runStage } from './stage.ts'

/** A finished file of a clip, in the profile's storage. */
export interface Export {
  readonly clip: number
  readonly path: string
  readonly sizeBytes: number
  readonly durationSeconds: number
  /** EBU R128, measured on the file; `null` for silence. */
  readonly integratedLufs: number | null
  readonly truePeakDbtp: number | null
  /** False where it was found. */
  readonly made: boolean
  /** Time that it took now, waiting included. */
  readonly seconds: number
}

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
}

/** Throws `captions-glyph-missing`, `field-invalid`. */
export function planExport(job: Job, clip: Clip, sources: Sources, preset: Preset): PlannedExport {
  const { voice, music, cues } = clip
  const plan = planRender({
    cuts: clip.cuts,
    sources,
    preset,
    voice: voice && { path: voice.path, gainDb: 0 },
    music: music && { path: music.path, gainDb: 0 },
    muted: [],
    captions: cues.length > 0,
  })
  const captions =
    cues.length === 0
      ? null
      : composeAss({
          cues,
          style: clip.captionStyle,
          frame: plan.frame,
          safeArea: preset.safeArea,
          missingGlyphs: 'drop',
        })
  const recipe = {
    version: RENDER_VERSION,
    ffmpeg: job.studio.tools.version,
    // What a preset is called does not change a picture.
    preset: { ...preset, id: null, name: null },
    rate: plan.rate,
    frame: plan.frame,
    cuts: plan.cuts.map(({ source, ...cut }) => ({ ...cut, randomAccess: source.randomAccess })),
    voice: voice?.sha256 ?? null,
    music: music?.sha256 ?? null,
    captions: captions && { ass: captions.ass, fonts: captions.fonts.map((font) => font.name) },
  }
  return { plan, captions, recipe }
}

/** Renders a clip for a preset, or finds the file that the same recipe gave before. */
export async function exportClip(job: Job, clip: Clip, sources: Sources, preset: Preset): Promise<Export> {
  const { artifacts, slots, tools } = job.studio
  const { plan, captions, recipe } = planExport(job, clip, sources, preset)
  const about = {
    profile: job.profile.name,
    stage: 'render',
    subject: `clip ${clip.number} for ${preset.id}`,
  } as const
  const begun = performance.now()
  return runStage(job.report, about, async (onProgress) => {
    const render = async () => {
      const folder = await job.scratch.folder(`render-${recipeHash(recipe)}`)
      const fontconfig = captions && (await layOut(captions, folder))
      const done = await renderExport(tools, plan, { folder, signal: job.signal, fontconfig, onProgress })
      const { durationSeconds, integratedLufs, truePeakDbtp } = done
      return { files: { 'export.mp4': done.path }, meta: { durationSeconds, integratedLufs, truePeakDbtp } }
    }
    const artifact = await artifacts.ensure(job.profile.id, 'export', recipe, () => slots(render), job.signal)
    const meta = exportMetaSchema.parse(artifact.meta)
    const sizeBytes = artifact.files['export.mp4']?.sizeBytes ?? 0
    const seconds = (performance.now() - begun) / 1000
    const value = {
      clip: clip.number,
      path: artifact.path('export.mp4'),
      sizeBytes,
      ...meta,
      made: artifact.made,
      seconds,
    }
    const loudness = meta.integratedLufs === null ? 'silent' : `${meta.integratedLufs} LUFS`
    return { value, found: !artifact.made, detail: `${meta.durationSeconds.toFixed(1)} s, ${loudness}` }
  })
}

/** Puts captions and their fonts where the encoder looks for them. Returns the path of the font configuration. */
async function layOut(captions: ComposedCaptions, folder: string): Promise<string> {
  const fonts = path.join(folder, FONTS_FOLDER)
  await mkdir(fonts, { recursive: true })
  await writeFile(path.join(folder, CAPTIONS_FILE), captions.ass)
  await Promise.all(captions.fonts.map((font) => copyFile(font.path, path.join(fonts, font.name))))
  const fontconfig = path.join(folder, 'fonts.conf')
  await writeFile(fontconfig, FONTCONFIG)
  return fontconfig
}

/** A clip's preview, cut from the proxies without encoding, or found. Returns its path in storage. */
export async function previewClip(job: Job, clip: Clip, sources: Sources): Promise<string> {
  const { artifacts, tools } = job.studio
  const timeline = clip.cuts.map(({ sourceId, start, end }) => ({ sourceId, start, end }))
  const recipe = { version: PREVIEW_VERSION, ffmpeg: tools.version, timeline }
  const about = { profile: job.profile.name, stage: 'preview', subject: `clip ${clip.number}` } as const
  return runStage(job.report, about, async () => {
    const cut = async () => {
      const folder = await job.scratch.folder(`preview-${recipeHash(recipe)}`)
      const proxies = new Map([...sources].map(([id, source]) => [id, source.proxyPath]))
      const file = await cutPreview(tools, timeline, proxies, { folder, signal: job.signal })
      return { files: { 'preview.mp4': file }, meta: null }
    }
    const artifact = await artifacts.ensure(job.profile.id, 'preview', recipe, cut, job.signal)
    return { value: artifact.path('preview.mp4'), found: !artifact.made }
  })
}
